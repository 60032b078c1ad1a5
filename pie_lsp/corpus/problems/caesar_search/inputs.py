"""Inputs of Rotated patterns: a seeded generator and a validator."""

import random
import re

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def generate(rng: random.Random, size: int) -> str:
    """A text of `size` letters that mostly climbs by one, and rotated pieces of it as patterns."""
    places = [rng.randrange(26)]
    while len(places) < size:
        step = 1 if rng.random() < 0.86 else rng.choice([0, 2, 25])
        places.append((places[-1] + step) % 26)
    patterns: list[str] = []
    for _ in range(min(80, 3 + size // 1000)):
        length = rng.randint(8, 15)
        start = rng.randrange(size - length + 1)
        shift = rng.randrange(26)
        patterns.append("".join(LETTERS[(place + shift) % 26] for place in places[start : start + length]))
    text = "".join(LETTERS[place] for place in places)
    return f"{len(patterns)}\n{text}\n" + "".join(pattern + "\n" for pattern in patterns)


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.endswith("\n"):
        raise ValueError("the last line does not end")
    lines = text[:-1].split("\n")
    if len(lines) < 3 or not re.fullmatch(r"[1-9][0-9]?", lines[0]) or int(lines[0]) > 80:
        raise ValueError("the number of patterns is out of bounds")
    if not re.fullmatch(r"[a-z]{50,100000}", lines[1]):
        raise ValueError("the text is not 50 to 100000 lowercase letters")
    if len(lines) != 2 + int(lines[0]):
        raise ValueError("a wrong number of patterns")
    for pattern in lines[2:]:
        if not re.fullmatch(r"[a-z]{2,50}", pattern):
            raise ValueError("a pattern is not 2 to 50 lowercase letters")
