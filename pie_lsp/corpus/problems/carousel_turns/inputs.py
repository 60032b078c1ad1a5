"""Inputs of The carousel: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """`size` horses and three times as many commands, half of them turns."""
    commands = 3 * size
    lines = [f"{size} {commands}", " ".join(str(rng.randint(1, 10**6)) for _ in range(size))]
    for _ in range(commands):
        kind = rng.choice((1, 1, 2, 3))
        if kind == 1:
            lines.append(f"1 {rng.choice((rng.randint(0, 2 * size), rng.randint(0, 20 * size)))} 0")
        elif kind == 2:
            lines.append(f"2 {rng.randint(1, size)} {rng.randint(1, 10**6)}")
        else:
            lines.append(f"3 {rng.randint(1, size)} 0")
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
    horses, commands = _numbers(lines[0], 2, 1, 3000)
    if len(lines) != 2 + commands:
        raise ValueError("wrong number of commands")
    _numbers(lines[1], horses, 1, 1_000_000)
    for line in lines[2:]:
        kind, place, name = _numbers(line, 3, 0, 1_000_000)
        if kind not in (1, 2, 3) or (name > 0) is not (kind == 2):
            raise ValueError(f"not a command: {line!r}")
        if kind != 1 and not 1 <= place <= horses:
            raise ValueError(f"not a place: {line!r}")
