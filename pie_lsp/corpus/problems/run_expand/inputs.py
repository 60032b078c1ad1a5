"""Inputs of Packing and unpacking runs: a seeded generator and a validator."""

import random
import re


def generate(rng: random.Random, size: int) -> str:
    """Packed text of about `size` letters when expanded, packed again some 10 to 60 times."""
    rounds = min(60, 10 + size // 100)
    runs: list[str] = []
    length = 0
    last = ""
    while length < size:
        times = rng.randint(5, 60) if rng.random() < 0.6 else rng.randint(1, 9)
        times = min(times, size - length)
        letter = rng.choice("abcdefghijklmnopqrstuvwxyz")
        if letter == last:
            continue
        runs.append(f"{times}{letter}")
        length += times
        last = letter
    return f"{rounds}\n{''.join(runs)}\n"


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    found = re.fullmatch(r"([1-9][0-9]?)\n((?:[1-9][0-9]{0,2}[a-z])+)\n", text)
    if not found:
        raise ValueError("not a number of rounds and a packed text")
    if int(found[1]) > 60:
        raise ValueError("more than 60 rounds")
    last = ""
    length = 0
    for times, letter in re.findall(r"([0-9]+)([a-z])", found[2]):
        if letter == last:
            raise ValueError("two runs of one letter side by side")
        last = letter
        length += int(times)
    if length > 20000:
        raise ValueError("more than 20000 letters")
