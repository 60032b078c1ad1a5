"""Inputs of The lowest tide of some days: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """As many questions as days, about short and long times."""
    level = 0
    levels = []
    for _ in range(size):
        level += rng.randint(-3, 3)
        levels.append(level)
    lines = [f"{size} {size}", " ".join(map(str, levels))]
    for _ in range(size):
        first = rng.randint(1, size)
        length = rng.choice((3, size // 10, size))
        lines.append(f"{first} {rng.randint(first, min(size, first + length))}")
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
    days, questions = _numbers(lines[0], 2, 1, 20_000)
    if len(lines) != 2 + questions:
        raise ValueError("wrong number of questions")
    _numbers(lines[1], days, -1_000_000, 1_000_000)
    for line in lines[2:]:
        first, last = _numbers(line, 2, 1, days)
        if first > last:
            raise ValueError(f"not a time: {line!r}")
