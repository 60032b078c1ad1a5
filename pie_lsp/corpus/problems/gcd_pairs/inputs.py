"""Inputs of Common divisors of pairs: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """Make `size` numbers, about half of which have many small divisors."""
    numbers = []
    for _ in range(size):
        number = rng.randint(1, 5000)
        if rng.random() < 0.5:
            factor = rng.choice([6, 12, 30, 60])
            number = max(factor, number // factor * factor)
        numbers.append(number)
    return f"{size}\n" + " ".join(map(str, numbers)) + "\n"


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
    if len(lines) != 2:
        raise ValueError("not two lines")
    (count,) = _numbers(lines[0], 1)
    if not 2 <= count <= 5000:
        raise ValueError("wrong number of numbers")
    if not all(1 <= number <= 5000 for number in _numbers(lines[1], count)):
        raise ValueError("a number is out of bounds")
