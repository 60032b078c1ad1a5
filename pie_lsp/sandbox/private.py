"""A private folder for one command on the rungs without namespaces, with the box in it."""

import fcntl
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from pie_lsp.values.errors import SandboxError

BOX = ".box"

_PREFIX = "pie-box-"
_BASES = (Path("/tmp"), Path("/var/tmp"))
"""Fixed, whatever TMPDIR says, since the length of a program's own path shows in its figures."""

_MADE_UP = re.compile(r"[a-z0-9_]{8}")
"""What `mkdtemp` adds to a prefix."""

_YOUNG_SECONDS = 600.0
"""A folder younger than this is never swept away: its owner may be about to lock it."""


@contextmanager
def private_folder(box: Sequence[tuple[str, Path]], user: int | None) -> Iterator[Path]:
    """Make a folder that belongs to `user` (to us when None), with copies of the files of `box`.

    Raises SandboxError where it cannot be made or filled.
    """
    with locked_folder(_base(), _PREFIX) as folder:
        try:
            _fill(folder, box, user)
        except OSError as error:
            raise SandboxError(f"The program could not be laid out for its run: {error}.") from error
        yield folder


@contextmanager
def locked_folder(base: Path, prefix: str) -> Iterator[Path]:
    """Make a folder in `base` that is removed at the end, or by a later `sweep` after we were killed.

    Raises SandboxError where it cannot be made.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=base))
    except OSError as error:
        raise SandboxError(f"No temporary folder could be made in {base} ({error.strerror}).") from error
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def sweep(base: Path | None = None, prefix: str = _PREFIX) -> None:
    """Remove folders whose process was killed before it could: nobody holds their lock any more."""
    for folder in (base or _base()).glob(f"{prefix}*"):
        if _MADE_UP.fullmatch(folder.name.removeprefix(prefix)):
            with suppress(OSError):
                _remove_if_left(folder)


def _base() -> Path:
    return next((base for base in _BASES if os.access(base, os.W_OK | os.X_OK)), Path(tempfile.gettempdir()))


def _fill(folder: Path, box: Sequence[tuple[str, Path]], user: int | None) -> None:
    shown = folder / BOX
    shown.mkdir(mode=0o755)
    for name, path in box:
        shutil.copyfile(path, shown / name)
        (shown / name).chmod(0o555)
    if user is not None:
        os.chown(folder, user, user)


def _remove_if_left(folder: Path) -> None:
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        status = os.fstat(lock)
        # A folder that a person made, whatever its name, is open to others.
        ours = stat.S_IMODE(status.st_mode) == 0o700
        if ours and time.time() - status.st_mtime > _YOUNG_SECONDS:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)
