"""What may come before a function as its helper: whole functions, types and constants, and nothing else.

Whatever else is declared outside of functions could remember something. Knows syntax trees alone.
"""

from tree_sitter import Node

from pie_lsp.cpp.parsed import ParsedFile

_KINDS = frozenset(
    {"function_definition", "struct_specifier", "class_specifier", "enum_specifier", "alias_declaration"}
)


def is_helper(file: ParsedFile, node: Node) -> bool:
    """Whether the declaration `node` of `file`, or what it declares as a template, may be a helper."""
    while node.type == "template_declaration" and node.named_children:
        node = node.named_children[-1]
    return node.type in _KINDS or _is_constant(file, node)


def _is_constant(file: ParsedFile, node: Node) -> bool:
    """The word has to be the declaration's own: it may also stand inside of what a variable begins with."""
    own = [child for child in node.children if child.type == "type_qualifier"]
    return node.type == "declaration" and any(file.text(child) == b"constexpr" for child in own)
