"""Inputs of A game of pebbles: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """Six games with heaps of about `size` pebbles."""
    lines = ["6"]
    for _ in range(6):
        takings = sorted(rng.sample(range(3, 12), 3))
        lines += [f"3 {size - rng.randint(0, 3)}", " ".join(map(str, takings))]
    return "\n".join(lines) + "\n"


def _numbers(line: str, count: int, low: int, high: int) -> list[int]:
    """The integers of a line, which must be `count` from `low` to `high`, written plainly."""
    words = line.split(" ")
    if len(words) != count:
        raise ValueError(f"expected {count} numbers in {line!r}")
    numbers = [int(word) for word in words]
    if [str(number) for number in numbers] != words:
        raise ValueError(f"not written plainly: {line!r}")
    if not all(low <= number <= high for number in numbers):
        raise ValueError(f"out of bounds: {line!r}")
    return numbers


def _lines(text: str) -> list[str]:
    """The lines of an input, which must be ASCII and end with a newline."""
    if not text.isascii() or not text.endswith("\n"):
        raise ValueError("not ASCII text that ends with a newline")
    return text[:-1].split("\n")


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    lines = _lines(text)
    (games,) = _numbers(lines[0], 1, 1, 50)
    if len(lines) != 1 + 2 * games:
        raise ValueError("wrong number of games")
    for at in range(1, len(lines), 2):
        count, _ = _numbers(lines[at], 2, 1, 100_000)
        if count > 6:
            raise ValueError("too many takings")
        takings = _numbers(lines[at + 1], count, 1, 60)
        if takings != sorted(set(takings)):
            raise ValueError("not ascending")
