"""Finds the user's own headers that a file includes; reads files, knows nothing of compilers.

What is found is evidence: a result rests on the content of each of these files.
"""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.cpp.tokens import TokenKind, directives, tokens
from pie_lsp.text.source import MAX_BYTES
from pie_lsp.values.errors import InputError

MAX_HEADERS = 500
"""More headers of one's own than this mean that a system folder was named as an include folder."""

SOURCE_SUFFIXES = (".cpp", ".cc", ".cxx", ".c++", ".C", ".c")

_INCLUDE = re.compile(rb"(?:#|%:)\s*(?:include|include_next|import)\b\s*<([^>\r\n]+)>")
_SYSTEM = re.compile(rb"(?:#|%:)[ \t]*include[ \t]*(<[^>\r\n]+>)[ \t]*(?://.*|/\*.*)?", re.DOTALL)
_QUOTED = re.compile(rb'"([^"\r\n]+)"')


@dataclass(frozen=True, slots=True)
class LocalHeader:
    """A file of the user that a source includes, directly or not.

    path  absolute, without links
    """

    path: Path
    data: bytes


def local_headers(data: bytes, folder: Path, include_dirs: Sequence[Path] = ()) -> tuple[LocalHeader, ...]:
    """Every file of the user that `data`, a source in `folder`, may include, sorted by path.

    Conditionals are not judged: a header in a branch not taken is found too. A name in quotes in any
    directive counts, so that ``#define HEADER "x.h"`` is followed. Only files inside `folder` and
    `include_dirs` are read, since only those can be seen when the source is compiled; what does not exist
    there is left to the compiler. Raises InputError where there are more than `MAX_HEADERS`, or one is
    larger than a source may be.
    """
    roots = tuple(root.resolve() for root in (folder, *include_dirs))
    found: dict[Path, bytes] = {}
    waiting = [(data, roots[0])]
    while waiting:
        source, place = waiting.pop()
        for path in _included(source, place, roots):
            if path not in found:
                found[path] = _read(path)
                waiting.append((found[path], path.parent))
        if len(found) > MAX_HEADERS:
            raise InputError(
                f"The program includes more than {MAX_HEADERS} files of your own; "
                "take folders of libraries out of the include paths."
            )
    return tuple(LocalHeader(path, found[path]) for path in sorted(found))


def leading_includes(data: bytes) -> bytes:
    """The ``#include <...>`` lines with which `data` begins, one a line, for a precompiled header.

    They end at the first other directive or token, since that may change what a header means.
    """
    lines = []
    for token in tokens(data.removeprefix(b"\xef\xbb\xbf")):
        if token.kind is TokenKind.COMMENT:
            continue
        start = token.span.start + len(data) - len(data.removeprefix(b"\xef\xbb\xbf"))
        include = _SYSTEM.fullmatch(data, start, start + len(token.span))
        if token.kind is not TokenKind.DIRECTIVE or include is None:
            break
        lines.append(b"#include " + include[1] + b"\n")
    return b"".join(lines)


def other_units(headers: Iterable[LocalHeader], has_main: bool) -> bool:
    """Whether the program seems to have other translation units.

    It does where the file has no `main`, and where a source of the same name stands beside a header.
    """
    return not has_main or any(
        header.path.with_suffix(suffix).is_file() for header in headers for suffix in SOURCE_SUFFIXES
    )


def _included(source: bytes, place: Path, roots: Sequence[Path]) -> Iterator[Path]:
    for token in directives(source):
        line = source[token.span.start : token.span.end]
        for name in _QUOTED.findall(line):
            yield from _resolve(name, (place, *roots), roots)
        angled = _INCLUDE.match(line)
        if angled:
            yield from _resolve(angled[1], roots[1:], roots)


def _resolve(name: bytes, folders: Iterable[Path], roots: Sequence[Path]) -> Iterator[Path]:
    """The first file called `name` in `folders`, where it lies inside one of `roots`."""
    for folder in folders:
        try:
            path = (folder / os.fsdecode(name)).resolve()
            exists = path.is_file()
        except (OSError, RuntimeError, ValueError):
            # A name that is too long, a circle of links, or a NUL byte: there is no such file.
            continue
        if exists:
            if any(path.is_relative_to(root) for root in roots):
                yield path
            return


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"The header {path} cannot be read: {error.strerror}.") from None
    if len(data) > MAX_BYTES:
        raise InputError(f"The header {path} is larger than {MAX_BYTES >> 10} KiB.")
    return data
