"""Inputs of Lines at the checkouts: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """`size` events at up to 60 checkouts, with more coming than leaving at first."""
    checkouts = min(60, 2 + size // 40)
    lines = [f"{checkouts} {size}"]
    for event in range(size):
        if rng.random() < (0.8 if event < size // 2 else 0.35):
            lines.append(f"come {rng.randint(1, 100)}")
        else:
            lines.append(f"serve {rng.randint(1, checkouts)}")
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
    checkouts, events = _numbers(lines[0], 2, 1, 20_000)
    if checkouts > 300 or len(lines) != 1 + events:
        raise ValueError("wrong number of events")
    for line in lines[1:]:
        event, _, number = line.partition(" ")
        if event not in ("come", "serve"):
            raise ValueError(f"not an event: {line!r}")
        _numbers(number, 1, 1, 100 if event == "come" else checkouts)
