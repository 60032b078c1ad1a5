"""Inputs of Powers of matrices: a seeded generator and a validator."""

import random
import re

PRIMES = [p for p in range(2, 98) if all(p % d for d in range(2, p))]


def generate(rng: random.Random, size: int) -> str:
    """Matrices whose powers take about `size` products of two cells by repeated squaring."""
    matrices: list[str] = []
    left = size
    while left > 0:
        n = rng.randint(13, 16) if rng.random() < 0.8 else rng.randint(2, 10)
        p = rng.choice(PRIMES)
        bits = max(2, min(rng.randint(30, 59), 2 * left // (3 * n**3)))
        rows = [" ".join(str(rng.randrange(p)) for _ in range(n)) for _ in range(n)]
        matrices.append(f"{n} {p} {rng.randrange(2 ** (bits - 1), 2**bits)}\n" + "\n".join(rows) + "\n")
        left -= (3 * bits // 2 - 1) * n**3
    return f"{len(matrices)}\n" + "".join(matrices)


def numbers(line: str) -> list[int]:
    """The numbers of a line, without leading zeros, separated by single spaces."""
    if not re.fullmatch(r"(0|[1-9][0-9]{0,18})( (0|[1-9][0-9]{0,18}))*", line):
        raise ValueError("a line is not a list of numbers")
    return [int(word) for word in line.split(" ")]


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.endswith("\n"):
        raise ValueError("the last line does not end")
    rows = [numbers(line) for line in text[:-1].split("\n")]
    if len(rows[0]) != 1 or not 1 <= rows[0][0] <= 2000:
        raise ValueError("the number of matrices is out of bounds")
    place = 1
    for _ in range(rows[0][0]):
        if place >= len(rows) or len(rows[place]) != 3:
            raise ValueError("a matrix does not start with three numbers")
        n, p, exponent = rows[place]
        if not 1 <= n <= 16 or p not in PRIMES or not 1 <= exponent <= 10**18:
            raise ValueError("a size, a prime or an exponent is out of bounds")
        matrix = rows[place + 1 : place + 1 + n]
        if len(matrix) != n or any(len(row) != n for row in matrix):
            raise ValueError("a matrix is not square")
        if any(cell >= p for row in matrix for cell in row):
            raise ValueError("a cell is not less than the prime")
        place += 1 + n
    if place != len(rows):
        raise ValueError("lines are left over")
