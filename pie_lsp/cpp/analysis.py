"""Everything that can be asked about one function: names, scopes and uses, with what the parser missed.

Knows syntax alone: what an expression is worth or changes is the business of its neighbours.
"""

import re
from collections.abc import Iterable
from functools import cached_property

from tree_sitter import Node

from pie_lsp.cpp.names import FileNames, code_only, read_names
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.scope import Scopes, Variable, walk
from pie_lsp.cpp.usage import Use, UseKind, classify
from pie_lsp.values.span import Span

_LEAF_TYPES = frozenset({"identifier", "type_identifier"})
_WORD = re.compile(rb"[A-Za-z_]\w*")
_PIECE = re.compile(rb"[^\s;{}][^;{}]*")
_UNFIT = frozenset(
    b"goto asm __asm__ volatile setjmp longjmp co_await co_yield co_return atomic __asm".split()
)


class Analysis:
    """The analysis of one function definition of one file.

    function  the ``function_definition``
    headers   contents of the user's headers, for the macros and names they declare
    """

    def __init__(self, file: ParsedFile, function: Node, headers: Iterable[bytes] = ()) -> None:
        self.file = file
        self.function = function
        self.headers = tuple(headers)

    @cached_property
    def names(self) -> FileNames:
        """The meaning of names at file scope."""
        return read_names(self.file, self.headers)

    @cached_property
    def scopes(self) -> Scopes:
        """The variables of the function."""
        return Scopes(self.file, self.function)

    @cached_property
    def is_fit(self) -> bool:
        """Whether the function can be worked on at all.

        It has no syntax error, no preprocessor line inside, and none of the words after which the order
        of the text says little about the order of execution.
        """
        if self.function.has_error or any(node.type.startswith("preproc_") for node in self.nodes):
            return False
        if any(node.type == "labeled_statement" for node in self.nodes):
            return False
        text = self.file.data[self.function.start_byte : self.function.end_byte]
        return not _UNFIT & set(_WORD.findall(code_only(text)))

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every node of the function."""
        return tuple(walk(self.function))

    def of_type(self, *types: str) -> Iterable[Node]:
        """The nodes of the function that are of one of `types`."""
        return (node for node in self.nodes if node.type in types)

    def text(self, node: Node) -> bytes:
        """The original bytes of `node`."""
        return self.file.text(node)

    def resolve(self, leaf: Node) -> Variable | None:
        """The variable that `leaf` names; None where it is not a name or not certain."""
        return self.scopes.resolve(leaf) if leaf.type in _LEAF_TYPES else None

    def uses(self, variable: Variable) -> tuple[Use, ...]:
        """Every use of `variable` in this function besides its declaration.

        A macro that may use it counts as an escape at its declaration.
        """
        found = [
            classify(self.file, leaf, variable)
            for leaf in self._leaves.get(variable.name, ())
            if leaf.id != variable.leaf.id and self._is_of(leaf, variable)
        ]
        if self.is_in_macro(variable.name):
            found.append(Use(UseKind.ESCAPE, variable.leaf, variable.scope, variable.leaf))
        return tuple(found)

    def use(self, leaf: Node) -> Use:
        """What is done to the variable that `leaf` names."""
        return classify(self.file, leaf, self.resolve(leaf))

    def is_in_macro(self, name: bytes) -> bool:
        """Whether some macro of the program, or its invocation in this function, contains `name`."""
        in_text = name in self.names.macro_words or name in self.names.macros
        return in_text or any(name in words for _, words in self.hidden)

    def hides(self, node: Node) -> bool:
        """Whether the parser did not see the original text of `node`."""
        return any(node.start_byte < span.end and span.start < node.end_byte for span, _ in self.hidden)

    @cached_property
    def hidden(self) -> tuple[tuple[Span, frozenset[bytes]], ...]:
        """Where the function's text was masked for the parser, and the words that stand there."""
        start, end = self.function.start_byte, self.function.end_byte
        data, masked = code_only(self.file.data)[start:end], self.file.masked[start:end]
        found: list[tuple[Span, frozenset[bytes]]] = []
        for piece in _PIECE.finditer(data):
            differing = [
                at
                for at in range(*piece.span())
                if data[at] != masked[at] and data[at] not in b" \r" and data[at] < 128
            ]
            if differing:
                first, last = _whole_words(data, differing[0], differing[-1] + 1)
                found.append((Span(start + first, start + last), frozenset(_WORD.findall(data[first:last]))))
        return tuple(found)

    def _is_of(self, leaf: Node, variable: Variable) -> bool:
        resolved = self.scopes.resolve(leaf)
        return resolved is not None and resolved.leaf.id == variable.leaf.id

    @cached_property
    def _leaves(self) -> dict[bytes, list[Node]]:
        found: dict[bytes, list[Node]] = {}
        for node in self.of_type(*_LEAF_TYPES):
            found.setdefault(self.text(node), []).append(node)
        return found


def _whole_words(data: bytes, first: int, last: int) -> tuple[int, int]:
    while first > 0 and _WORD.match(data[first - 1 : first]):
        first -= 1
    while last < len(data) and _WORD.match(data[last : last + 1]):
        last += 1
    return first, last
