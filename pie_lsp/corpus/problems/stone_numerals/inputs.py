"""Inputs of Numerals in stone: a seeded generator and a validator."""

import random

VALUES = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
SIGNS = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")


def _roman(number: int) -> str:
    """The plain numeral of a number from 1 to 3999."""
    text = ""
    for value, sign in zip(VALUES, SIGNS, strict=True):
        text += sign * (number // value)
        number %= value
    return text


def _number(text: str) -> int:
    """The number of a plain numeral; whether it is plain is for `_roman` to tell."""
    number = 0
    for value, sign in zip(VALUES, SIGNS, strict=True):
        while text.startswith(sign):
            number += value
            text = text[len(sign) :]
    return number if 1 <= number <= 3999 and not text else 0


def generate(rng: random.Random, size: int) -> str:
    """`size` stones of people of all ages."""
    lines = [str(size)]
    for _ in range(size):
        born = rng.randint(1, 3899)
        lines.append(f"{_roman(born)} {_roman(born + rng.randint(0, 99))}")
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
    (stones,) = _numbers(lines[0], 1, 1, 15_000)
    if len(lines) != 1 + stones:
        raise ValueError("wrong number of stones")
    for line in lines[1:]:
        numerals = line.split(" ")
        years = [_number(numeral) for numeral in numerals]
        if len(years) != 2 or 0 in years or years[0] > years[1] or list(map(_roman, years)) != numerals:
            raise ValueError(f"not two numerals: {line!r}")
