"""Inputs of Tokens on a tape: a seeded generator and a validator."""

import random

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"
_OTHERS = '"\\#;.'


def generate(rng: random.Random, size: int) -> str:
    """About `size` characters are read in all laps together."""
    laps = max(1, -(-size // 190000))
    length = max(1, size // laps)
    parts: list[str] = []
    written = 0
    while written < length:
        part = _token(rng) + rng.choice(["", " ", " ", ";", "; "])
        parts.append(part)
        written += len(part)
    tape = "".join(parts)[:length].strip(" ") or "a"
    return f"{len(tape)} {laps}\n{tape}\n"


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.isascii() or not text.endswith("\n"):
        raise ValueError("ASCII lines are expected")
    lines = text[:-1].split("\n")
    if len(lines) != 2:
        raise ValueError("two lines are expected")
    head = lines[0].split(" ")
    if len(head) != 2:
        raise ValueError("the first line holds two numbers")
    length = _number(head[0], 1, 200000)
    if length * _number(head[1], 1, 2000) > 10**8:
        raise ValueError("the laps are too long")
    if len(lines[1]) != length or not set(lines[1]) <= set(_LETTERS + _DIGITS + _OTHERS + " "):
        raise ValueError("the tape is not made of n of the characters")
    if lines[1].strip(" ") != lines[1]:
        raise ValueError("a blank at an end of the tape")


def _token(rng: random.Random) -> str:
    """A token of any kind, or some noise."""
    roll = rng.randrange(12)
    if roll < 4:
        return "".join(rng.choice(_LETTERS + "07") for _ in range(rng.randint(1, 8)))
    if roll < 6:
        return "".join(rng.choice(_DIGITS) for _ in range(rng.randint(1, 6)))
    if roll < 8:
        return f"{rng.randrange(1000)}.{rng.randrange(1000)}"
    if roll < 10:
        return '"' + "".join(rng.choice(_LETTERS + " \\.#") for _ in range(rng.randint(0, 12))) + '"'
    if roll < 11:
        return "#" + "".join(rng.choice(_LETTERS + _DIGITS + " ") for _ in range(rng.randint(0, 12))) + ";"
    return "".join(rng.choice(_LETTERS + _DIGITS + _OTHERS + " ") for _ in range(rng.randint(1, 4)))


def _number(word: str, low: int, high: int) -> int:
    """An integer in plain decimal notation within bounds."""
    value = int(word)
    if str(value) != word or not low <= value <= high:
        raise ValueError(f"{word!r} is not a number from {low} to {high}")
    return value
