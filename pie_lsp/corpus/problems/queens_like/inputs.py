"""Inputs of Flower beds without repeats: a seeded generator and a validator."""

import random

DIGITS = "12345678"


def _garden(rng: random.Random, n: int, empty: int) -> list[str]:
    colours = list(DIGITS[:n])
    rng.shuffle(colours)
    rows = list(range(n))
    rng.shuffle(rows)
    columns = list(range(n))
    rng.shuffle(columns)
    beds = [[colours[(r + c) % n] for c in columns] for r in rows]
    for at in rng.sample(range(n * n), empty):
        beds[at // n][at % n] = "."
    return ["".join(row) for row in beds]


def generate(rng: random.Random, size: int) -> str:
    """Make `size` gardens, the emptier the more there are."""
    lines = [str(size)]
    for _ in range(size):
        n = rng.choice([5, 6, 6, 6, 7])
        percent = min(80, 47 + size // 7)
        lines.append(str(n))
        lines.extend(_garden(rng, n, min(44, n * n * rng.randint(percent - 10, percent) // 100)))
    return "\n".join(lines) + "\n"


def _number(line: str, low: int, high: int) -> int:
    if not (line.isascii() and line.isdigit()) or str(int(line)) != line or not low <= int(line) <= high:
        raise ValueError("not a number within bounds")
    return int(line)


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.endswith("\n"):
        raise ValueError("no newline at the end")
    lines = text[:-1].split("\n")
    gardens = _number(lines[0], 1, 200)
    at = 1
    for _ in range(gardens):
        if at >= len(lines):
            raise ValueError("too few gardens")
        n = _number(lines[at], 2, 8)
        rows = lines[at + 1 : at + 1 + n]
        if len(rows) != n:
            raise ValueError("too few rows")
        for row in rows:
            if len(row) != n or not set(row) <= set("." + DIGITS[:n]):
                raise ValueError("not a row of beds")
        for line in [*rows, *("".join(column) for column in zip(*rows, strict=True))]:
            planted = line.replace(".", "")
            if len(set(planted)) != len(planted):
                raise ValueError("a colour appears twice")
        if sum(row.count(".") for row in rows) > 44:
            raise ValueError("too many empty beds")
        at += 1 + n
    if at != len(lines):
        raise ValueError("lines after the last garden")
