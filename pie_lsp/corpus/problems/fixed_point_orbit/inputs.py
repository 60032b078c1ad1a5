"""Inputs of Escape times in fixed point: a seeded generator and a validator."""

import random


def generate(rng: random.Random, size: int) -> str:
    """Make views of about `size` points in all."""
    bits = rng.randint(10, 12)
    one = 1 << bits
    lines = []
    left = size
    while left > 0:
        width = rng.randint(8, 40)
        height = max(1, min(left // width, rng.randint(8, 40)))
        left -= width * height
        step = rng.randint(one // 64, 2 * one // 40)
        x = rng.randint(-one, one - step * (width - 1))
        y = rng.randint(-one, one - step * (height - 1))
        cx = rng.randint(-one, one // 4)
        cy = rng.randint(-one // 2, one // 2)
        lines.append(f"{cx} {cy} {x} {y} {step} {width} {height} {rng.randint(20, 60)}")
    return "\n".join([f"{bits} {len(lines)}", *lines]) + "\n"


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
    bits, views = _numbers(lines[0], 2)
    if not 8 <= bits <= 12:
        raise ValueError("wrong number of bits")
    if not 1 <= views <= 10_000 or len(lines) != views + 1:
        raise ValueError("wrong number of views")
    two = 2 << bits
    for line in lines[1:]:
        cx, cy, x, y, step, width, height, limit = _numbers(line, 8)
        if abs(cx) > two or abs(cy) > two or not 1 <= limit <= 1000:
            raise ValueError(f"view out of bounds: {line!r}")
        if not 1 <= step <= 2 * two or not 1 <= width <= 40 or not 1 <= height <= 40:
            raise ValueError(f"grid out of bounds: {line!r}")
        if x < -two or y < -two or x + step * (width - 1) > two or y + step * (height - 1) > two:
            raise ValueError(f"points out of bounds: {line!r}")
