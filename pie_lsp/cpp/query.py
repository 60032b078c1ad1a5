"""Helpers for whoever looks at syntax trees: queries, walks, and what must not be believed.

Inside a block tree-sitter reads `vector<int> v(n);` as the declaration of a function and `REP(i,n) {}` as
a nested function, both without an error. `is_phantom` tells them, and the walks leave them out.
"""

from collections.abc import Iterator
from functools import cache

from tree_sitter import Node, Query, QueryCursor

from pie_lsp.cpp.parse import language
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.tokens import TokenKind, tokens
from pie_lsp.values.span import Span

_CLASS_BODIES = ("field_declaration_list", "declaration_list", "translation_unit")
STATEMENTS = frozenset(
    (
        "compound_statement",
        "case_statement",
        "for_statement",
        "for_range_loop",
        "while_statement",
        "do_statement",
        "if_statement",
        "else_clause",
        "switch_statement",
        "labeled_statement",
    )
)


@cache
def query(source: str) -> Query:
    """The compiled query, shared by all threads. Raises tree_sitter.QueryError where it is malformed."""
    return Query(language(), source)


def captures(source: str, node: Node) -> dict[str, list[Node]]:
    """Nodes at and below `node` that the query captures, by the capture's name, in the order of the file."""
    found = QueryCursor(query(source)).captures(node)
    return {name: sorted(nodes, key=lambda one: one.start_byte) for name, nodes in found.items()}


def matches(source: str, node: Node) -> list[dict[str, list[Node]]]:
    """The captures of each match of the query at and below `node`."""
    return [found for _, found in QueryCursor(query(source)).matches(node)]


def ancestors(node: Node) -> Iterator[Node]:
    """The parent of `node`, its parent, and so on up to the root."""
    while (parent := node.parent) is not None:
        yield parent
        node = parent


def enclosing(node: Node, *types: str) -> Node | None:
    """The nearest ancestor of one of `types`."""
    return next((parent for parent in ancestors(node) if parent.type in types), None)


def descendants(node: Node, *types: str) -> Iterator[Node]:
    """Nodes below `node` in the order of the file, of `types` where any are given; phantoms are left out."""
    waiting = list(reversed(node.children))
    while waiting:
        child = waiting.pop()
        if is_phantom(child):
            continue
        if not types or child.type in types:
            yield child
        waiting.extend(reversed(child.children))


def is_error_free(node: Node) -> bool:
    """Whether the parser read all of `node`, with nothing missing."""
    return not node.has_error


def in_block(node: Node) -> bool:
    """Whether `node` stands in a block, so that a statement is what it must be."""
    for parent in ancestors(node):
        if parent.type in STATEMENTS:
            return True
        if parent.type in _CLASS_BODIES:
            return False
    return False


def is_phantom(node: Node) -> bool:
    """Whether `node` is a definition of a function in a block: C++ has none, so it is a misread macro."""
    return node.type == "function_definition" and in_block(node)


def is_vexing(node: Node) -> bool:
    """Whether `node` is a ``function_declarator`` in a block: nearly always an object with arguments."""
    return node.type == "function_declarator" and in_block(node)


def hidden_words(file: ParsedFile, span: Span) -> frozenset[bytes]:
    """Words of `span` that the parser did not see, because they stand in masked macros.

    A rule that needs "this name is not used here" must ask here as well as the tree.
    """
    before, after = file.data[span.start : span.end], file.masked[span.start : span.end]
    if before == after:
        return frozenset()
    words = (token.span for token in tokens(before) if token.kind is TokenKind.WORD)
    return frozenset(
        before[word.start : word.end]
        for word in words
        if before[word.start : word.end].isascii()
        and before[word.start : word.end] != after[word.start : word.end]
    )
