"""Inputs of Scores of brackets: a seeded generator and a validator."""

import random

_PAIRS = ("()", "[]", "{}")
_CLOSING = {")": "(", "]": "[", "}": "{"}


def generate(rng: random.Random, size: int) -> str:
    """About `size` characters of words in all days together."""
    total = min(180000, max(100, size // 20))
    days = min(5000, max(1, size // total))
    words = []
    written = 0
    while written < total:
        words.append(_word(rng, 2 * rng.randint(10, 190)))
        written += len(words[-1])
    factors = [" ".join(str(rng.randint(1, 10**6)) for _ in range(3)) for _ in range(days)]
    return "\n".join([f"{len(words)} {days}", *words, *factors]) + "\n"


def validate(text: str) -> None:
    """Raise ValueError where `text` is not an input of this problem."""
    if not text.isascii() or not text.endswith("\n"):
        raise ValueError("ASCII lines are expected")
    lines = text[:-1].split("\n")
    head = lines[0].split(" ")
    if len(head) != 2:
        raise ValueError("the first line holds two numbers")
    count = _number(head[0], 1, 2000)
    days = _number(head[1], 1, 5000)
    if len(lines) != count + days + 1:
        raise ValueError("wrong number of lines")
    total = sum(map(len, lines[1 : count + 1]))
    if total > 200000 or total * days > 10**8:
        raise ValueError("too many characters")
    for word in lines[1 : count + 1]:
        _balanced(word)
    for line in lines[count + 1 :]:
        factors = line.split(" ")
        if len(factors) != 3:
            raise ValueError("a day holds three factors")
        for factor in factors:
            _number(factor, 1, 10**6)


def _word(rng: random.Random, length: int) -> str:
    """A balanced word of an even length, with random openings and closings."""
    word: list[str] = []
    closing: list[str] = []
    while len(word) < length:
        remaining = length - len(word)
        if not closing or (len(closing) < min(remaining, 100) and rng.random() < 0.48):
            pair = rng.choice(_PAIRS)
            word.append(pair[0])
            closing.append(pair[1])
        else:
            word.append(closing.pop())
    return "".join(word)


def _balanced(word: str) -> None:
    """Raise ValueError where `word` is not a balanced word within the bounds."""
    if not 1 <= len(word) <= 1000:
        raise ValueError("a word is empty or too long")
    opened: list[str] = []
    for character in word:
        if character in _CLOSING:
            if not opened or opened.pop() != _CLOSING[character]:
                raise ValueError("a closing bracket has no partner")
        elif character in _CLOSING.values():
            opened.append(character)
        else:
            raise ValueError("a word holds something else than brackets")
        if len(opened) > 100:
            raise ValueError("a word is nested too deep")
    if opened:
        raise ValueError("a bracket stays open")


def _number(word: str, low: int, high: int) -> int:
    """An integer in plain decimal notation within bounds."""
    value = int(word)
    if str(value) != word or not low <= value <= high:
        raise ValueError(f"{word!r} is not a number from {low} to {high}")
    return value
