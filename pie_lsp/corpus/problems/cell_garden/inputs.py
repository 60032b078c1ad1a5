"""Inputs of Moss in the garden: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """A garden with sides of about `size`, a third of it mossy, and a number of years."""
    rows, columns = size + rng.randint(0, 3), size + rng.randint(0, 9)
    lines = [f"{rows} {columns} {20 + size // 2}"]
    lines += ["".join("#" if rng.random() < 0.35 else "." for _ in range(columns)) for _ in range(rows)]
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
    rows, columns, years = _numbers(lines[0], 3, 0, 200)
    if not (1 <= rows <= 120 and 1 <= columns <= 120 and years <= 200) or len(lines) != 1 + rows:
        raise ValueError("wrong number of rows")
    for line in lines[1:]:
        if len(line) != columns or set(line) - set("#."):
            raise ValueError(f"not a row: {line!r}")
