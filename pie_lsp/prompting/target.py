"""The function that is asked about, and the parts of its file that a model has to see.

Knows syntax; nothing of models or strategies.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tree_sitter import Node

from pie_lsp.cpp.functions import Function, FunctionTable, find_functions
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.tokens import TokenKind, tokens
from pie_lsp.prompting.items import Item, items, namespace_level
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.text.source import SourceText, detect
from pie_lsp.values.span import Span


@dataclass(frozen=True, slots=True)
class Shown:
    """What a model is shown.

    code   the whole file, or what the function needs of it, with line ends as models know them
    whole  whether nothing is left out
    """

    code: str
    whole: bool


class Target:
    """One function of one file."""

    def __init__(self, context: ProposeContext) -> None:
        self.context = context
        self.file: ParsedFile = context.file
        self.function: Function = context.function

    @property
    def name(self) -> str:
        """The function's name without its scopes."""
        return self.function.ref.name

    @property
    def code(self) -> bytes:
        """The function itself."""
        span = self.function.ref.span
        return self.file.data[span.start : span.end]

    @cached_property
    def source(self) -> SourceText:
        """The file with its encoding."""
        return detect(self.file.data)

    @cached_property
    def table(self) -> FunctionTable:
        """The functions of the file."""
        return find_functions(self.file)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """What the file declares outside of functions."""
        return items(self.file)

    def whole(self) -> Shown:
        """The file as it is."""
        return Shown(self._decoded(self.file.data), True)

    def part(self) -> Shown:
        """The function, the lines that include and define, and the declarations that it uses."""
        return Shown(self._decoded(b"\n".join(self._pieces())), False)

    def _decoded(self, data: bytes) -> str:
        text = data.decode(self.source.encoding).removeprefix("\ufeff")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def _pieces(self) -> Iterator[bytes]:
        holder = namespace_level(self.function.node)
        needed = self._needed(holder)
        places: list[tuple[int, bytes]] = []
        for token in tokens(self.file.data):
            inside = holder.start_byte <= token.span.start < holder.end_byte
            if token.kind is TokenKind.DIRECTIVE and not inside and self._matters(token.span):
                places.append((token.span.start, self._bytes(token.span)))
        for item in self.items:
            span = item.span
            if span.start <= holder.start_byte < span.end:
                places.append((span.start, self._without_bodies(span)))
            elif item in needed:
                places.append((span.start, self._declared(item)))
        return (text for _, text in sorted(places))

    def _needed(self, holder: Node) -> set[Item]:
        """What the function names, and what that names in turn."""
        named: dict[bytes, list[Item]] = {}
        for item in self.items:
            for name in item.names:
                named.setdefault(name, []).append(item)
        found = {item for item in self.items if not item.names}
        waiting = [self._bytes(Span(holder.start_byte, holder.end_byte)), *map(self._declared, found)]
        while waiting:
            for item in [item for word in _words(waiting.pop()) for item in named.pop(word, ())]:
                if item not in found:
                    found.add(item)
                    waiting.append(self._declared(item))
        return found

    def _matters(self, span: Span) -> bool:
        """Only lines that include or define; those of conditions would not fit together."""
        return self._bytes(span).lstrip(b"#% :\t").startswith((b"include", b"define", b"undef", b"pragma"))

    def _declared(self, item: Item) -> bytes:
        """A function without its body, and anything else as it is."""
        body = item.body
        if body is None:
            return self._bytes(item.span)
        return self._bytes(Span(item.span.start, body.start)).rstrip() + b";"

    def _without_bodies(self, span: Span) -> bytes:
        """What is around the function, in which all other functions have no bodies."""
        made, at = [], span.start
        for other in self.table.functions:
            body = other.ref.body
            if other.ref.span != self.function.ref.span and span.contains(body) and body.start >= at:
                made += [self._bytes(Span(at, body.start)).rstrip(), b";"]
                at = body.end
        return b"".join((*made, self._bytes(Span(at, span.end))))

    def _bytes(self, span: Span) -> bytes:
        return self.file.data[span.start : span.end]


def _words(text: bytes) -> set[bytes]:
    return {text[t.span.start : t.span.end] for t in tokens(text) if t.kind is TokenKind.WORD}
