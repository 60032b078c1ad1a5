"""Reads the macro definitions of one file, and tells which of them stand for the head of a loop.

Knows tokens and no syntax tree: macros are what keeps the parser from building one.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from pie_lsp.cpp.tokens import Token, TokenKind, directives, tokens

_NAME = rb"[A-Za-z_$\x80-\xff][0-9A-Za-z_$\x80-\xff]*"
_LOOPS = (b"for", b"while", b"if")
_ATTRIBUTES = (b"__attribute__", b"__declspec", b"alignas", b"__restrict", b"__restrict__")
_DEPTH = 16
_OPEN = {b"(": b")", b"[": b"]", b"{": b"}"}


class MacroShape(Enum):
    """What an invocation of a macro is in the grammar, as far as a parser must know it."""

    OTHER = "other"
    """It parses as it stands, or nothing is known about it."""
    LOOP_HEAD = "loop head"
    """It stands for ``for (...)`` or the like, and a statement follows."""
    STATEMENT = "statement"
    """It stands for whole statements, so that nothing need follow."""
    EMPTY = "empty"
    """It stands for nothing, or for an attribute."""


@dataclass(frozen=True, slots=True)
class Macro:
    """One ``#define``.

    function_like  a parenthesis follows the name without space
    body           the words and signs that it stands for, comments left out
    """

    name: bytes
    function_like: bool
    body: tuple[bytes, ...]


@cache
def _define() -> re.Pattern[bytes]:
    blank = rb"(?:[ \t\f\v]|\\[ \t\f\v]*(?:\r\n|\n|\r)|/\*.*?\*/)*"
    head = rb"(?:#|%%:)%b(define|undef)\b%b(%b)(\([^()]*\))?" % (blank, blank, _NAME)
    return re.compile(head, re.DOTALL)


def macros(data: bytes, lines: Iterable[Token] | None = None) -> tuple[Macro, ...]:
    """The macro definitions of `data` in their order, whatever conditional they stand in.

    Who has the tokens of its directives already hands them over as `lines`.
    """
    found = []
    if b"define" not in data:
        return ()
    for token in directives(data) if lines is None else lines:
        if token.kind is not TokenKind.DIRECTIVE:
            continue
        line = data[token.span.start : token.span.end]
        define = _define().match(line)
        if define and define[1] == b"define":
            body = line[define.end() :]
            found.append(Macro(define[2], define[3] is not None, _words(body)))
    return tuple(found)


def shapes(definitions: Iterable[Macro]) -> Mapping[bytes, MacroShape]:
    """What the names stand for. A name of no known shape, or whose definitions disagree, is left out.

    Macros may use one another in any order, so the answer is the least fixed point; what needs more than
    `_DEPTH` macros to become a loop is not known as one.
    """
    by_name: dict[bytes, list[Macro]] = {}
    for macro in definitions:
        by_name.setdefault(macro.name, []).append(macro)
    known: dict[bytes, MacroShape] = {}
    for _ in range(_DEPTH):
        found = {name: _common(several, known) for name, several in by_name.items()}
        settled: dict[bytes, MacroShape] = {
            name: shape for name, shape in found.items() if shape is not MacroShape.OTHER
        }
        if not settled.keys() - known.keys():
            return settled
        known = settled
    return known


def _words(body: bytes) -> tuple[bytes, ...]:
    return tuple(
        body[token.span.start : token.span.end]
        for token in tokens(body)
        if token.kind is not TokenKind.COMMENT
    )


def _common(several: list[Macro], known: Mapping[bytes, MacroShape]) -> MacroShape:
    found = {_shape(macro.body, known) for macro in several}
    return found.pop() if len(found) == 1 else MacroShape.OTHER


def _shape(body: tuple[bytes, ...], known: Mapping[bytes, MacroShape]) -> MacroShape:
    if not body or body[0] in _ATTRIBUTES or body[:2] == (b"[", b"["):
        return MacroShape.EMPTY
    at = 0
    while (behind := _after_head(body, at, known)) is not None:
        at = behind
    if at and body[at : at + 2] in ((), (b"{",)):
        return MacroShape.LOOP_HEAD
    if not at and _chooses_loop(body, known):
        return MacroShape.LOOP_HEAD
    whole = body[-1] in (b";", b"}") and _balanced(body)
    return MacroShape.STATEMENT if whole else MacroShape.OTHER


def _balanced(body: tuple[bytes, ...]) -> bool:
    waiting: list[bytes] = []
    for word in body:
        if word in _OPEN:
            waiting.append(_OPEN[word])
        elif word in _OPEN.values() and (not waiting or waiting.pop() != word):
            return False
    return not waiting


def _after_head(body: tuple[bytes, ...], at: int, known: Mapping[bytes, MacroShape]) -> int | None:
    """Where the loop head ends that begins at `at`, or None where there is none."""
    word = body[at] if at < len(body) else b""
    if word not in _LOOPS and known.get(word) is not MacroShape.LOOP_HEAD:
        return None
    at += 2 if body[at : at + 2] == (b"if", b"constexpr") else 1
    if body[at : at + 1] == (b"(",):
        return _closing(body, at) + 1
    return None if word in _LOOPS else at


def _closing(words: tuple[bytes, ...], at: int) -> int:
    depth = 0
    for place in range(at, len(words)):
        depth += (words[place] in _OPEN) - (words[place] in _OPEN.values())
        if not depth:
            return place
    return len(words)


def _chooses_loop(body: tuple[bytes, ...], known: Mapping[bytes, MacroShape]) -> bool:
    """Whether `body` is the idiom ``CHOOSE(__VA_ARGS__, rep3, rep2)(__VA_ARGS__)``."""
    if b"__VA_ARGS__" not in body or body[1:2] != (b"(",):
        return False
    end = _closing(body, 1)
    chosen = [word for word in body[2:end] if known.get(word) is MacroShape.LOOP_HEAD]
    return bool(chosen) and _closing(body, end + 1) == len(body) - 1
