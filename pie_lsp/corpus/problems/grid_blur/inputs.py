"""Inputs of Box blur on a grid: a seeded generator and a validator."""

import math
import random

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def generate(rng: random.Random, size: int) -> str:
    """About `size` cells in all rounds together, in a tall picture."""
    rounds = min(200, 1 + size // 240000)
    cells = min(240000, size // rounds)
    width = max(1, math.isqrt(cells // 10), -(-cells // 1000))
    height = min(1000, max(1, cells // width))
    lines = [f"{height} {width} {rounds} {rng.randint(1, 3)}"]
    lines += ["".join(rng.choice(_LETTERS) for _ in range(width)) for _ in range(height)]
    return "\n".join(lines) + "\n"


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.isascii() or not text.endswith("\n"):
        raise ValueError("ASCII lines are expected")
    lines = text[:-1].split("\n")
    words = lines[0].split(" ")
    if len(words) != 4:
        raise ValueError("the first line holds four numbers")
    height = _number(words[0], 1, 1000)
    width = _number(words[1], 1, 1000)
    _number(words[2], 1, 200)
    _number(words[3], 1, 3)
    if height * width > 250000:
        raise ValueError("the picture is too large")
    if len(lines) != height + 1:
        raise ValueError("wrong number of rows")
    for row in lines[1:]:
        if len(row) != width or not set(row) <= set(_LETTERS):
            raise ValueError("a row is not made of lowercase letters of the given width")


def _number(word: str, low: int, high: int) -> int:
    """An integer in plain decimal notation within bounds."""
    value = int(word)
    if str(value) != word or not low <= value <= high:
        raise ValueError(f"{word!r} is not a number from {low} to {high}")
    return value
