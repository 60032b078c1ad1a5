"""Inputs of Short palindromes: a seeded generator and a validator."""

import random
import re


def generate(rng: random.Random, size: int) -> str:
    """Words of `size` letters in all, most of them the letter a."""
    limit = min(40, 12 + size // 10000)
    words: list[str] = []
    left = size
    while left > 0:
        length = min(left, rng.randint(20, 600))
        words.append("".join("a" if rng.random() < 0.92 else rng.choice("bcd") for _ in range(length)))
        left -= length
    return f"{len(words)} {limit}\n" + "".join(word + "\n" for word in words)


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.endswith("\n"):
        raise ValueError("the last line does not end")
    head, *words = text[:-1].split("\n")
    found = re.fullmatch(r"([1-9][0-9]{0,3}) ([1-9][0-9]?)", head)
    if not found:
        raise ValueError("the first line is not two numbers")
    if not 2 <= int(found[2]) <= 40:
        raise ValueError("the limit is out of bounds")
    if int(found[1]) > 2000 or int(found[1]) != len(words):
        raise ValueError("a wrong number of words")
    for word in words:
        if not re.fullmatch(r"[a-z]{1,1000}", word):
            raise ValueError("a word is not 1 to 1000 lowercase letters")
