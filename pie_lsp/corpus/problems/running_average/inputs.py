"""Inputs of Running averages: a seeded generator and a validator."""

import random
import re

NUMBER = re.compile(r"0|-?[1-9][0-9]*")


def generate(rng: random.Random, size: int) -> str:
    """A wandering stream of `size` integers and 4 to 16 windows, up to 25 + `size` / 10 wide."""
    count = min(16, 4 + size // 1000)
    widths = [rng.randint(2, rng.choice([10, 25, 25 + size // 10, 25 + size // 10])) for _ in range(count)]
    values: list[int] = []
    level = rng.randint(-500, 500)
    for _ in range(size):
        level += rng.randint(-40, 40)
        if rng.random() < 0.01:
            level = rng.randint(-90000, 90000)
        level = max(-100000, min(100000, level))
        values.append(level)
    rows = [[size, count], widths, values]
    return "".join(" ".join(map(str, row)) + "\n" for row in rows)


def numbers(line: str) -> list[int]:
    """The integers of one line, separated by single spaces."""
    words = line.split(" ")
    if not all(NUMBER.fullmatch(word) for word in words):
        raise ValueError("a line holds something that is not an integer")
    return [int(word) for word in words]


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.endswith("\n"):
        raise ValueError("the last line does not end")
    lines = text[:-1].split("\n")
    if len(lines) != 3:
        raise ValueError("there are not three lines")
    head, widths, values = map(numbers, lines)
    if len(head) != 2 or not (1 <= head[0] <= 60000 and 1 <= head[1] <= 24):
        raise ValueError("the first line does not hold two sizes within bounds")
    if len(values) != head[0] or len(widths) != head[1]:
        raise ValueError("wrong number of integers")
    if not all(1 <= width <= 5000 for width in widths):
        raise ValueError("a width is out of bounds")
    if not all(-100000 <= value <= 100000 for value in values):
        raise ValueError("a value is out of bounds")
