"""Inputs of Sweeps over the bins: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """About `size` balls are thrown in all sweeps together."""
    bits = min(19, max(14, (size // 4).bit_length()))
    bins = 1 << bits
    count = max(rng.randint(8, 24), size // 400000)
    lines = [f"{bits} {count}"]
    for _ in range(count):
        length = rng.randint(1, max(1, min(10**6, 2 * size // count)))
        lines.append(f"{rng.randrange(bins)} {rng.randrange(bins) | 1} {length}")
    return "\n".join(lines) + "\n"


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.isascii() or not text.endswith("\n"):
        raise ValueError("ASCII lines are expected")
    lines = text[:-1].split("\n")
    head = lines[0].split(" ")
    if len(head) != 2:
        raise ValueError("the first line holds two numbers")
    bits = _number(head[0], 14, 19)
    if len(lines) != _number(head[1], 1, 1000) + 1:
        raise ValueError("wrong number of sweeps")
    total = 0
    for line in lines[1:]:
        words = line.split(" ")
        if len(words) != 3:
            raise ValueError("a sweep holds three numbers")
        _number(words[0], 0, (1 << bits) - 1)
        if _number(words[1], 0, (1 << bits) - 1) % 2 == 0:
            raise ValueError("a step is even")
        total += _number(words[2], 1, 10**6)
    if total > 10**8:
        raise ValueError("too many balls")


def _number(word: str, low: int, high: int) -> int:
    """An integer in plain decimal notation within bounds."""
    value = int(word)
    if str(value) != word or not low <= value <= high:
        raise ValueError(f"{word!r} is not a number from {low} to {high}")
    return value
