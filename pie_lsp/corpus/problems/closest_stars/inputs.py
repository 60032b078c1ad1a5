"""Inputs of The closest two stars: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """`size` stars, most of them in a few clusters."""
    centres = [(rng.randint(-900_000, 900_000), rng.randint(-900_000, 900_000)) for _ in range(5)]
    lines = [str(size)]
    for star in range(size):
        x, y = centres[star % 5] if rng.random() < 0.7 else (0, 0)
        spread = 90_000 if x or y else 1_000_000
        lines.append(f"{x + rng.randint(-spread, spread)} {y + rng.randint(-spread, spread)}")
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
    (stars,) = _numbers(lines[0], 1, 2, 20_000)
    if len(lines) != 1 + stars:
        raise ValueError("wrong number of lines")
    for line in lines[1:]:
        _numbers(line, 2, -1_000_000, 1_000_000)
