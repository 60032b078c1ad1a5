"""Waits for something to happen in other processes, and finds the workers among them."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pie_lsp.research.at_work import WORKING

T = TypeVar("T")

DEADLINE_SECONDS = 240.0


def until(happens: Callable[[], T]) -> T:
    """What `happens` returns once it is true."""
    end = time.monotonic() + DEADLINE_SECONDS
    while not (result := happens()):
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.005)
    return result


def workers(rows: Path) -> list[int]:
    """The processes that are at work on `rows` now, as the kernel knows from the lock that they hold."""
    lock = rows / WORKING
    if not lock.exists():
        return []
    inode = f":{lock.stat().st_ino}"
    found = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
    return [
        int(words[4])
        for words in found
        if words[1:2] == ["FLOCK"] and words[3] == "READ" and words[5].endswith(inode)
    ]
