"""Inputs of Coins in the purse: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """Make `size` purses; the more purses, the more coins in each."""
    most = min(20, 6 + size // 36)
    lines = [str(size)]
    for _ in range(size):
        coins = [rng.randint(1, 1000) for _ in range(rng.randint(most - 2, most))]
        total = sum(coins)
        low = total * rng.randint(20, 60) // 100
        high = low + total * rng.randint(1, 30) // 100
        lines.append(f"{len(coins)} {low} {high}")
        lines.append(" ".join(map(str, coins)))
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
    (purses,) = _numbers(lines[0], [(1, 400)])
    if len(lines) != 1 + 2 * purses:
        raise ValueError("wrong number of lines")
    for i in range(1, len(lines), 2):
        n, low, high = _numbers(lines[i], [(1, 20), (0, 20000), (0, 20000)])
        if low > high:
            raise ValueError("low is above high")
        _numbers(lines[i + 1], [(1, 1000)] * n)
