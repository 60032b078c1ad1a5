"""Stretches of a run as the plug-in recorded them (`samples.h`); knows nothing of instructions and cycles.

A run has tens of thousands of events, so they are plain tuples, which are unpacked from bytes all at once.
"""

from collections.abc import Iterable
from struct import error, iter_unpack
from typing import NamedTuple

_STRETCH = "stretch"
_RAN = "ran"
_EVENT = ">HBBQ"

Event = tuple[int, int, int, int]
"""What one instruction of a block did: its place in the block, a kind, a size in bytes and a value.

A load or a store is its kind and the level that had the line: 0 for L1, 1 for L2, 2 for L3, 3 for memory; its
value is the address. A division has the kind `DIVIDED`, or one more where its end was mispredicted; its value
are the rounds of the microcode loop.
"""
LOADED, STORED, DIVIDED = 0, 4, 8
LEVEL = 3
"""The bits of a kind that are the level."""

Events = tuple[Event, ...]
"""What the instructions of one block did, in order."""


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
    for line in lines:
        word, *rest = line.split(" ")
        if word == _STRETCH and not rest:
            found.append([])
        elif word == _RAN and found:
            block, mispredicted, events = rest
            found[-1].append(Passage(int(block), mispredicted != "0", _parsed(events)))
        else:
            raise ValueError(line)
    return tuple(map(tuple, found))


def _parsed(events: str) -> Events:
    try:
        return tuple(iter_unpack(_EVENT, bytes.fromhex(events)))
    except error as wrong:
        raise ValueError(events) from wrong
