"""Inputs of Bridges between islands: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """As many bridges as islands, of which many lengthen a chain."""
    lines = [f"{size} {size}"]
    for bridge in range(size):
        if rng.random() < 0.5 and bridge > 0:
            lines.append(f"{bridge} {bridge + 1}")
        else:
            lines.append(f"{rng.randint(1, size)} {rng.randint(1, size)}")
    return "\n".join(lines) + "\n"


def _numbers(line: str, count: int, low: int, high: int) -> list[int]:
    """The integers of a line, which must be `count` from `low` to `high`, written plainly."""
    words = line.split(" ")
    if len(words) != count:
        raise ValueError(f"expected {count} numbers in {line!r}")
    numbers = [int(word) for word in words]
    if [str(number) for number in numbers] != words:
        raise ValueError(f"not written plainly: {line!r}")
    if not all(low <= number <= high for number in numbers):
        raise ValueError(f"out of bounds: {line!r}")
    return numbers


def _lines(text: str) -> list[str]:
    """The lines of an input, which must be ASCII and end with a newline."""
    if not text.isascii() or not text.endswith("\n"):
        raise ValueError("not ASCII text that ends with a newline")
    return text[:-1].split("\n")


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    lines = _lines(text)
    islands, bridges = _numbers(lines[0], 2, 1, 20_000)
    if len(lines) != 1 + bridges:
        raise ValueError("wrong number of bridges")
    for line in lines[1:]:
        _numbers(line, 2, 1, islands)
