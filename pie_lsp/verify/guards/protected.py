"""Checks that preprocessor lines and comments stay as they are."""

import re
from collections import Counter

from pie_lsp.cpp.library import STANDARD_HEADERS
from pie_lsp.cpp.tokens import TokenKind
from pie_lsp.values.candidate import Grant
from pie_lsp.verify.guards.change import Change, Version

_INCLUDE = re.compile(rb"#include <([a-z0-9_]+(?:\.h)?)>[ \t]*")
_EXPLAINS = re.compile(
    rb"\b(do not|don't|dont|must not|never) (change|touch|edit|replace|remove|optimi[sz]e|use|swap|reorder)"
    rb"|\bon purpose\b|\bintentional|\bdeliberate|\bkeep this\b|\bNOLINT",
    re.IGNORECASE,
)
"""Words of a comment that says why the code is as it is."""


def directives_stay(change: Change) -> str | None:
    """The preprocessor lines are the same; standard headers may come where that was granted."""
    kept = iter(_lines(change.old))
    due = next(kept, None)
    for line in _lines(change.new):
        if line == due:
            due = next(kept, None)
            continue
        include = _INCLUDE.fullmatch(line)
        known = include is not None and include[1] in STANDARD_HEADERS
        if not (known and change.granted(Grant.INCLUDE)):
            return f"It adds or changes the preprocessor line {line.decode('utf-8', 'backslashreplace')!r}."
    return None if due is None else "It removes or moves a preprocessor line."


def _lines(version: Version) -> list[bytes]:
    return [line.rstrip() for line in version.of_kind(TokenKind.DIRECTIVE)]


def comments_stay(change: Change) -> str | None:
    """No comment is edited or removed; new ones may come.

    Where a function is written anew, those in its body go with what they explain.
    """
    gone = _in_rewritten_bodies(change)
    old, new = (
        Counter(map(_words_of, version.of_kind(TokenKind.COMMENT))) for version in (change.old, change.new)
    )
    lost = old - new - gone
    if not lost:
        return None
    comment = next(iter(lost)).decode("utf-8", "backslashreplace")
    return f"It removes or edits the comment {comment[:60]!r}."


def _in_rewritten_bodies(change: Change) -> Counter[bytes]:
    if not change.granted(Grant.REWRITE):
        return Counter()
    bodies = [function.ref.body for function in change.selected()]
    return Counter(
        _words_of(change.old.text(token))
        for token in change.old.tokens
        if token.kind is TokenKind.COMMENT and any(body.contains(token.span) for body in bodies)
    )


def _words_of(comment: bytes) -> bytes:
    """A comment whatever its indentation."""
    return b" ".join(comment.split())


def explained_code_stays(change: Change) -> str | None:
    """Code under or beside a comment that defends its form is left alone."""
    data = change.old.file.data
    for token in change.old.tokens:
        if token.kind is not TokenKind.COMMENT or not _EXPLAINS.search(change.old.text(token)):
            continue
        end = _line_end(data, token.span.end)
        alone = not data[data.rfind(b"\n", 0, token.span.start) + 1 : token.span.start].strip()
        guarded = range(
            data.rfind(b"\n", 0, token.span.start) + 1, _line_end(data, end + 1) if alone else end
        )
        for edit in change.edits:
            if edit.span.start < guarded.stop and guarded.start <= edit.span.end:
                return "It changes code next to a comment that says why the code is as it is."
    return None


def _line_end(data: bytes, at: int) -> int:
    end = data.find(b"\n", at)
    return len(data) if end < 0 else end


CHECKS = (directives_stay, comments_stay, explained_code_stays)
