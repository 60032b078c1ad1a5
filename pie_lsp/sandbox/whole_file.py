"""Writes a file whole or not at all; knows nothing of what it holds."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: Path, pieces: Iterable[bytes], mode: int = 0o666) -> None:
    """Put a file with `pieces` in the place of `path`, so that a reader sees the old one or the new one.

    mode  who may do what with it, less what the user's umask takes away
    It is on the disk before it takes that place. Raises OSError, and then `path` is as it was.
    """
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    # Whatever ends the writing, Ctrl-C included, nothing half-written stays; it is raised again.
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
