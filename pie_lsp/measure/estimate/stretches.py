"""Stretches of a run as the plug-in recorded them (`samples.h`); knows nothing of instructions and cycles."""

from collections.abc import Iterable
from dataclasses import dataclass

_STRETCH = "stretch"
_RAN = "ran"


@dataclass(frozen=True, slots=True)
class Access:
    """A load or a store. `level` is what had the line: 0 for L1, 1 for L2, 2 for L3, 3 for memory."""

    is_store: bool
    level: int
    size: int
    address: int


@dataclass(frozen=True, slots=True)
class Division:
    """`rounds` of the microcode loop, and whether its end was mispredicted."""

    rounds: int
    mispredicted: bool


Event = Access | Division
Events = tuple[tuple[int, Event], ...]
"""What instructions of one block did, each with the instruction's place in the block, in order."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One execution of a block.

    block         place of the block among those of the run
    mispredicted  whether the branch before it was
    """

    block: int
    mispredicted: bool
    events: Events


Stretch = tuple[Passage, ...]


def parse_stretches(lines: Iterable[str]) -> tuple[Stretch, ...]:
    """Read the lines behind the blocks. Raises ValueError where one is something else."""
    found: list[list[Passage]] = []
    for line in lines:
        word, *rest = line.split(" ")
        if word == _STRETCH and not rest:
            found.append([])
        elif word == _RAN and found:
            block, mispredicted, *events = rest
            found[-1].append(Passage(int(block), int(mispredicted) != 0, tuple(map(_parse_event, events))))
        else:
            raise ValueError(line)
    return tuple(map(tuple, found))


def _parse_event(word: str) -> tuple[int, Event]:
    kind, (place, *values) = word[0], word[1:].split(":")
    if kind == "d":
        rounds, mispredicted = values
        return int(place), Division(int(rounds), int(mispredicted) != 0)
    if kind not in ("l", "s"):
        raise ValueError(word)
    level, size, address = values
    return int(place), Access(kind == "s", int(level), int(size), int(address, 16))
