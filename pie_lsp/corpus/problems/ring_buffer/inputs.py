"""Inputs of Events in a sliding window: a seeded generator and a validator."""

import random
import re

NUMBER = re.compile(r"0|[1-9][0-9]*")


def generate(rng: random.Random, size: int) -> str:
    """A stream of `size` events, about 40 + `size` / 4 of which are in the window at a time."""
    sources = rng.randint(5, 40)
    span = 3 * (40 + size // 4)
    lines = [f"{size} {sources} {span}"]
    for _ in range(size):
        gap = rng.randint(0, 6)
        if rng.random() < 0.002:
            gap = rng.randint(0, min(1000, span // 4))
        volume = rng.randint(0, rng.choice([9, 99, 1500]))
        lines.append(f"{gap} {rng.randint(1, sources)} {volume}")
    return "\n".join(lines) + "\n"


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.endswith("\n"):
        raise ValueError("the last line does not end")
    rows: list[list[int]] = []
    for line in text[:-1].split("\n"):
        words = line.split(" ")
        if len(words) != 3 or not all(NUMBER.fullmatch(word) for word in words):
            raise ValueError("a line does not hold three integers")
        rows.append([int(word) for word in words])
    n, sources, span = rows[0]
    if not (1 <= n <= 60000 and 1 <= sources <= 1000 and 1 <= span <= 1000000):
        raise ValueError("a size is out of bounds")
    if len(rows) != 1 + n:
        raise ValueError("wrong number of events")
    times: list[int] = []
    oldest = 0
    now = 0
    for gap, source, volume in rows[1:]:
        if not (gap <= 1000 and 1 <= source <= sources and volume <= 100000):
            raise ValueError("an event is out of bounds")
        now += gap
        times.append(now)
        while times[oldest] <= now - span:
            oldest += 1
        if len(times) - oldest > 16384:
            raise ValueError("too many events in the window")
