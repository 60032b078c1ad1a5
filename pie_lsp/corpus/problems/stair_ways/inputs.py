"""Inputs of Ways up the stairs: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """Twelve questions about up to `size` stairs."""
    lines = ["12"]
    for question in range(12):
        stairs = size - question % 3
        wet = sorted(rng.sample(range(1, 41), rng.randint(0, 3)))
        lines.append(" ".join(map(str, (stairs, rng.randint(2, 3), len(wet), *wet))))
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
    (questions,) = _numbers(lines[0], 1, 1, 300)
    if len(lines) != 1 + questions:
        raise ValueError("wrong number of questions")
    for line in lines[1:]:
        count = line.count(" ") + 1
        stairs, stride, wet, *places = _numbers(line, count, 0, 40) if count > 2 else [99, 0, 0]
        if stairs > 40 or not 1 <= stride <= 5 or wet > 3 or len(places) != wet:
            raise ValueError(f"not a question: {line!r}")
        if places != sorted(set(places)) or 0 in places:
            raise ValueError(f"not ascending: {line!r}")
