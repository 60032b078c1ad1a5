"""Inputs of Turning tokens: a seeded generator and a validator."""

import random
import re

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def generate(rng: random.Random, size: int) -> str:
    """Lines of tokens, about `size` letters in all."""
    rounds = min(50, 5 + size // 1000)
    lines: list[str] = []
    total = 0
    while total < size:
        tokens: list[str] = []
        length = rng.randint(30, 52 + min(size // 100, 700))
        while sum(map(len, tokens)) < length:
            letters = rng.choice(LETTERS) + rng.choice(LETTERS)
            longest = 6 if rng.random() < 0.95 else 20
            tokens.append("".join(rng.choice(letters) for _ in range(rng.randint(2, longest))))
        lines.append(" ".join(tokens))
        total += len(lines[-1])
    return f"{rounds}\n" + "".join(line + "\n" for line in lines)


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.endswith("\n"):
        raise ValueError("the last line does not end")
    head, *lines = text[:-1].split("\n")
    if not re.fullmatch(r"[1-9][0-9]?", head) or int(head) > 50:
        raise ValueError("the number of rounds is out of bounds")
    if not 1 <= len(lines) <= 1000:
        raise ValueError("the number of lines is out of bounds")
    for line in lines:
        if len(line) > 1000 or not re.fullmatch(r"[A-Za-z]{1,30}( [A-Za-z]{1,30})*", line):
            raise ValueError("a line is not tokens of letters, 1000 bytes at most")
