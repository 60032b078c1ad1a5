"""Inputs of Particles in a box: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """About `size` visits of particles in all commands together."""
    count = min(50000, max(100, size // 20))
    side = rng.randint(1000, 30000)
    commands = []
    for _ in range(min(20000, max(1, size // count))):
        roll = rng.random()
        if roll < 0.3:
            commands.append("move")
        elif roll < 0.85:
            commands.append(f"kick {rng.randint(-50, 50)} {rng.randint(-50, 50)}")
        else:
            commands.append(f"sum {rng.randint(0, 3)}")
    return f"{count} {side} {rng.randint(0, 10**9)} {len(commands)}\n" + "\n".join(commands) + "\n"


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.isascii() or not text.endswith("\n"):
        raise ValueError("ASCII lines are expected")
    lines = text[:-1].split("\n")
    words = lines[0].split(" ")
    if len(words) != 4:
        raise ValueError("the first line holds four numbers")
    _number(words[0], 1, 50000)
    _number(words[1], 1000, 30000)
    _number(words[2], 0, 10**9)
    if len(lines) != _number(words[3], 1, 20000) + 1:
        raise ValueError("wrong number of commands")
    for line in lines[1:]:
        _command(line.split(" "))


def _command(words: list[str]) -> None:
    """Raise ValueError where `words` are no command."""
    if words == ["move"]:
        return
    if words[0] == "sum" and len(words) == 2:
        _number(words[1], 0, 3)
    elif words[0] == "kick" and len(words) == 3:
        _number(words[1], -50, 50)
        _number(words[2], -50, 50)
    else:
        raise ValueError(f"unknown command {words!r}")


def _number(word: str, low: int, high: int) -> int:
    """An integer in plain decimal notation within bounds."""
    value = int(word)
    if str(value) != word or not low <= value <= high:
        raise ValueError(f"{word!r} is not a number from {low} to {high}")
    return value
