"""Inputs of Digit sums in ranges: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """Make ranges of about `size` numbers in all."""
    lines = []
    left = size
    while left > 0:
        length = min(left, rng.randint(50, 4000))
        left -= length
        first = rng.randint(1, 10 ** rng.randint(5, 9) - length)
        lines.append(f"{first} {first + length - 1} {rng.randint(2, 30)}")
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
    if not 1 <= queries <= 10_000 or len(lines) != queries + 1:
        raise ValueError("wrong number of queries")
    for line in lines[1:]:
        first, last, divisor = _numbers(line, 3)
        if not 1 <= first <= last <= 999_999_999 or last - first >= 4000 or not 2 <= divisor <= 30:
            raise ValueError(f"query out of bounds: {line!r}")
