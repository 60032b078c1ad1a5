"""Inputs of Common neighbours: a seeded generator and a validator."""

import random
import re

PAIR = re.compile(r"(0|[1-9][0-9]*) (0|[1-9][0-9]*)")


def generate(rng: random.Random, size: int) -> str:
    """A graph of `size` edges or a little fewer, some vertices of which have many more neighbours."""
    n = 12
    while n * n // 20 < size and n < 400:
        n += 1
    chosen: set[tuple[int, int]] = set()
    edges: list[tuple[int, int]] = []
    for _ in range(size):
        u = rng.randrange(n) if rng.random() < 0.6 else int(n * rng.random() * rng.random())
        v = rng.randrange(n)
        if u != v and (u, v) not in chosen:
            chosen.update([(u, v), (v, u)])
            edges.append((u, v))
    names = list(range(n))
    rng.shuffle(names)
    lines = [f"{n} {len(edges)}"]
    lines.extend(f"{names[u]} {names[v]}" for u, v in edges)
    return "\n".join(lines) + "\n"


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.endswith("\n"):
        raise ValueError("the last line does not end")
    pairs: list[tuple[int, int]] = []
    for line in text[:-1].split("\n"):
        pair = PAIR.fullmatch(line)
        if pair is None:
            raise ValueError("a line does not hold two integers")
        pairs.append((int(pair[1]), int(pair[2])))
    n, m = pairs[0]
    if not (3 <= n <= 5000 and 1 <= m <= 40000):
        raise ValueError("a size is out of bounds")
    if len(pairs) != 1 + m:
        raise ValueError("wrong number of edges")
    edges = {(min(u, v), max(u, v)) for u, v in pairs[1:]}
    if len(edges) != m:
        raise ValueError("an edge is given twice")
    if not all(u < v < n for u, v in edges):
        raise ValueError("an end of an edge is out of bounds")
