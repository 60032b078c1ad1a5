"""The operands of a chain of ``<<``. Knows syntax alone."""

from tree_sitter import Node

from pie_lsp.cpp.parsed import ParsedFile


def chain_operands(file: ParsedFile, chain: Node) -> list[Node]:
    """What a chain of ``<<`` is made of, from left to right, the stream first."""
    found: list[Node] = []
    node = chain
    while node.type == "binary_expression":
        sign = node.child_by_field_name("operator")
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if sign is None or left is None or right is None or file.text(sign) != b"<<":
            return []
        found.append(right)
        node = left
    return [node, *reversed(found)]
