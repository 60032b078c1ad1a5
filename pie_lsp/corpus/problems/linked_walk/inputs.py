"""Inputs of Leaving the round table: a seeded generator and a validator."""

import math
import random


def generate(rng: random.Random, size: int) -> str:
    """About `size` places are walked in all, half of them in whole rounds and half in short walks."""
    people = min(50000, max(2, math.isqrt(size * 20)))
    counts = [rng.randint(1, max(2, min(2000, size // people))) for _ in range(rng.randint(30, 50))]
    counts[rng.randrange(len(counts))] = rng.randint(people, 2 * people)
    neighbours = [rng.randrange(person) for person in range(1, people)]
    lines = ([people, len(counts)], neighbours, counts)
    return "".join(" ".join(map(str, line)) + "\n" for line in lines)


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.isascii() or not text.endswith("\n"):
        raise ValueError("ASCII lines are expected")
    lines = text[:-1].split("\n")
    if len(lines) != 3:
        raise ValueError("three lines are expected")
    head, neighbours, counts = (line.split(" ") for line in lines)
    if len(head) != 2:
        raise ValueError("the first line holds two numbers")
    people = _number(head[0], 2, 60000)
    if len(counts) != _number(head[1], 1, 5000):
        raise ValueError("wrong number of counts")
    if len(neighbours) != people - 1:
        raise ValueError("wrong number of neighbours")
    for person, word in enumerate(neighbours):
        _number(word, 0, person)
    for word in counts:
        _number(word, 1, 10**6)


def _number(word: str, low: int, high: int) -> int:
    """An integer in plain decimal notation within bounds."""
    value = int(word)
    if str(value) != word or not low <= value <= high:
        raise ValueError(f"{word!r} is not a number from {low} to {high}")
    return value
