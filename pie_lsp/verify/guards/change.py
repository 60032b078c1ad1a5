"""A change as the checks see it: both versions of the file, read once. Decides nothing."""

from collections import Counter
from functools import cached_property, lru_cache

from tree_sitter import Node

from pie_lsp.cpp.functions import Function, FunctionTable, find_functions
from pie_lsp.cpp.parse import parse_with
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.query import captures
from pie_lsp.cpp.tokens import Token, TokenKind, tokens
from pie_lsp.values.candidate import Candidate, Grant, ProposerKind
from pie_lsp.values.edit import Edit
from pie_lsp.values.span import Span
from pie_lsp.values.testing import TestSuite

_NO_CODE = frozenset({TokenKind.COMMENT, TokenKind.DIRECTIVE})


class Version:
    """One version of the file, with what several checks ask of it."""

    def __init__(self, file: ParsedFile) -> None:
        self.file = file

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Every token, comments and directives included."""
        return tuple(tokens(self.file.data))

    @cached_property
    def code(self) -> tuple[Token, ...]:
        """Every token but comments and directives."""
        return tuple(token for token in self.tokens if token.kind not in _NO_CODE)

    @cached_property
    def texts(self) -> tuple[bytes, ...]:
        """The texts of `code`."""
        return tuple(map(self.text, self.code))

    @cached_property
    def words(self) -> Counter[bytes]:
        """How often each identifier or keyword stands in the code."""
        return Counter(self.of_kind(TokenKind.WORD))

    def text(self, token: Token) -> bytes:
        """The bytes of a token."""
        return self.file.data[token.span.start : token.span.end]

    def of_kind(self, kind: TokenKind) -> list[bytes]:
        """The texts of all tokens of a kind."""
        return [self.text(token) for token in self.tokens if token.kind is kind]

    @cached_property
    def table(self) -> FunctionTable:
        """The functions of the file."""
        return find_functions(self.file)

    @cached_property
    def _nodes(self) -> dict[str, list[Node]]:
        pattern = " ".join(f"({kind}) @{kind}" for kind in _WANTED)
        return captures(pattern, self.file.tree.root_node)

    def nodes(self, kind: str) -> list[Node]:
        """Every node of one of the kinds in `_WANTED`, in the order of the file."""
        return self._nodes.get(kind, [])


_WANTED = (
    "alias_declaration",
    "array_declarator",
    "call_expression",
    "cast_expression",
    "declaration",
    "do_statement",
    "enumerator",
    "field_declaration",
    "for_range_loop",
    "for_statement",
    "function_declarator",
    "if_statement",
    "new_declarator",
    "optional_parameter_declaration",
    "parameter_declaration",
    "parameter_list",
    "preproc_def",
    "template_type",
    "type_definition",
    "while_statement",
)


@lru_cache(maxsize=1)
def _original(file: ParsedFile) -> Version:
    """What was read of the original serves all its candidates."""
    return Version(file)


class Change:
    """A candidate and what it makes of the file."""

    def __init__(self, original: ParsedFile, candidate: Candidate, changed: bytes, suite: TestSuite) -> None:
        self.old = _original(original)
        # The same macros are blanked as in the original, so that both are read alike.
        self.new = Version(parse_with(changed, original.annotations))
        self.candidate = candidate
        self.suite = suite

    def granted(self, grant: Grant) -> bool:
        """Whether the proposer declared this exception."""
        return grant in self.candidate.grants

    @property
    def is_combination(self) -> bool:
        """Whether the engine joined candidates that each passed these checks alone."""
        return self.candidate.provenance.kind is ProposerKind.COMBINATION

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """What really changes: the edits without the bytes that they only repeat."""
        trimmed = (_trim(self.old.file.data, edit) for edit in self.candidate.edits)
        return tuple(edit for edit in trimmed if len(edit.span) or edit.replacement)

    @cached_property
    def helpers(self) -> tuple[Span, ...]:
        """Where in the new file text was inserted outside of every function; nothing without the grant."""
        if not self.granted(Grant.HELPER):
            return ()
        found, growth = [], 0
        for edit in self.edits:
            at = edit.span.start
            around = any(f.ref.span.start < at < f.ref.span.end for f in self.old.table.functions)
            if not len(edit.span) and not around:
                found.append(Span(at + growth, at + growth + len(edit.replacement)))
            growth += len(edit.replacement) - len(edit.span)
        return tuple(found)

    def is_helper(self, function: Function) -> bool:
        """Whether a function of the new file came as a helper."""
        return any(span.contains(function.ref.span) for span in self.helpers)

    def selected(self) -> list[Function]:
        """The functions of the original in which the candidate may change anything."""
        functions = self.old.table.functions
        if self.is_combination:
            return list(functions)
        return [function for function in functions if function.ref.span == self.candidate.function.span]


def _trim(data: bytes, edit: Edit) -> Edit:
    old, new = data[edit.span.start : edit.span.end], edit.replacement
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[len(old) - 1 - tail] == new[len(new) - 1 - tail]:
        tail += 1
    return Edit(Span(edit.span.start + head, edit.span.end - tail), new[head : len(new) - tail])
