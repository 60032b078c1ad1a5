"""Inputs of Edit distance and its alignments: a seeded generator and a validator."""

import random

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _edited(rng: random.Random, word: str) -> str:
    rate = rng.choice([0.05, 0.1, 0.2, 0.3])
    out: list[str] = []
    for letter in word:
        if rng.random() >= rate:
            out.append(letter)
            continue
        edit = rng.randrange(3)
        if edit == 0:
            out.append(rng.choice(LETTERS[:8]))
        elif edit == 1:
            out.extend([letter, rng.choice(LETTERS[:8])])
    return "".join(out)[:300] or "a"


def generate(rng: random.Random, size: int) -> str:
    """Make `size` pairs of words of about `size` letters, at most 300, the second an edited first."""
    longest = min(300, size)
    lines = [str(size)]
    for _ in range(size):
        letters = LETTERS[: rng.randint(4, 12)]
        word = "".join(rng.choice(letters) for _ in range(rng.randint(max(1, longest * 3 // 4), longest)))
        lines.append(word)
        lines.append(_edited(rng, word))
    return "\n".join(lines) + "\n"


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.endswith("\n"):
        raise ValueError("no newline at the end")
    lines = text[:-1].split("\n")
    first = lines[0]
    if not (first.isascii() and first.isdigit()) or str(int(first)) != first or not 1 <= int(first) <= 400:
        raise ValueError("wrong number of pairs")
    if len(lines) != 1 + 2 * int(first):
        raise ValueError("wrong number of lines")
    for word in lines[1:]:
        if not 1 <= len(word) <= 300 or not set(word) <= set(LETTERS):
            raise ValueError("not a word of 1 to 300 lower-case letters")
