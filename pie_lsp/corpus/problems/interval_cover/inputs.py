"""Inputs of Guests in the house: a seeded generator and a validator."""

import random

DAYS = 20000


def generate(rng: random.Random, size: int) -> str:
    """Make `size` stays and about as many questions."""
    questions = rng.randint(max(1, size * 9 // 10), size)
    season = rng.randint(DAYS // 10, DAYS)
    lines = [f"{size} {questions}"]
    for _ in range(size):
        first = rng.randint(1, season)
        last = min(season, first + rng.choice([0, 1, 2, 6, 13, rng.randrange(100), rng.randrange(1000)]))
        lines.append(f"{first} {last}")
    lines.extend(str(rng.randint(1, season)) for _ in range(questions))
    return "\n".join(lines) + "\n"


def _numbers(line: str, bounds: list[tuple[int, int]]) -> list[int]:
    parts = line.split(" ")
    if len(parts) != len(bounds):
        raise ValueError("wrong number of fields")
    for part, (low, high) in zip(parts, bounds, strict=True):
        if not (part.isascii() and part.isdigit()) or str(int(part)) != part or not low <= int(part) <= high:
            raise ValueError("not a number within bounds")
    return [int(part) for part in parts]


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.endswith("\n"):
        raise ValueError("no newline at the end")
    lines = text[:-1].split("\n")
    stays, questions = _numbers(lines[0], [(1, 12000), (1, 12000)])
    if len(lines) != 1 + stays + questions:
        raise ValueError("wrong number of lines")
    for line in lines[1 : 1 + stays]:
        first, last = _numbers(line, [(1, DAYS), (1, DAYS)])
        if last < first:
            raise ValueError("a stay ends before it begins")
    for line in lines[1 + stays :]:
        _numbers(line, [(1, DAYS)])
