"""Inputs of Overtakings in a race: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """Two races with `size` runners each and two small ones; one of them is nearly in order."""
    lines = ["4"]
    for runners, spread in ((size, 10**6), (size, size), (1 + size // 10, 5), (1 + size // 8, 10**6)):
        numbers = [rng.randint(1, spread) for _ in range(runners)]
        if spread == size:
            numbers.sort()
            for _ in range(size // 10):
                at, to = rng.randrange(size), rng.randrange(size)
                numbers[at], numbers[to] = numbers[to], numbers[at]
        lines += [str(runners), " ".join(map(str, numbers))]
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
    (races,) = _numbers(lines[0], 1, 1, 200)
    if len(lines) != 1 + 2 * races:
        raise ValueError("wrong number of lines")
    for at in range(1, len(lines), 2):
        (runners,) = _numbers(lines[at], 1, 1, 20_000)
        _numbers(lines[at + 1], runners, 1, 1_000_000)
