"""What a label rests on, as a key: content alone, so that it holds in any folder, on any day, anywhere.

Two rows with the same key have the same figures, so a row that is there need not be measured again.
Knows bytes and words; reads no file and runs nothing.
"""

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pie_lsp.values.settings import RunLimits
from pie_lsp.values.toolchain import Link

_FORMAT = "pie-lsp label 1"
"""Goes up when labels of the same content come to mean something else."""

ANY_NAME = "program.cpp"
"""What a source is called when it is compiled, unless it asks: its own name must not matter."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How programs are built and measured, the same wherever a row may be made.

    compiler  first line of what it says of its version
    library   name and version of the C library, which is linked in
    flags     as they were written, so that no folder of one machine is among them
    backend   and model: with their versions, as the backend itself tells them
    """

    compiler: str
    library: str
    flags: tuple[str, ...]
    link: Link
    backend: str
    model: str
    limits: RunLimits


@dataclass(frozen=True, slots=True)
class Header:
    """A header of the user's own, under the name by which it is found."""

    name: str
    data: bytes


def library_version() -> str:
    """The C library of this machine."""
    try:
        return os.confstr("CS_GNU_LIBC_VERSION") or "unknown"
    except (OSError, ValueError):
        return "unknown"


def compiled_name(source: bytes, name: str) -> str:
    """What the source is called when it is compiled: its own name only where it may notice."""
    notices = b"__FILE__" in source or os.fsencode(name) in source
    speakable = not any(character in name for character in '"\\\n\r')
    return name if notices and speakable else ANY_NAME


def program_digest(recipe: Recipe, name: str, source: bytes, headers: Sequence[Header]) -> bytes:
    """SHA-256 of a program and of how it is built and measured; `name` is what it is compiled as."""
    limits = recipe.limits
    parts = [
        _FORMAT.encode(),
        *(text.encode() for text in (recipe.compiler, recipe.library, recipe.link.value)),
        *(text.encode() for text in (recipe.backend, recipe.model)),
        repr((limits.cpu_seconds, limits.memory_bytes, limits.output_bytes)).encode(),
        *_several([os.fsencode(flag) for flag in recipe.flags]),
        os.fsencode(name),
        source,
        *_several([part for header in headers for part in (os.fsencode(header.name), header.data)]),
    ]
    return _digest(parts)


def row_key(program: bytes, given: bytes) -> str:
    """The key of one row, in hex: `program` is its `program_digest`, `given` the input."""
    return _digest((program, given)).hex()


def chunk_name(keys: Sequence[str]) -> str:
    """The name of the chunk that makes these rows, in hex; other rows are another chunk."""
    return _digest(key.encode() for key in keys).hex()


def _several(parts: Sequence[bytes]) -> tuple[bytes, ...]:
    """A list, with its length before it, so that no part can be taken for one of the next list."""
    return (str(len(parts)).encode(), *parts)


def _digest(parts: Iterable[bytes]) -> bytes:
    hasher = hashlib.sha256()
    for part in parts:
        hasher.update(len(part).to_bytes(8, "big"))
        hasher.update(part)
    return hasher.digest()
