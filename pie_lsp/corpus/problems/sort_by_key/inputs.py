"""Inputs of Results of the regatta: a seeded generator and a validator."""

import random

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def generate(rng: random.Random, size: int) -> str:
    """Make `size` boats, some of them with the same name."""
    classes = rng.randint(3, 60)
    points = rng.choice([40, 200, 1000])
    names = ["".join(rng.choice(LETTERS) for _ in range(rng.randint(3, 12))) for _ in range(size)]
    lines = [str(size)]
    for _ in range(size):
        lines.append(f"{rng.choice(names)} {rng.randint(1, classes)} {rng.randrange(points)}")
    return "\n".join(lines) + "\n"


def _number(part: str, low: int, high: int) -> int:
    if not (part.isascii() and part.isdigit()) or str(int(part)) != part or not low <= int(part) <= high:
        raise ValueError("not a number within bounds")
    return int(part)


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.endswith("\n"):
        raise ValueError("no newline at the end")
    lines = text[:-1].split("\n")
    if len(lines) != 1 + _number(lines[0], 1, 16000):
        raise ValueError("wrong number of lines")
    for line in lines[1:]:
        parts = line.split(" ")
        if len(parts) != 3:
            raise ValueError("wrong number of fields")
        if not 1 <= len(parts[0]) <= 12 or not set(parts[0]) <= set(LETTERS):
            raise ValueError("not a name of 1 to 12 lower-case letters")
        _number(parts[1], 1, 60)
        _number(parts[2], 0, 999)
