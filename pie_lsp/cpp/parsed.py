"""One version of one C++ file with its syntax tree; knows nothing of functions or rules."""

from dataclasses import dataclass

from tree_sitter import Node, Tree

from pie_lsp.values.span import Span


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file as it is, as the parser saw it, and the tree.

    data    the original bytes; every offset in the project refers to them
    masked  the same length, with macros and bytes outside ASCII blanked (`pie_lsp.cpp.mask`)
    tree    the tree of `masked`; its node texts are not those of the file, so ask `text`
    annotations  names of other files' macros that are blanked in `masked` (`pie_lsp.cpp.annotations`)
    """

    data: bytes
    masked: bytes
    tree: Tree
    annotations: frozenset[bytes] = frozenset()

    def text(self, node: Node) -> bytes:
        """The original bytes of a node."""
        return self.data[node.start_byte : node.end_byte]

    def span(self, node: Node) -> Span:
        """Where a node stands in the original bytes."""
        return Span(node.start_byte, node.end_byte)
