"""Inputs of Filters over a log: a seeded generator and a validator."""

import random
import re

ROOTS = ["net", "disk", "auth", "cache", "core", "mail", "queue", "index"]
LEAVES = ["http", "tcp", "read", "write", "login", "sync", "flush", "worker", "timer"]
VERBS = ["opened", "closed", "retried", "expired", "failed to reach", "waits for", "finished", "dropped"]
NOUNS = ["a session", "the peer", "one block", "two jobs", "the lock", "its lease", "the batch", "a request"]
SIZES = re.compile(r"([1-9][0-9]*) ([1-9][0-9]*)")
RECORD = re.compile(r"([a-z.]{1,24}) (0|[1-9][0-9]{0,4}) ([a-z]+(?: [a-z]+)*)")
PREFIX = re.compile(r"P [a-z.]{1,12}")
RANGE = re.compile(r"R (0|[1-9][0-9]{0,4}) (0|[1-9][0-9]{0,4})")


def generate(rng: random.Random, size: int) -> str:
    """A log of `size` lines and 8 to 124 filters, which select up to a fifth of the lines each."""
    count = 8 + size // 60
    lines = [f"{size} {count}"]
    for _ in range(size):
        component = f"{rng.choice(ROOTS)}.{rng.choice(LEAVES)}"
        code = rng.randint(0, rng.choice([99, 9999, 99999]))
        message = f"{rng.choice(VERBS)} {rng.choice(NOUNS)}"
        if rng.random() < 0.3:
            message += " again"
        lines.append(f"{component} {code} {message}")
    for _ in range(count):
        if rng.random() < 0.4:
            root = rng.choice(ROOTS)
            lines.append(f"P {root}" if rng.random() < 0.5 else f"P {root}.{rng.choice(LEAVES)[:3]}")
        else:
            low = rng.randint(0, 60000)
            lines.append(f"R {low} {min(99999, low + rng.randint(500, 20000))}")
    return "\n".join(lines) + "\n"


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.endswith("\n"):
        raise ValueError("the last line does not end")
    lines = text[:-1].split("\n")
    sizes = SIZES.fullmatch(lines[0])
    if sizes is None:
        raise ValueError("the first line does not hold two sizes")
    n, q = int(sizes[1]), int(sizes[2])
    if not (n <= 8000 and q <= 200):
        raise ValueError("a size is out of bounds")
    if len(lines) != 1 + n + q:
        raise ValueError("wrong number of lines")
    for line in lines[1 : 1 + n]:
        record = RECORD.fullmatch(line)
        if record is None or len(record[3]) > 60:
            raise ValueError("a log line has the wrong form")
    for line in lines[1 + n :]:
        bounds = RANGE.fullmatch(line)
        if bounds is None and PREFIX.fullmatch(line) is None:
            raise ValueError("a filter has the wrong form")
        if bounds is not None and int(bounds[1]) > int(bounds[2]):
            raise ValueError("a range is empty")
