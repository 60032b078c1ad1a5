"""Writes a suggestion to the user's file: the whole of it or nothing, and never over another change."""

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from pie_lsp.values.errors import InputError


def write_atomically(path: Path, expected: bytes, new: bytes) -> None:
    """Replace the content of `path` by `new`, keeping its mode, owner and extended attributes.

    A symbolic link is followed, so that the file behind it changes and the link stays. Raises
    InputError, and changes nothing, where the file no longer holds `expected` or cannot be replaced.
    """
    target = Path(os.path.realpath(path))
    try:
        before = target.stat()
        _check_unchanged(target, path, expected)
        if not os.access(target, os.W_OK):
            raise InputError(f"{path} is write-protected, so nothing was written.")
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:200]}.", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(new)
                _take_over(stream.fileno(), target, before)
                stream.flush()
                os.fsync(stream.fileno())
            _check_unchanged(target, path, expected)
            Path(name).replace(target)
        # Whatever ends the writing, Ctrl-C included, no half-written file stays; it is raised again.
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise InputError(f"{path} was not changed, since it cannot be written: {error.strerror}.") from None


def _check_unchanged(target: Path, path: Path, expected: bytes) -> None:
    if target.read_bytes() != expected:
        raise InputError(
            f"{path} changed while it was being optimized, so nothing was written; "
            "run it again on the new text."
        )


def _take_over(descriptor: int, target: Path, before: os.stat_result) -> None:
    """Give the new file the owner, mode and extended attributes (access lists among them) of the old."""
    mine = os.fstat(descriptor)
    if (mine.st_uid, mine.st_gid) != (before.st_uid, before.st_gid):
        os.fchown(descriptor, before.st_uid, before.st_gid)
    for name in os.listxattr(target):
        # Security labels are for the system to give, and some file systems take no attributes at all.
        with contextlib.suppress(OSError):
            os.setxattr(descriptor, name, os.getxattr(target, name))
    os.fchmod(descriptor, stat.S_IMODE(before.st_mode))
