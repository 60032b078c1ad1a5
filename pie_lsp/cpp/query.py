"""Queries over syntax trees, and the way up from a node; knows nothing of what is looked for."""

from collections.abc import Iterator
from functools import cache

from tree_sitter import Node, Query, QueryCursor

from pie_lsp.cpp.parse import language


@cache
def query(source: str) -> Query:
    """The compiled query, shared by all threads. Raises tree_sitter.QueryError where it is malformed."""
    return Query(language(), source)


def captures(source: str, node: Node) -> dict[str, list[Node]]:
    """Nodes at and below `node` that the query captures, by the capture's name, in the order of the file."""
    found = QueryCursor(query(source)).captures(node)
    return {name: sorted(nodes, key=lambda one: one.start_byte) for name, nodes in found.items()}


def ancestors(node: Node) -> Iterator[Node]:
    """The parent of `node`, its parent, and so on up to the root."""
    while (parent := node.parent) is not None:
        yield parent
        node = parent


def enclosing(node: Node, *types: str) -> Node | None:
    """The nearest ancestor of one of `types`."""
    return next((parent for parent in ancestors(node) if parent.type in types), None)
