"""Inputs of Power sums and binomials: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """Make `size` queries modulo a random prime."""
    prime = rng.randrange(40_000, 65_522)
    while not _is_prime(prime):
        prime -= 1
    lines = [f"{prime} {size}"]
    for _ in range(size):
        lines.append(f"{rng.randint(20, 300)} {rng.randint(3, 17)}")
    return "\n".join(lines) + "\n"


def _is_prime(number: int) -> bool:
    """Whether `number`, at least 2, is a prime."""
    return all(number % factor for factor in range(2, int(number**0.5) + 1))


def _numbers(line: str, count: int) -> list[int]:
    """The integers of a line that must have `count` of them."""
    words = line.split(" ")
    if len(words) != count:
        raise ValueError(f"expected {count} numbers in {line!r}")
    numbers = [int(word) for word in words]
    if [str(number) for number in numbers] != words:
        raise ValueError(f"not written plainly: {line!r}")
    return numbers


def _lines(text: str) -> list[str]:
    """The lines of an input, which must be ASCII and end with a newline."""
    if not text.isascii() or not text.endswith("\n"):
        raise ValueError("not ASCII text that ends with a newline")
    return text[:-1].split("\n")


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    lines = _lines(text)
    prime, queries = _numbers(lines[0], 2)
    if not 1009 <= prime <= 65_521 or not _is_prime(prime):
        raise ValueError("the modulus is not a prime from 1009 to 65521")
    if not 1 <= queries <= 40_000 or len(lines) != queries + 1:
        raise ValueError("wrong number of queries")
    for line in lines[1:]:
        n, k = _numbers(line, 2)
        if not 1 <= n <= 1000 or not 1 <= k <= 30:
            raise ValueError(f"query out of bounds: {line!r}")
