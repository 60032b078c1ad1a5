"""Inputs of Posts of fences: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """Days on which about `size` posts are painted in all."""
    lines = []
    left = size
    while left > 0:
        posts = min(left, max(1, rng.randint(size // 60, size // 20)))
        left -= posts
        first, step = rng.randint(1, 10_000_000), rng.choice((1, 2, 3, 7, 10))
        lines.append(f"{first} {first + posts * step - rng.randint(1, step)} {step}")
    return "\n".join([str(len(lines)), *lines]) + "\n"


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
    (days,) = _numbers(lines[0], 1, 1, 5000)
    if len(lines) != 1 + days:
        raise ValueError("wrong number of days")
    for line in lines[1:]:
        first, last, step = _numbers(line, 3, 1, 1_000_000_000)
        if first > last or step > 1_000_000 or (last - first) // step > 2_000_000:
            raise ValueError(f"not a fence: {line!r}")
