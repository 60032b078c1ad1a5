"""Inputs of Ways down the hill: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """Sixteen hills of up to `size` rows."""
    lines = ["16"]
    for hill in range(16):
        rows = max(1, size - hill % 4)
        lines.append(str(rows))
        lines += [" ".join(str(rng.randint(-1000, 1000)) for _ in range(row + 1)) for row in range(rows)]
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
    (hills,) = _numbers(lines[0], 1, 1, 40)
    at = 1
    for _ in range(hills):
        if at >= len(lines):
            raise ValueError("too few lines")
        (rows,) = _numbers(lines[at], 1, 1, 22)
        if len(lines) < at + 1 + rows:
            raise ValueError("too few lines")
        for row in range(rows):
            _numbers(lines[at + 1 + row], row + 1, -1000, 1000)
        at += 1 + rows
    if at != len(lines):
        raise ValueError("too many lines")
