"""Inputs of Setting a page: a seeded generator and a validator."""

import random
import re


def generate(rng: random.Random, size: int) -> str:
    """A page of `size` words, narrow or wide."""
    lines = [f"{size} {rng.choice((40, 72, 120))}"]
    for _ in range(size):
        lines.append("".join(rng.choice("aeioubcdlmnrstw") for _ in range(rng.randint(1, 11))))
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
    words, width = _numbers(lines[0], 2, 1, 12_000)
    if not 20 <= width <= 200 or len(lines) != 1 + words:
        raise ValueError("wrong number of words")
    for line in lines[1:]:
        if not re.fullmatch("[a-zA-Z]{1,20}", line):
            raise ValueError(f"not a word: {line!r}")
