"""Inputs of Frogs in the pond: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """Make a pond of about `size` by `size` and a number of frogs that grows with it."""
    height = rng.randint(max(1, size * 9 // 10), size)
    width = rng.randint(max(1, size * 9 // 10), size)
    wet = rng.choice([0.2, 0.25, 0.3])
    rows = ["".join("#" if rng.random() < wet else "." for _ in range(width)) for _ in range(height)]
    row = height // 2
    column = width // 2
    rows[row] = rows[row][:column] + "." + rows[row][column + 1 :]
    leaves = [(r, c) for r in range(height) for c in range(width) if rows[r][c] == "."]
    frogs = min(100, 35 + size // 2)
    places = [rng.choice(leaves) for _ in range(frogs)]
    lines = [f"{height} {width}", *rows, str(frogs), *(f"{r} {c}" for r, c in places)]
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
    height, width = _numbers(lines[0], [(1, 200), (1, 200)])
    if len(lines) < height + 2:
        raise ValueError("too few lines")
    rows = lines[1 : 1 + height]
    for row in rows:
        if len(row) != width or not set(row) <= {".", "#"}:
            raise ValueError("not a row of the pond")
    (frogs,) = _numbers(lines[1 + height], [(1, 100)])
    if len(lines) != height + 2 + frogs:
        raise ValueError("wrong number of lines")
    for line in lines[height + 2 :]:
        r, c = _numbers(line, [(0, height - 1), (0, width - 1)])
        if rows[r][c] != ".":
            raise ValueError("a frog in the water")
