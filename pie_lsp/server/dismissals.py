"""Which versions of which functions are not offered by themselves any more, in this session and later ones.

They lie in the user's data folder as hashes alone, which say nothing of the code. Whatever is wrong with
the file costs its memory and nothing else.
"""

import fcntl
import hashlib
import logging
import os
from functools import cached_property
from pathlib import Path

from pie_lsp.values.errors import PieError
from pie_lsp.values.function import FunctionRef

logger = logging.getLogger(__name__)

MOST_BYTES = 1 << 20
"""Of the newest lines; what was dismissed long before is offered again."""


class Dismissals:
    """What the person discarded. Sessions that run beside each other see each other's when they start."""

    def add(self, document: str, function: FunctionRef) -> None:
        """Do not offer this version of this function by itself again."""
        line = _hash(document, function)
        if line in self._known:
            return
        self._known.add(line)
        try:
            _append(line.encode() + b"\n")
        except (PieError, OSError) as error:
            logger.warning("What was discarded is forgotten at the end of the session: %s", error)

    def has(self, document: str, function: FunctionRef) -> bool:
        """Whether exactly this version of the function was dismissed."""
        return _hash(document, function) in self._known

    @cached_property
    def _known(self) -> set[str]:
        try:
            with _path().open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - MOST_BYTES))
                return set(file.read().decode("ascii", "replace").split())
        except FileNotFoundError:
            return set()
        except (PieError, OSError) as error:
            logger.warning("What was discarded in earlier sessions is not known: %s", error)
            return set()


def _hash(document: str, function: FunctionRef) -> str:
    name = f"{document}\0{function.qualified_name}\0{function.fingerprint}"
    return hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()


def _append(line: bytes) -> None:
    descriptor = os.open(_path(), os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        os.write(descriptor, line)
    finally:
        os.close(descriptor)


def _path() -> Path:
    from pie_lsp.sandbox.paths import data_dir

    return data_dir() / "dismissed"
