"""Why a function definition is not worked on: whatever was not read with confidence is left alone.

Knows syntax and tokens; the reasons are sentences for the user.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from tree_sitter import Node

from pie_lsp.cpp.macros import Macro, macros
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.tokens import Token, TokenKind, opaque, tokens
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.span import Span

_KEYWORDS = {
    b"volatile": "it uses volatile objects, whose accesses must stay as they are",
    b"asm": "it contains assembly",
    b"setjmp": "it uses setjmp",
    b"longjmp": "it uses longjmp",
    b"co_await": "it is a coroutine",
    b"co_yield": "it is a coroutine",
    b"co_return": "it is a coroutine",
}
_SPELLINGS = {
    b"__volatile__": b"volatile",
    b"__volatile": b"volatile",
    b"__asm__": b"asm",
    b"__asm": b"asm",
    b"_setjmp": b"setjmp",
    b"sigsetjmp": b"setjmp",
    b"__sigsetjmp": b"setjmp",
    b"_longjmp": b"longjmp",
    b"siglongjmp": b"longjmp",
}
_TYPELESS = ("operator_name", "destructor_name", "qualified_identifier", "operator_cast")


class Refusals:
    """Judges the definitions of one file."""

    def __init__(self, file: ParsedFile) -> None:
        self._file = file
        self._hidden = tuple(opaque(file.data))
        self._starts = [token.span.start for token in self._hidden]
        lines = [token for token in self._hidden if token.kind is TokenKind.DIRECTIVE]
        definitions = macros(file.data, lines)
        self._macros = frozenset(macro.name for macro in definitions)
        self._reasons = _reasons(definitions)

    def reason(self, node: Node, body: Node, ref: FunctionRef) -> str | None:
        """The sentence why the definition is refused, or None where it is worked on."""
        # These come first, since they are often why the parser cannot read a function.
        cut = self._directive_reason(ref.span)
        if cut is not None:
            return cut
        if node.has_error:
            return f"The parser cannot read it: there is something unknown on line {self._error_line(node)}."
        if body.type != "compound_statement":
            return "Its body is a try block as a whole; put the try block inside the body."
        if self._is_hidden(ref.span):
            return "It is part of a macro definition or a comment."
        if self._file.data[ref.name_span.start : ref.name_span.end] in self._macros:
            return f"{ref.name} is a macro, so what it defines is known only after preprocessing."
        if self._lacks_type(node, ref):
            return f"{ref.name} has no return type, so a macro is at work that is not defined in this file."
        return self._keyword_reason(ref.span)

    def _error_line(self, node: Node) -> int:
        at = node
        while not (at.is_error or at.is_missing):
            broken = [child for child in at.children if child.has_error or child.is_missing]
            if not broken:
                break
            at = broken[0]
        return self._file.masked.count(b"\n", 0, at.start_byte) + 1

    def _inside(self, span: Span) -> tuple[Token, ...]:
        first = bisect_left(self._starts, span.start)
        return self._hidden[first : bisect_left(self._starts, span.end)]

    def _is_hidden(self, span: Span) -> bool:
        """Whether either end of `span` lies within a directive, comment or literal."""
        for offset in (span.start, span.end):
            before = bisect_left(self._starts, offset) - 1
            if before >= 0 and self._hidden[before].span.end > offset:
                return True
        return False

    def _lacks_type(self, node: Node, ref: FunctionRef) -> bool:
        declarator = node.child_by_field_name("declarator")
        if declarator is None or declarator.type != "function_declarator" or node.child_by_field_name("type"):
            return False
        inner = declarator.child_by_field_name("declarator")
        if inner is None or inner.type in _TYPELESS:
            return False
        # Only constructors lack a type, and `main`, for which g++ supplies one.
        return ref.name not in ("main", *ref.qualified_name.split("::")[-2:-1])

    def _directive_reason(self, span: Span) -> str | None:
        """Whether a conditional of the preprocessor cuts the function, or text of another file is in it."""
        open_at: list[int] = []
        depth = 0
        done = span.start
        for token in self._inside(span):
            if token.kind is not TokenKind.DIRECTIVE:
                continue
            depth += self._braces(Span(done, token.span.start))
            done = token.span.end
            word = _directive_word(self._file.data[token.span.start : token.span.end])
            if word in (b"include", b"include_next", b"embed"):
                return "It includes another file in its body, which is not read."
            if word in (b"if", b"ifdef", b"ifndef"):
                open_at.append(depth)
            elif word in (b"elif", b"else", b"endif", b"elifdef", b"elifndef") and (
                not open_at or depth != open_at[-1]
            ):
                return _CUT
            if word == b"endif":
                open_at.pop()
        return _CUT if open_at else None

    def _braces(self, span: Span) -> int:
        """How many braces stay open in the code of `span`."""
        balance = 0
        done = span.start
        for token in (*self._inside(span), None):
            end = token.span.start if token else span.end
            balance += self._file.data.count(b"{", done, end) - self._file.data.count(b"}", done, end)
            done = token.span.end if token else done
        return balance

    def _keyword_reason(self, span: Span) -> str | None:
        text = self._file.data[span.start : span.end]
        if not any(word in text for word in self._reasons):
            return None
        for token in tokens(text):
            if token.kind is TokenKind.WORD:
                reason = self._reasons.get(text[token.span.start : token.span.end])
                if reason:
                    return f"It is left alone because {reason}."
        return None


def _reasons(definitions: Iterable[Macro]) -> Mapping[bytes, str]:
    """The words that have a function refused, macros of this file that stand for them included."""
    found = dict(_KEYWORDS)
    found.update((spelling, _KEYWORDS[word]) for spelling, word in _SPELLINGS.items())
    bodies = {macro.name: macro.body for macro in definitions}
    while True:
        added = {
            name: found[word]
            for name, body in bodies.items()
            for word in body
            if name not in found and word in found
        }
        if not added:
            return found
        found.update(added)


_CUT = "A conditional of the preprocessor (#if) cuts it apart."


def _directive_word(line: bytes) -> bytes:
    for token in tokens(line.removeprefix(b"%:").removeprefix(b"#")):
        if token.kind is TokenKind.WORD:
            return line.removeprefix(b"%:").removeprefix(b"#")[token.span.start : token.span.end]
    return b""
