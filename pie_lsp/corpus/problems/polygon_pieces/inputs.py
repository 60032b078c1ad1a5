"""Inputs of Moving pieces: a seeded generator and a validator."""

import random
import re


def generate(rng: random.Random, size: int) -> str:
    """Pieces of `size` points in all, and a script of a few steps, played for some rounds."""
    pieces: list[list[tuple[int, int]]] = []
    left = size
    while left > 0:
        count = left if left < 30 else min(left, rng.randint(10, 60))
        pieces.append([(rng.randint(-999, 999), rng.randint(-999, 999)) for _ in range(count)])
        left -= count
    rounds = min(500, 60 + size // 20)
    kinds = ["M", "F", "R", "M", "R", rng.choice("MFR")]
    rng.shuffle(kinds)
    lines = [f"{len(pieces)} {len(kinds)} {rounds}"]
    for piece in pieces:
        lines.append(str(len(piece)))
        lines += [f"{x} {y}" for x, y in piece]
    for kind in kinds:
        dx, dy = (rng.randint(-99, 99), rng.randint(-99, 99)) if kind == "M" else (0, 0)
        lines.append(f"{kind} {dx} {dy}")
    return "\n".join(lines) + "\n"


def number(word: str, low: int, high: int) -> int:
    """The number that `word` is, from low to high."""
    if not re.fullmatch(r"0|-?[1-9][0-9]{0,5}", word) or not low <= int(word) <= high:
        raise ValueError("a number is malformed or out of bounds")
    return int(word)


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.endswith("\n"):
        raise ValueError("the last line does not end")
    lines = [line.split(" ") for line in text[:-1].split("\n")]
    if len(lines[0]) != 3:
        raise ValueError("the first line is not three numbers")
    pieces = number(lines[0][0], 1, 1000)
    count = number(lines[0][1], 1, 20)
    number(lines[0][2], 1, 500)
    place = 1
    total = 0
    for _ in range(pieces):
        if place >= len(lines) or len(lines[place]) != 1:
            raise ValueError("a piece does not start with its size")
        points = number(lines[place][0], 1, 60)
        total += points
        for words in lines[place + 1 : place + 1 + points]:
            if len(words) != 2:
                raise ValueError("a point is not two numbers")
            number(words[0], -999, 999)
            number(words[1], -999, 999)
        place += 1 + points
    if total > 20000:
        raise ValueError("more than 20000 points")
    if len(lines) != place + count:
        raise ValueError("a wrong number of lines")
    for words in lines[place:]:
        if len(words) != 3 or words[0] not in ("M", "F", "R"):
            raise ValueError("not a step")
        bound = 99 if words[0] == "M" else 0
        number(words[1], -bound, bound)
        number(words[2], -bound, bound)
