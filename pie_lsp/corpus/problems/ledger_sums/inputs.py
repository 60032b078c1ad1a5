"""Inputs of Sums of a ledger: a seeded generator and a validator."""

import random
import re


def generate(rng: random.Random, size: int) -> str:
    """`size` entries of about the root of as many accounts."""
    accounts = ["".join(rng.choice("abcdeghilmnorst") for _ in range(rng.randint(3, 12))) for _ in range(9)]
    accounts += ["".join(rng.choice("abcxyz") for _ in range(6)) for _ in range(int(size**0.5))]
    lines = [str(size)]
    for _ in range(size):
        remark = "".join(rng.choice("aeinrst.") for _ in range(rng.randint(0, 30)))
        lines.append(f"{rng.choice(accounts)},{rng.randint(-999_999, 999_999)},{remark}")
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
    (entries,) = _numbers(lines[0], 1, 1, 8000)
    if len(lines) != 1 + entries:
        raise ValueError("wrong number of entries")
    for line in lines[1:]:
        if not re.fullmatch(r"[a-z]{1,12},(0|-?[1-9][0-9]{0,5}),[a-zA-Z.]{0,30}", line):
            raise ValueError(f"not an entry: {line!r}")
