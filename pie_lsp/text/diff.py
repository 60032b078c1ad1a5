"""Unified diffs of bytes that `git apply` and `patch -p1` take; knows nothing of C++ or of terminals.

Lines are split at \\n alone, as those tools do, so that form feeds, lone \\r and bytes outside ASCII stay
inside their line, and a missing last line end is said.
"""

import os
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_CONTEXT = 3
_ESCAPES = {ord("\a"): "a", ord("\b"): "b", ord("\t"): "t", ord("\n"): "n", ord("\v"): "v", ord("\f"): "f"}
_ESCAPES |= {ord("\r"): "r", ord('"'): '"', ord("\\"): "\\"}


def unified_diff(old: bytes, new: bytes, name: str) -> bytes:
    """The difference with three lines of context, or nothing where there is none.

    `name` is the path of the file as seen from the folder in which the diff will be applied.
    """
    if old == new:
        return b""
    before, after = _lines(old), _lines(new)
    pieces = [b"--- " + _name("a/" + name), b"+++ " + _name("b/" + name)]
    for group in SequenceMatcher(None, before, after).get_grouped_opcodes(_CONTEXT):
        pieces.extend(_hunk(group, before, after))
    return b"".join(pieces)


def _lines(data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    last = lines.pop()
    return [line + b"\n" for line in lines] + ([last] if last else [])


def _name(path: str) -> bytes:
    raw = os.fsencode(path)
    if any(byte < 0x20 or byte == 0x7F or byte in b'"\\' for byte in raw):
        return b'"' + b"".join(map(_quoted, raw)) + b'"\n'
    # Both tools take the rest of the line up to a tab as the name; without it they stop at the space.
    return raw + (b"\t\n" if b" " in raw else b"\n")


def _quoted(byte: int) -> bytes:
    if byte in _ESCAPES:
        return b"\\" + _ESCAPES[byte].encode()
    return b"\\%03o" % byte if byte < 0x20 or byte >= 0x7F else bytes((byte,))


def _hunk(
    group: Sequence[tuple[str, int, int, int, int]], old: Sequence[bytes], new: Sequence[bytes]
) -> Iterator[bytes]:
    _, old_start, _, new_start, _ = group[0]
    _, _, old_end, _, new_end = group[-1]
    yield f"@@ -{_range(old_start, old_end)} +{_range(new_start, new_end)} @@\n".encode()
    for tag, start, end, to_start, to_end in group:
        if tag == "equal":
            yield from (_line(b" ", line) for line in old[start:end])
        else:
            yield from (_line(b"-", line) for line in old[start:end])
            yield from (_line(b"+", line) for line in new[to_start:to_end])


def _line(mark: bytes, line: bytes) -> bytes:
    return mark + (line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n")


def _range(start: int, end: int) -> str:
    length = end - start
    # An empty range is named by the line before it (POSIX, "Diff -u Output Format").
    first = start + 1 if length else start
    return str(first) if length == 1 else f"{first},{length}"
