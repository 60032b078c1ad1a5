"""Inputs of Values of a polynomial: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """A polynomial with `size` coefficients at a fourth as many points."""
    points = max(1, size // 4)
    lines = [f"{size} {points} {rng.randint(10**9, 2 * 10**9)}"]
    lines.append(" ".join(str(rng.randint(0, 10**9)) for _ in range(size)))
    lines += [str(rng.randint(0, 10**9)) for _ in range(points)]
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
    count, points, modulus = _numbers(lines[0], 3, 1, 2_000_000_000)
    if not (count <= 3000 and points <= 3000 and modulus >= 2) or len(lines) != 2 + points:
        raise ValueError("wrong number of lines")
    _numbers(lines[1], count, 0, 1_000_000_000)
    for line in lines[2:]:
        _numbers(line, 1, 0, 1_000_000_000)
