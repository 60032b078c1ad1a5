"""Inputs of Long numbers in many bases: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """Make numbers whose conversions are about `size` in all."""
    lines = []
    left = size
    while left > 0:
        first = rng.randint(2, 10)
        last = min(rng.randint(26, 36), first + left - 1)
        left -= last - first + 1
        length = rng.choice([8, 20, 32, 32])
        digits = [rng.choice("123456789abcdef")] + [rng.choice("0123456789abcdef") for _ in range(length - 1)]
        lines.append(f"{first} {last} " + "".join(digits))
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
        bases, _, digits = line.rpartition(" ")
        first, last = _numbers(bases, 2)
        if not 2 <= first <= last <= 36:
            raise ValueError(f"bases out of bounds: {line!r}")
        if not 1 <= len(digits) <= 32 or digits[0] == "0" or set(digits) - set("0123456789abcdef"):
            raise ValueError(f"not a positive hexadecimal number of up to 32 digits: {line!r}")
