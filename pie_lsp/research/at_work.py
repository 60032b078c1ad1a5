"""Locks in the folder of rows: one driver at a time, and whether any worker is at work.

The kernel gives a lock back when its holder ends, however it ends, so what a lock says is never stale.
Where the file system has no locks, nothing is known, and nothing is concluded.
"""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pie_lsp.values.errors import InputError

WORKING = "at-work.lock"
_DRIVING = "driver.lock"
_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS)


@contextmanager
def driving(folder: Path) -> Iterator[None]:
    """Hold the driver's lock. Raises InputError where another driver has it."""
    with _opened(folder / _DRIVING) as handle:
        if not _lock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB):
            raise InputError(
                f"Another run is filling {folder}; wait for it, or name another place with --out."
            )
        yield


@contextmanager
def working(folder: Path) -> Iterator[None]:
    """Be seen at work, together with any number of others."""
    with _opened(folder / WORKING) as handle:
        _lock(handle, fcntl.LOCK_SH)
        yield


def anybody_works(folder: Path) -> bool:
    """Whether a worker is at work now; True where that cannot be known."""
    with _opened(folder / WORKING) as handle:
        return not _lock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, unknown=False)


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        yield handle
    finally:
        os.close(handle)


def _lock(handle: int, how: int, unknown: bool = True) -> bool:
    """Whether the lock was taken; `unknown` where there are no locks."""
    try:
        fcntl.flock(handle, how)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return unknown
        raise
    return True
