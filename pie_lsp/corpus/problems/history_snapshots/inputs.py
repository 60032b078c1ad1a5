"""Inputs of An editor with undo: a seeded generator and a validator."""

import random
import re

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def word(rng: random.Random, length: int) -> str:
    """A word of `length` letters."""
    return "".join(rng.choice(LETTERS) for _ in range(length))


def generate(rng: random.Random, size: int) -> str:
    """`size` commands on a document of up to 400 lines."""
    rows = min(400, 30 + size // 50)
    lines = [f"{rows} {size}"]
    lines += [word(rng, rng.randint(12, 24)) for _ in range(rows)]
    for _ in range(size):
        kind = rng.random()
        if kind < 0.2:
            lines.append(f"type {rng.randrange(rows)} {rng.randrange(60)} {word(rng, rng.randint(1, 6))}")
        elif kind < 0.34:
            lines.append(f"drop {rng.randrange(rows)} {rng.randrange(60)}")
        elif kind < 0.47:
            lines.append(f"swap {rng.randrange(rows)} {rng.randrange(rows)}")
        elif kind < 0.92:
            lines.append("undo")
        else:
            lines.append("show")
    return "\n".join(lines) + "\n"


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.endswith("\n"):
        raise ValueError("the last line does not end")
    lines = text[:-1].split("\n")
    head = re.fullmatch(r"([1-9][0-9]{0,2}) ([1-9][0-9]{0,4})", lines[0])
    if not head:
        raise ValueError("the first line is not two numbers")
    rows, commands = int(head[1]), int(head[2])
    if rows > 400 or commands > 30000 or len(lines) != 1 + rows + commands:
        raise ValueError("the number of lines or commands is wrong")
    for line in lines[1 : 1 + rows]:
        if not re.fullmatch(r"[a-z]{1,40}", line):
            raise ValueError("a line is not 1 to 40 lowercase letters")
    for line in lines[1 + rows :]:
        if line in ("undo", "show"):
            continue
        found = re.fullmatch(r"(type|drop|swap) (0|[1-9][0-9]{0,2}) (0|[1-9][0-9]{0,2})( [a-z]{1,6})?", line)
        if not found or (found[1] == "type") != (found[4] is not None):
            raise ValueError("not a command")
        if int(found[2]) >= rows or int(found[3]) >= (rows if found[1] == "swap" else 100):
            raise ValueError("a number of a command is out of bounds")
