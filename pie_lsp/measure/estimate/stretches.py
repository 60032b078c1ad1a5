"""Stretches of a run as the plug-in recorded them (`samples.h`); knows nothing of instructions and cycles.

A run has thousands of events, so they are tuples with names, which are made in a fraction of the time.
"""

from collections.abc import Iterable
from typing import NamedTuple

_STRETCH = "stretch"
_RAN = "ran"
_LEVELS = ("0", "1", "2", "3")
_SIZES = ("1", "2", "4", "8", "16")
_DIGITS_OF_ROUNDS = 2
"""The plug-in writes nothing beyond these; a program can write into its file, and make work without end."""


class Access(NamedTuple):
    """A load or a store. `level` is what had the line: 0 for L1, 1 for L2, 2 for L3, 3 for memory."""

    is_store: bool
    level: int
    size: int
    address: int


class Division(NamedTuple):
    """`rounds` of the microcode loop, and whether its end was mispredicted."""

    rounds: int
    mispredicted: bool


Event = Access | Division
Events = tuple[tuple[int, Event], ...]
"""What instructions of one block did, each with the instruction's place in the block, in order."""


class Passage(NamedTuple):
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
    heads: _Heads = {}
    for line in lines:
        word, *rest = line.split(" ")
        if word == _STRETCH and not rest:
            found.append([])
        elif word == _RAN and found:
            block, mispredicted, *events = rest
            found[-1].append(Passage(int(block), mispredicted != "0", _parsed(events, heads)))
        else:
            raise ValueError(line)
    return tuple(map(tuple, found))


_Heads = dict[str, tuple[int, bool, int, int]]
"""What stands before the address of an access: place, whether it stores, level and size. Few differ."""


def _parsed(words: list[str], heads: _Heads) -> Events:
    events: list[tuple[int, Event]] = []
    for word in words:
        head, _, value = word.rpartition(":")
        known = heads.get(head)
        if known is None:
            if head.startswith("d"):
                events.append(_parse_division(head, value))
                continue
            known = heads[head] = _parse_head(head)
        place, is_store, level, size = known
        events.append((place, Access(is_store, level, size, int(value, 16))))
    return tuple(events)


def _parse_division(head: str, mispredicted: str) -> tuple[int, Division]:
    place, rounds = head[1:].split(":")
    if len(rounds) > _DIGITS_OF_ROUNDS:
        raise ValueError(head)
    return int(place), Division(int(rounds), int(mispredicted) != 0)


def _parse_head(head: str) -> tuple[int, bool, int, int]:
    kind = head[:1]
    place, level, size = head[1:].split(":")
    if kind not in ("l", "s") or level not in _LEVELS or size not in _SIZES:
        raise ValueError(head)
    return int(place), kind == "s", int(level), int(size)
