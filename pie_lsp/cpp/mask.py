"""Makes a file readable for the parser without moving a byte: what it gives back has the same length.

tree-sitter does not run the preprocessor, so `rep(i,n){}` becomes a nested function named `rep`, without
an error (tree-sitter-cpp issue 188). Only code is masked: strings, comments and directives stay.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from pie_lsp.cpp.macros import MacroShape, macros, shapes
from pie_lsp.cpp.tokens import Token, TokenKind, opaque

_LOOP = (b"for", b"(", b";", b";", b")")
_ASCII = bytes(range(128)) + b"_" * 128
_CONTINUED = re.compile(rb"\\[ \t\f\v]+(?=\r?\n)")
_LONE_CR = re.compile(rb"\r(?!\n)")
_NO_LINE_END = re.compile(rb"[^\r\n]")
_OPENING = re.compile(rb"\s*\(")
_PARENTHESES = re.compile(rb"[()]")
_GOES_ON = re.compile(rb"\s*[;,)]")


def mask_bytes(data: bytes) -> bytes:
    """`data` as g++ reads it: bytes outside ASCII are letters, a lone \\r ends a line, a byte-order mark is
    nothing, and a backslash with blanks behind it still continues the line."""
    if data.startswith(b"\xef\xbb\xbf"):
        data = b"   " + data[3:]
    if not data.isascii():
        data = data.translate(_ASCII)
    if b"\r" in data:
        data = _LONE_CR.sub(b"\n", data)
    return _CONTINUED.sub(lambda found: b" " * (len(found[0]) - 1) + b"\\", data)


def mask(data: bytes, annotations: frozenset[bytes] = frozenset()) -> bytes:
    """`data` for the parser: bytes, macros of this file, and the macros named in `annotations` blanked."""
    masked = mask_bytes(data)
    hidden = tuple(opaque(masked)) if annotations or b"define" in masked else ()
    definitions = macros(masked, hidden)
    known = dict(shapes(definitions))
    known.update(dict.fromkeys(annotations, MacroShape.EMPTY))
    if not known:
        return masked
    function_like = {macro.name for macro in definitions if macro.function_like}
    return _Masker(masked, code_only(masked, hidden), known, frozenset(function_like)).run()


def code_only(data: bytes, hidden: Iterable[Token]) -> bytes:
    """`data` with comments and directives blanked and literals made of quotes, so that a name found in it
    is one. `hidden` are the tokens that `opaque` finds."""
    out = bytearray(data)
    for token in hidden:
        blank = b" " if token.kind in (TokenKind.COMMENT, TokenKind.DIRECTIVE) else b'"'
        out[token.span.start : token.span.end] = blank * len(token.span)
    return bytes(out)


class _Masker:
    """Replaces the invocations of macros in one file."""

    def __init__(
        self, data: bytes, code: bytes, known: Mapping[bytes, MacroShape], function_like: frozenset[bytes]
    ) -> None:
        self._data = data
        self._code = code
        self._known = known
        self._function_like = function_like
        self._closers = _closers(code)

    def run(self) -> bytes:
        """The data with every invocation replaced; those among the arguments of another are part of it."""
        out = bytearray(self._data)
        done = 0
        for found in _names(frozenset(self._known)).finditer(self._code):
            end = self._end(found[0], found.end())
            if found.start() < done or end is None:
                continue
            words = self._words(found[0], end)
            if words is not None:
                out[found.start() : end] = _fitted(self._data[found.start() : end], words)
                done = end
        return bytes(out)

    def _end(self, name: bytes, at: int) -> int | None:
        """Behind the invocation, arguments included; None where the name is none without arguments."""
        if name in self._function_like:
            opening = _OPENING.match(self._code, at)
            return self._closers.get(opening.end() - 1) if opening else None
        # An annotation of a header is not known to take arguments: they follow it without space if so.
        from_header = self._known[name] is MacroShape.EMPTY and self._code[at : at + 1] == b"("
        return self._closers.get(at) if from_header else at

    def _words(self, name: bytes, end: int) -> tuple[bytes, ...] | None:
        """What is put in place of an invocation that ends at `end`, or None to leave it alone."""
        shape = self._known[name]
        if shape is MacroShape.STATEMENT:
            return None if _GOES_ON.match(self._code, end) else (b";",)
        return _LOOP if shape is MacroShape.LOOP_HEAD else ()


def _closers(code: bytes) -> dict[int, int]:
    """Behind which offset the parenthesis closes that opens at an offset, for all that close."""
    closers: dict[int, int] = {}
    waiting: list[int] = []
    for found in _PARENTHESES.finditer(code):
        if found[0] == b"(":
            waiting.append(found.start())
        elif waiting:
            closers[waiting.pop()] = found.end()
    return closers


@cache
def _names(names: frozenset[bytes]) -> re.Pattern[bytes]:
    words = b"|".join(sorted(map(re.escape, names)))
    return re.compile(rb"(?<![0-9A-Za-z_$])(?:%b)(?![0-9A-Za-z_$])" % words)


def _fitted(old: bytes, words: tuple[bytes, ...]) -> bytes:
    """`words` in the place of `old`, padded with blanks, with the line ends of `old` where they were.

    Where they do not fit all is blank: a statement without its loop still parses.
    """
    cells = _NO_LINE_END.sub(b" ", old)
    out = bytearray(cells)
    at = 0
    for word in words:
        place = cells.find(b" " * len(word), at)
        if place < 0:
            return cells
        at = place + len(word)
        out[place:at] = word
    return bytes(out)
