"""Inputs of Regions of one colour: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """A picture with sides of about `size`, in which neighbours are often alike."""
    rows, columns = size + rng.randint(0, 4), size + rng.randint(0, 4)
    picture: list[list[str]] = []
    for row in range(rows):
        picture.append([])
        for column in range(columns):
            near = [picture[row - 1][column]] if row else []
            near += [picture[row][column - 1]] if column else []
            picture[row].append(rng.choice(near) if near and rng.random() < 0.7 else rng.choice("abcde"))
    return "\n".join([f"{rows} {columns}", *map("".join, picture)]) + "\n"


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
    rows, columns = _numbers(lines[0], 2, 1, 200)
    if len(lines) != 1 + rows:
        raise ValueError("wrong number of rows")
    for line in lines[1:]:
        if len(line) != columns or set(line) - set("abcde"):
            raise ValueError(f"not a row: {line!r}")
