"""Inputs of The longest shared passage: a seeded generator and a validator."""

import random
import re


def generate(rng: random.Random, size: int) -> str:
    """Three pairs of texts of about `size` letters; those of one pair share a long passage."""
    lines = ["3"]
    for letters in ("abcd", "ab", "abc"):
        first = "".join(rng.choice(letters) for _ in range(size))
        second = "".join(rng.choice(letters) for _ in range(size - size // 5))
        if letters == "abc":
            at = rng.randrange(size // 2)
            second = second[: size // 3] + first[at : at + size // 4] + second[size // 2 :]
        lines += [first, second]
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
    (pairs,) = _numbers(lines[0], 1, 1, 20)
    if len(lines) != 1 + 2 * pairs:
        raise ValueError("wrong number of texts")
    for line in lines[1:]:
        if not re.fullmatch("[a-d]{1,3000}", line):
            raise ValueError(f"not a text: {line[:80]!r}")
