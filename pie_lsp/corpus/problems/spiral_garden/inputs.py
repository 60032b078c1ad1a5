"""Inputs of A walk in a spiral: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """A garden with sides of about `size`."""
    rows, columns = size + rng.randint(0, 5), size + rng.randint(0, 5)
    lines = [f"{rows} {columns}"]
    lines += [" ".join(str(rng.randint(0, 999)) for _ in range(columns)) for _ in range(rows)]
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
    rows, columns = _numbers(lines[0], 2, 1, 150)
    if len(lines) != 1 + rows:
        raise ValueError("wrong number of rows")
    for line in lines[1:]:
        _numbers(line, columns, 0, 999)
