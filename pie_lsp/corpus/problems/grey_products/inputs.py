"""Inputs of Chains of grey tables: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """Twelve tables with sides of `size`."""
    lines = [f"{size} 12"]
    lines += [f"{rng.randint(0, 255)} {rng.randint(0, 255)}" for _ in range(12)]
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
    _, tables = _numbers(lines[0], 2, 1, 150)
    if tables > 20 or len(lines) != 1 + tables:
        raise ValueError("wrong number of tables")
    for line in lines[1:]:
        _numbers(line, 2, 0, 255)
