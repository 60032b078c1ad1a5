"""Inputs of Loading small vans: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """Make `size` vans; the more vans, the more parcels in each."""
    most = min(20, 12 + size // 40)
    lines = [str(size)]
    for _ in range(size):
        parcels = [(rng.randint(1, 20), rng.randint(1, 1000)) for _ in range(rng.randint(most - 2, most))]
        total = sum(parcel[0] for parcel in parcels)
        room = max(1, min(400, total * rng.randint(40, 70) // 100))
        lines.append(f"{len(parcels)} {room}")
        lines.extend(f"{weight} {worth}" for weight, worth in parcels)
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
    (vans,) = _numbers(lines[0], [(1, 400)])
    at = 1
    for _ in range(vans):
        if at >= len(lines):
            raise ValueError("too few vans")
        count, _room = _numbers(lines[at], [(1, 20), (1, 400)])
        if at + count >= len(lines):
            raise ValueError("too few parcels")
        for line in lines[at + 1 : at + 1 + count]:
            _numbers(line, [(1, 60), (1, 1000)])
        at += 1 + count
    if at != len(lines):
        raise ValueError("lines after the last van")
