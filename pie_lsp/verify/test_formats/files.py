"""Reads test files with suspicion: a workspace is untrusted, so links, devices and giants are refused.

Knows nothing of layouts.
"""

import json
import os
import stat
from collections.abc import Sequence
from pathlib import Path

from pie_lsp.values.testing import LeftOut, TestCase
from pie_lsp.verify.test_formats.layout import Pair, Reading

MAX_FILE_BYTES = 64 << 20
"""Largest test file that is read: a hundred times what judges hand out."""

_IGNORED_PREFIXES = (".", "#")


class UnreadableError(Exception):
    """A test file cannot be used; the message is the end of a sentence that starts with its name."""


def visible_files(folder: Path) -> tuple[Path, ...]:
    """The files of `folder` that are no editor back-ups or hidden files, sorted by name.

    Raises OSError where the folder cannot be listed.
    """
    with os.scandir(folder) as entries:
        names = [
            entry.name
            for entry in entries
            if not entry.name.startswith(_IGNORED_PREFIXES)
            and not entry.name.endswith("~")
            and not entry.is_dir(follow_symlinks=False)
        ]
    return tuple(folder / name for name in sorted(names))


def read_file(path: Path, roots: Sequence[Path]) -> bytes:
    """The bytes of a regular file that lies, links followed, under one of `roots`.

    Raises UnreadableError. Opened without blocking, since a named pipe would wait for ever.
    """
    try:
        resolved = path.resolve(strict=True)
        if not any(resolved.is_relative_to(root) for root in roots):
            raise UnreadableError("is a link that leads out of the folder")
        descriptor = os.open(resolved, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableError("is not a regular file")
            if status.st_size > MAX_FILE_BYTES:
                raise UnreadableError(f"is larger than {MAX_FILE_BYTES >> 20} MiB")
            data = file.read(MAX_FILE_BYTES + 1)
    except (OSError, RuntimeError, ValueError) as error:
        words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UnreadableError(f"cannot be read ({words})") from error
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableError(f"is larger than {MAX_FILE_BYTES >> 20} MiB")
    return data


def read_pairs(pairs: Sequence[Pair], roots: Sequence[Path]) -> Reading:
    """Read every pair; a pair of which one file cannot be read is left out with a sentence."""
    cases: list[TestCase] = []
    left_out: list[LeftOut] = []
    for pair in pairs:
        current = pair.input
        try:
            data = read_file(pair.input, roots)
            expected = None
            if pair.expected is not None:
                current = pair.expected
                expected = read_file(pair.expected, roots)
        except UnreadableError as error:
            left_out.append(LeftOut(pair.name, f"{current.name} {error}."))
        else:
            cases.append(TestCase(pair.name, data, expected))
    return Reading(tuple(cases), tuple(left_out))


def read_json(path: Path, roots: Sequence[Path]) -> object:
    """The value in a JSON file. Raises UnreadableError."""
    data = read_file(path, roots)
    try:
        value: object = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableError("is not JSON") from error
    return value
