"""Inputs of Words of the same letters: a seeded generator and a validator."""

import random
import re


def generate(rng: random.Random, size: int) -> str:
    """`size` words, of which many are shuffles of others."""
    words: list[str] = []
    while len(words) < size:
        if words and rng.random() < 0.6:
            letters = list(words[int(len(words) * rng.random() * rng.random())])
            rng.shuffle(letters)
            words.append("".join(letters))
        else:
            words.append("".join(rng.choice("aabcdeefghiilmnorstu") for _ in range(rng.randint(3, 14))))
    return "\n".join([str(size), *words]) + "\n"


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
    (words,) = _numbers(lines[0], 1, 1, 8000)
    if len(lines) != 1 + words:
        raise ValueError("wrong number of lines")
    for line in lines[1:]:
        if not re.fullmatch("[a-z]{1,20}", line):
            raise ValueError(f"not a word: {line!r}")
