"""Inputs of Task queue: a seeded generator and a validator."""

import random
import re

SIZES = re.compile(r"([1-9][0-9]*) ([1-9][0-9]*)")
COMMAND = re.compile(r"I (0|[1-9][0-9]{0,2})|D (0|[1-9][0-9]*) ([1-9][0-9]{0,2})|P")


def generate(rng: random.Random, size: int) -> str:
    """A script of `size` commands, played 6 times, in which `size` / 12 tasks wait or so."""
    waiting = 8 + size // 12
    lines = [f"{size} 6"]
    tasks = 0
    level = 0
    while len(lines) <= size:
        kind = rng.random()
        if tasks == 0 or kind < (0.55 if level < waiting else 0.3):
            lines.append(f"I {rng.randint(0, 999)}")
            tasks += 1
            level += 1
        elif kind < 0.7:
            lines.append(f"D {rng.randint(max(0, tasks - waiting), tasks - 1)} {rng.randint(1, 300)}")
        else:
            lines.append("P")
            level = max(0, level - 1)
    return "\n".join(lines) + "\n"


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.endswith("\n"):
        raise ValueError("the last line does not end")
    lines = text[:-1].split("\n")
    sizes = SIZES.fullmatch(lines[0])
    if sizes is None:
        raise ValueError("the first line does not hold two sizes")
    n, rounds = int(sizes[1]), int(sizes[2])
    if not (n <= 60000 and rounds <= 40):
        raise ValueError("a size is out of bounds")
    if len(lines) != 1 + n:
        raise ValueError("wrong number of lines")
    tasks = 0
    for line in lines[1:]:
        command = COMMAND.fullmatch(line)
        if command is None:
            raise ValueError("a command has the wrong form")
        if line[0] == "I":
            tasks += 1
        if line[0] == "D" and int(command[2]) >= tasks:
            raise ValueError("a task is named before it is inserted")
