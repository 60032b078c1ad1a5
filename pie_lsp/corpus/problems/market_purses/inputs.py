"""Inputs of Purses at the market: a seeded generator and a validator."""

import random
import re


def generate(rng: random.Random, size: int) -> str:
    """`size` events of about a fifth as many people."""
    people = ["".join(rng.choice("abdeiklmnorstu") for _ in range(rng.randint(3, 10))) for _ in range(5)]
    people += ["".join(rng.choice("abcdefghij") for _ in range(8)) for _ in range(size // 5)]
    lines = [str(size)]
    for _ in range(size):
        event = rng.choice(("pay", "pay", "earn", "earn", "count"))
        amount = 0 if event == "count" else rng.randint(1, 1_000_000)
        lines.append(f"{event} {rng.choice(people)} {amount}")
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
    (events,) = _numbers(lines[0], 1, 1, 20_000)
    if len(lines) != 1 + events:
        raise ValueError("wrong number of events")
    for line in lines[1:]:
        found = re.fullmatch("(pay|earn|count) [a-z]{1,10} (0|[1-9][0-9]{0,6})", line)
        if (
            found is None
            or not 0 <= int(found[2]) <= 1_000_000
            or (found[1] == "count") is not (found[2] == "0")
        ):
            raise ValueError(f"not an event: {line!r}")
