"""Inputs of Levels of the river: a seeded generator and a validator."""

import random

LEVELS = 1024


def generate(rng: random.Random, size: int) -> str:
    """Make `size` readings, with a window that grows with their number."""
    window = max(1, min(size, 2000, 18 + size // rng.randint(12, 16)))
    rank = rng.choice([(window + 1) // 2, rng.randint(1, window)])
    level = rng.randrange(LEVELS)
    step = rng.choice([20, 60, 200, LEVELS])
    readings: list[str] = []
    for _ in range(size):
        level = min(LEVELS - 1, max(0, level + rng.randint(-step, step)))
        readings.append(str(level))
    return f"{size} {window} {rank}\n{' '.join(readings)}\n"


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
    if len(lines) != 2:
        raise ValueError("wrong number of lines")
    n, window, rank = _numbers(lines[0], [(1, 20000), (1, 2000), (1, 2000)])
    if window > n or rank > window:
        raise ValueError("window or rank out of bounds")
    _numbers(lines[1], [(0, LEVELS - 1)] * n)
