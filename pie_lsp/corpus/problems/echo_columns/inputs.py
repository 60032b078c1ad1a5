"""Inputs of Columns and row sums of a table: a seeded generator and a validator."""

import random
import re

NUMBER = re.compile(r"0|-?[1-9][0-9]*")


def generate(rng: random.Random, size: int) -> str:
    """A table of `size` rows with 6 to 12 columns, and half as many queries as rows."""
    rows = size
    cols = rng.randint(6, 12)
    queries = max(4, size // 2)
    lines = [f"{rows} {cols} {queries}"]
    for _ in range(rows):
        bound = rng.choice([99, 9999, 1000000])
        lines.append(" ".join(str(rng.randint(-bound, bound)) for _ in range(cols)))
    for _ in range(queries):
        column = 0 if rng.random() < 0.4 else rng.randint(1, cols)
        first = rng.randint(1, rows)
        last = rng.randint(first, rows)
        lines.append(f"{column} {first} {last}")
    return "\n".join(lines) + "\n"


def numbers(line: str, count: int) -> list[int]:
    """The integers of one line, which has to hold exactly `count` of them."""
    words = line.split(" ")
    if len(words) != count or not all(NUMBER.fullmatch(word) for word in words):
        raise ValueError("a line does not hold the right number of integers")
    return [int(word) for word in words]


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.endswith("\n"):
        raise ValueError("the last line does not end")
    lines = text[:-1].split("\n")
    rows, cols, queries = numbers(lines[0], 3)
    if not (1 <= rows <= 5000 and 1 <= cols <= 20 and 1 <= queries <= 1000):
        raise ValueError("a size is out of bounds")
    if len(lines) != 1 + rows + queries:
        raise ValueError("wrong number of lines")
    for line in lines[1 : 1 + rows]:
        if any(abs(value) > 1000000 for value in numbers(line, cols)):
            raise ValueError("a value is out of bounds")
    for line in lines[1 + rows :]:
        column, first, last = numbers(line, 3)
        if not (0 <= column <= cols and 1 <= first <= last <= rows):
            raise ValueError("a query is out of bounds")
