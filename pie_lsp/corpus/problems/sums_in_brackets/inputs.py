"""Inputs of Sums in brackets: a seeded generator and a validator."""

import random
import re


def _term(rng: random.Random, numbers: int, depth: int) -> str:
    """A term of so many numbers, nested `depth` deep at most."""
    if numbers == 1:
        return str(rng.randint(0, 999_999_999) if rng.random() < 0.5 else rng.randint(0, 99))
    left = rng.randint(1, numbers - 1)
    text = _term(rng, left, depth - 1) + rng.choice("++*") + _term(rng, numbers - left, depth - 1)
    return f"({text})" if depth > 0 and rng.random() < 0.6 else text


def generate(rng: random.Random, size: int) -> str:
    """Terms of `size` numbers in all; many are short, and some long."""
    terms = []
    left = size
    while left > 0:
        numbers = min(left, rng.choice((3, 10, 40, 200)))
        terms.append(_term(rng, numbers, 30))
        left -= numbers
    return "\n".join([f"{len(terms)} {rng.randint(10**9, 2 * 10**9)}", *terms]) + "\n"


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


def _depth_first(term: str) -> bool:
    """Whether brackets match and a number stands wherever one has to."""
    depth = 0
    wants_number = True
    for piece in re.findall(r"[0-9]+|[^0-9]", term):
        if piece.isdigit():
            if not wants_number or len(piece) > 9 or str(int(piece)) != piece:
                return False
            wants_number = False
        elif piece == "(" and wants_number:
            depth += 1
        elif piece == ")" and not wants_number and depth > 0:
            depth -= 1
        elif piece in "+*" and not wants_number:
            wants_number = True
        else:
            return False
    return depth == 0 and not wants_number


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    lines = _lines(text)
    terms, modulus = _numbers(lines[0], 2, 1, 2_000_000_000)
    if terms > 2000 or modulus < 2 or len(lines) != 1 + terms:
        raise ValueError("wrong number of terms")
    for line in lines[1:]:
        if len(line) > 4000 or not _depth_first(line):
            raise ValueError(f"not a term: {line[:80]!r}")
