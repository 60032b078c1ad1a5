"""Inputs of A month later: a seeded generator and a validator."""

import random

_LAST_DAY = 24_836


def generate(rng: random.Random, size: int) -> str:
    """Make queries with about `size` days in all."""
    lines = []
    left = size
    while left > 0:
        count = min(left, rng.randint(20, 1000))
        left -= count
        step = rng.randint(1, 24)
        first = rng.randint(0, _LAST_DAY - step * (count - 1))
        lines.append(f"{first} {step} {count}")
    return "\n".join([str(len(lines)), *lines]) + "\n"


def _numbers(line: str, count: int) -> list[int]:
    """The integers of a line that must have `count` of them."""
    words = line.split(" ")
    if len(words) != count:
        raise ValueError(f"expected {count} numbers in {line!r}")
    numbers = [int(word) for word in words]
    if [str(number) for number in numbers] != words:
        raise ValueError(f"not written plainly: {line!r}")
    return numbers


def _lines(text: str) -> list[str]:
    """The lines of an input, which must be ASCII and end with a newline."""
    if not text.isascii() or not text.endswith("\n"):
        raise ValueError("not ASCII text that ends with a newline")
    return text[:-1].split("\n")


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    lines = _lines(text)
    (queries,) = _numbers(lines[0], 1)
    if not 1 <= queries <= 20_000 or len(lines) != queries + 1:
        raise ValueError("wrong number of queries")
    for line in lines[1:]:
        first, step, count = _numbers(line, 3)
        if first < 0 or not 1 <= step <= _LAST_DAY or not 1 <= count <= 1000:
            raise ValueError(f"query out of bounds: {line!r}")
        if first + step * (count - 1) > _LAST_DAY:
            raise ValueError(f"query out of bounds: {line!r}")
