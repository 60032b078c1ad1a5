"""Inputs of Distances of code words: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """Three sets of up to `size` words: any, low, and with few digits set."""
    lines = ["3"]
    for high, mask in ((2**32 - 1, 2**32 - 1), (1000, 2**32 - 1), (2**32 - 1, 0x80108001)):
        lines += [str(size), " ".join(str(rng.randint(0, high) & mask) for _ in range(size))]
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
    (sets,) = _numbers(lines[0], 1, 1, 100)
    if len(lines) != 1 + 2 * sets:
        raise ValueError("wrong number of lines")
    for at in range(1, len(lines), 2):
        (words,) = _numbers(lines[at], 1, 1, 20_000)
        _numbers(lines[at + 1], words, 0, 4_294_967_295)
