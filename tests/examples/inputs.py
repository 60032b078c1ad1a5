"""Makes the large inputs of the bundled examples, so that nobody has to wonder where they come from.

``python tests/examples/inputs.py`` rewrites them; a test checks that the files in the package are these.
"""

from collections.abc import Iterator
from pathlib import Path

import pie_lsp.examples

FOLDER = Path(pie_lsp.examples.__file__).parent


def numbers(seed: int) -> Iterator[int]:
    """A linear congruential generator (Knuth's MMIX constants), the same in every Python."""
    state = seed
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield state >> 33


def pick(source: Iterator[int], low: int, high: int) -> int:
    """The next number of `source`, brought into ``low <= number <= high``."""
    return low + next(source) % (high - low + 1)


def turnstile() -> str:
    source = numbers(1)
    lines = ["4000 60"]
    inside = 0
    for _ in range(4000):
        change = pick(source, max(-9, -inside), 9)
        inside += change
        lines.append(f"{pick(source, 0, 9)} {change}")
    return "\n".join(lines) + "\n"


def moderate() -> str:
    source = numbers(2)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789!! "
    lines = (
        "".join(alphabet[pick(source, 0, len(alphabet) - 1)] for _ in range(length))
        for length in (15000, 500)
    )
    return "\n".join(lines) + "\n"


def runlength() -> str:
    source = numbers(3)
    letters = "abcdefghijklmnopqrstuvwxyz"
    return "".join(letters[pick(source, 0, 25)] * pick(source, 1, 2) for _ in range(8000)) + "\n"


def pantry() -> str:
    source = numbers(4)
    lines = ["5000 4"]
    lines += [f"{pick(source, 1, 9)} {pick(source, 1, 9)}" for _ in range(5000)]
    return "\n".join([*lines, "3", "5", "7", "9"]) + "\n"


def history() -> str:
    source = numbers(5)
    return "8000\n" + " ".join(str(pick(source, 1, 99)) for _ in range(8000)) + "\n"


def guests() -> str:
    source = numbers(6)
    invited = [3 * i + pick(source, 0, 2) for i in range(900)]
    arriving = [pick(source, 0, 2699) for _ in range(2500)]
    return "900 2500\n" + " ".join(map(str, invited)) + "\n" + " ".join(map(str, arriving)) + "\n"


def queens() -> str:
    return "8\n" + "........\n" * 3 + ".#......\n" + "........\n" * 4


def library() -> str:
    source = numbers(7)
    words = ("The", "Silent", "Garden", "of", "Winter", "Letters", "River", "Stone", "and", "Light")
    authors = ("Ashdown-Richardson", "Featherstonehaugh", "Montgomery-Smythe", "Oduya", "Petrosyan")
    lines = ["300 200"]
    for _ in range(300):
        title = " ".join(words[pick(source, 0, 9)] for _ in range(pick(source, 3, 7)))
        lines.append(f"{pick(source, 1850, 2020)} {authors[pick(source, 0, 4)]} {title}")
    for _ in range(200):
        start = pick(source, 1850, 2000)
        lines.append(f"{authors[pick(source, 0, 4)]} {start} {start + pick(source, 0, 40)}")
    return "\n".join(lines) + "\n"


def grades() -> str:
    source = numbers(8)
    lines = ["1500 60", " ".join(str(pick(source, 0, 100)) for _ in range(1500))]
    for _ in range(60):
        start = pick(source, 0, 700)
        lines.append(f"{start} {pick(source, start + 400, 1500)}")
    return "\n".join(lines) + "\n"


def heatwave() -> str:
    source = numbers(9)
    return "2500 60\n" + " ".join(str(pick(source, -80, 372)) for _ in range(2500)) + "\n"


LARGE = {
    maker.__name__: maker
    for maker in (turnstile, moderate, runlength, pantry, history, guests, queens, library, grades, heatwave)
}

if __name__ == "__main__":
    for name, maker in LARGE.items():
        (FOLDER / f"{name}.tests" / "large.in").write_text(maker(), newline="\n")
