"""Inputs of Clamping a signal: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """About `size` samples pass through all filters together."""
    count = min(60000, max(20, size // 40))
    filters = min(5000, max(1, size // count))
    level = 5000
    samples = []
    for _ in range(count):
        level = min(9000, max(1000, level + rng.randint(-300, 300)))
        samples.append(level + rng.randint(-999, 999) if rng.random() < 0.8 else rng.randint(0, 9999))
    lines = [f"{count} {filters}", " ".join(map(str, samples))]
    for _ in range(filters):
        low = rng.randint(0, 9999)
        lines.append(f"{low // 2} {rng.randint(5000, 9999)}" if rng.random() < 0.9 else f"{low} {low}")
    return "\n".join(lines) + "\n"


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.isascii() or not text.endswith("\n"):
        raise ValueError("ASCII lines are expected")
    lines = text[:-1].split("\n")
    head = lines[0].split(" ")
    if len(head) != 2:
        raise ValueError("the first line holds two numbers")
    count = _number(head[0], 1, 60000)
    if len(lines) != _number(head[1], 1, 5000) + 2:
        raise ValueError("wrong number of lines")
    samples = lines[1].split(" ")
    if len(samples) != count:
        raise ValueError("wrong number of samples")
    for word in samples:
        _number(word, 0, 9999)
    for line in lines[2:]:
        words = line.split(" ")
        if len(words) != 2:
            raise ValueError("a filter holds two numbers")
        _number(words[1], _number(words[0], 0, 9999), 9999)


def _number(word: str, low: int, high: int) -> int:
    """An integer in plain decimal notation within bounds."""
    value = int(word)
    if str(value) != word or not low <= value <= high:
        raise ValueError(f"{word!r} is not a number from {low} to {high}")
    return value
