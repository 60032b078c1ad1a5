"""Chooses the user that untrusted programs run as when we are root; changes nothing itself."""

import os
import secrets
from pathlib import Path

_FAVOURED = range(1_000_000_000, 1_900_000_000)
"""Numbers that no system gives to people, services or containers."""


def unused_identity() -> int | None:
    """Return a user and group number that nobody uses, or None where we cannot or need not change.

    Root is not bound by limits on processes, so root's programs run as somebody else; a fresh number
    for each command makes the limit count that command alone, and keeps it from signalling others.
    """
    if os.geteuid() != 0:
        return None
    mapped = _largest_range("uid_map"), _largest_range("gid_map")
    usable = range(
        max(_FAVOURED.start, mapped[0].start, mapped[1].start),
        min(_FAVOURED.stop, mapped[0].stop, mapped[1].stop),
    )
    if not usable:
        # A container maps few numbers; the upper half of what it maps is the least likely to be taken.
        start, stop = max(m.start for m in mapped), min(m.stop for m in mapped)
        usable = range((start + stop) // 2, stop - 1)
    return usable[secrets.randbelow(len(usable))] if usable else None


def _largest_range(name: str) -> range:
    """The largest range of numbers that this user namespace maps (user_namespaces(7))."""
    try:
        lines = Path("/proc/self", name).read_text().splitlines()
    except OSError:
        return range(0)
    ranges = [range(int(first), int(first) + int(count)) for first, _, count in map(str.split, lines)]
    return max(ranges, key=len, default=range(0))
