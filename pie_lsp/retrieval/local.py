"""Pairs that the user has on this machine: imported files, and edits that were accepted here.

They lie as lines of JSON in the user's data folder, which nobody else can enter, and go nowhere from there.
"""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.retrieval.contract import Pair, PairCorpus
from pie_lsp.retrieval.pie_files import LeftOut
from pie_lsp.retrieval.records import from_line, to_line
from pie_lsp.sandbox.paths import data_dir
from pie_lsp.sandbox.whole_file import write_whole
from pie_lsp.values.errors import InputError

ACCEPTED = "accepted"
"""The name of the corpus of accepted edits, which no import may take."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True)
class LocalCorpus:
    """The pairs of a file, and the lines of it that are damaged."""

    corpus: PairCorpus
    damaged: tuple[LeftOut, ...]


def local_names() -> tuple[str, ...]:
    """The names of all local corpora."""
    return tuple(sorted(path.stem for path in _folder().glob("*.jsonl") if _NAME.fullmatch(path.stem)))


def save(name: str, corpus: PairCorpus) -> Path:
    """Put `corpus` down under `name`, whole or not at all, in the place of one of that name.

    Raises InputError where the name is none, or it cannot be written.
    """
    if name == ACCEPTED:
        raise InputError(f"{ACCEPTED!r} is the name of the edits that were accepted here; choose another.")
    path = _path(name)
    try:
        write_whole(path, map(to_line, corpus.pairs), 0o600)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}).") from error
    return path


def load(name: str) -> LocalCorpus:
    """The local corpus of that name. Raises InputError where there is none.

    That of accepted edits is always there, and empty at first.
    """
    path = _path(name)
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        if name == ACCEPTED:
            return LocalCorpus(PairCorpus.of(()), ())
        known = ", ".join(local_names()) or "none"
        raise InputError(f"There is no local corpus {name!r}; there are: {known}.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from error
    pairs, damaged = [], []
    for number, line in enumerate(content.splitlines(), start=1):
        try:
            pairs.append(from_line(line))
        except InputError as error:
            damaged.append(LeftOut(number, str(error)))
    return LocalCorpus(PairCorpus.of(pairs), tuple(damaged))


def add_accepted(pair: Pair) -> None:
    """Add an edit that the user accepted. Whether they are kept at all is the caller's setting to ask.

    Each is one line at the end of the file, and on the disk when this returns; several processes may add.
    Raises InputError where it cannot be written.
    """
    path = _path(ACCEPTED)
    try:
        with _locked(path) as descriptor:
            size = os.fstat(descriptor).st_size
            # A line that was cut off when the last process died is not continued by this one.
            ended = size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"
            content = (b"" if ended else b"\n") + to_line(pair)
            while content:
                content = content[os.write(descriptor, content) :]
            os.fsync(descriptor)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}).") from error


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def _folder() -> Path:
    return data_dir("pairs")


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise InputError(
            f"{name!r} cannot name a corpus; lower case letters, digits, - and _ can, 64 of them at most."
        )
    return _folder() / f"{name}.jsonl"
