"""Inputs of Hailstones: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """Five storms of `size` heights in all, at low heights and at high ones."""
    lines = ["5"]
    for share in (2, 4, 8, 16, 16):
        width = max(1, size // share)
        first = rng.randint(1, 890_000)
        lines.append(f"{first} {first + width - 1}")
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
    (storms,) = _numbers(lines[0], 1, 1, 50)
    if len(lines) != 1 + storms:
        raise ValueError("wrong number of lines")
    for line in lines[1:]:
        first, last = _numbers(line, 2, 1, 1_000_000)
        if not first <= last <= first + 100_000:
            raise ValueError(f"not a range: {line!r}")
