"""Finds what may be code in the text of an answer, whatever prose, fences or remains of them stand around.

Knows text alone. It only offers pieces, the likeliest first; whether one is what was asked for is not its
business.
"""

import re
from collections.abc import Iterator

from pie_lsp.cpp.tokens import TokenKind, tokens

MOST_CHARACTERS = 1 << 18
"""A longer text is no answer about one function."""

_MOST_BLOCKS = 16
_MOST_PLACES = 8
_LINES_BEFORE = 4
_OPENING = re.compile(r"[ \t]{0,3}(?P<fence>`{3,}|~{3,})[^`\n]*")
_CODE = re.compile(
    r"\s*(#\s*include\b|using\b|template\b|struct\b|class\b|static\b|namespace\b|typedef\b|//)"
)
_ENDS_OTHER = re.compile(r"[;:.!?}]\s*$|^\s*$|^\s*#|^\s*(```|~~~)")


def blocks(text: str, name: str) -> Iterator[str]:
    """Pieces of `text` that may define the function `name`, each once, the likeliest first.

    Models that think aloud give their last word last, so that later blocks come first. Where nothing is
    fenced, the answer is code from its first line of code to its last brace, or else whatever stands around
    the name.
    """
    fenced = _fenced(text)
    pieces = [*reversed(fenced[-_MOST_BLOCKS:]), text, *_unfenced(text), *_around(text, name)]
    seen: set[str] = set()
    for piece in pieces:
        if piece.strip() and piece not in seen:
            seen.add(piece)
            yield piece


def _fenced(text: str) -> list[str]:
    """What stands between fences; the last one may not be closed, since a stop may have cut it off."""
    found: list[str] = []
    fence, inside = "", list[str]()
    for line in text.splitlines(keepends=True):
        if not fence:
            opening = _OPENING.fullmatch(line.rstrip("\r\n"))
            if opening is not None:
                fence, inside = opening["fence"], []
        elif _closes(line, fence):
            found.append("".join(inside))
            fence = ""
        else:
            inside.append(line)
    return [*found, "".join(inside)] if fence else found


def _closes(line: str, fence: str) -> bool:
    """Whether `line` is nothing but a fence of the same kind that is at least as long."""
    bare = line.strip()
    return len(bare) >= len(fence) and bare == fence[0] * len(bare)


def _unfenced(text: str) -> Iterator[str]:
    lines = text.splitlines(keepends=True)
    first = next((place for place, line in enumerate(lines) if _CODE.match(line)), None)
    last = next((place for place in range(len(lines) - 1, -1, -1) if "}" in lines[place]), None)
    if first is not None and last is not None and first <= last:
        yield "".join(lines[first : last + 1])


def _around(text: str, name: str) -> Iterator[str]:
    """Every place where something called `name` seems to be defined, the last one first."""
    lines = text.splitlines(keepends=True)
    wanted = re.compile(rf"(?<![\w~]){re.escape(name)}\s*\(")
    places = [place for place, line in enumerate(lines) if wanted.search(line)]
    for place in reversed(places[-_MOST_PLACES:]):
        start = place
        while start and place - start < _LINES_BEFORE and not _ENDS_OTHER.search(lines[start - 1]):
            start -= 1
        for begin in dict.fromkeys((start, place)):
            piece = _to_closing_brace("".join(lines[begin:]))
            if piece:
                yield piece


def _to_closing_brace(text: str) -> str:
    """`text` up to the brace that closes the first one; nothing where a statement ends before it."""
    data = text.encode("utf-8", "replace")
    depth = 0
    for token in tokens(data):
        if token.kind is not TokenKind.PUNCTUATION:
            continue
        mark = data[token.span.start : token.span.end]
        if mark == b";" and not depth:
            return ""
        depth += (mark == b"{") - (mark == b"}")
        if mark == b"}" and depth <= 0:
            return data[: token.span.end].decode("utf-8", "replace")
    return ""
