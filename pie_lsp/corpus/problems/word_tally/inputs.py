"""Inputs of Tally of words by prefix: a seeded generator and a validator."""

import random
import re

SYLLABLES = [
    "an",
    "be",
    "cor",
    "da",
    "el",
    "fi",
    "gra",
    "ho",
    "in",
    "ju",
    "ka",
    "lo",
    "men",
    "no",
    "or",
    "per",
    "qui",
]
ENDINGS = ["", "", "s", "ed", "ing", "er", "tion", "ly"]
SIZES = re.compile(r"([1-9][0-9]*) ([1-9][0-9]*)")
WORD = re.compile(r"[a-z]{1,24}")
PREFIX = re.compile(r"[a-z]{1,8}")


def generate(rng: random.Random, size: int) -> str:
    """A text of `size` words out of about `size` / 2 and 20 + `size` / 25 queries."""
    stock = []
    for _ in range(1 + size // 2):
        stems = [rng.choice(SYLLABLES) for _ in range(rng.randint(1, 4))]
        stock.append("".join(stems) + rng.choice(ENDINGS))
    words = [stock[int(len(stock) * rng.random() * rng.random())] for _ in range(size)]
    queries = 20 + size // 25
    lines = [f"{size} {queries}"]
    lines.extend(" ".join(words[at : at + 10]) for at in range(0, size, 10))
    for _ in range(queries):
        lines.append(rng.choice(stock)[: rng.randint(2, 6)])
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
    if not (n <= 60000 and q <= 2000):
        raise ValueError("a size is out of bounds")
    rows = (n + 9) // 10
    if len(lines) != 1 + rows + q:
        raise ValueError("wrong number of lines")
    for row, line in enumerate(lines[1 : 1 + rows]):
        words = line.split(" ")
        if len(words) != min(10, n - 10 * row):
            raise ValueError("a line does not hold the right number of words")
        if not all(WORD.fullmatch(word) for word in words):
            raise ValueError("a word has the wrong form")
    if not all(PREFIX.fullmatch(line) for line in lines[1 + rows :]):
        raise ValueError("a prefix has the wrong form")
