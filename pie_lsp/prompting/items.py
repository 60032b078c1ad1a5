"""What a file declares outside of functions and classes: the pieces that can be shown or added one by one.

Knows syntax trees alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from pie_lsp.cpp.helpers import is_helper
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.values.span import Span

_TYPES = frozenset({"struct_specifier", "class_specifier", "union_specifier", "enum_specifier"})
_LEVELS = frozenset({"translation_unit", "declaration_list"})
_MOST_SCOPES = 100
_INNER = ("declarator", "name", "type")
_NAMES = frozenset({"identifier", "type_identifier", "field_identifier", "namespace_identifier"})


@dataclass(frozen=True, slots=True)
class Item:
    """One declaration.

    kind       type of the node that it is, what a template declares included
    names      that it brings; none where everything may need it, as with ``using namespace std``
    span       with its semicolon
    body       of a function
    is_helper  an answer may bring it along
    """

    kind: str
    names: frozenset[bytes]
    span: Span
    body: Span | None = None
    is_helper: bool = False


def items(file: ParsedFile) -> tuple[Item, ...]:
    """The declarations of `file` at the level of namespaces, in their order."""
    return tuple(_items(file, file.tree.root_node, _MOST_SCOPES))


def namespace_level(node: Node) -> Node:
    """`node` or what is around it, as it stands at the level of namespaces."""
    while node.parent is not None and node.parent.type not in _LEVELS:
        node = node.parent
    return node


def _items(file: ParsedFile, level: Node, scopes: int) -> Iterator[Item]:
    for node in level.named_children:
        if node.type == "namespace_definition":
            body = node.child_by_field_name("body")
            if body is not None and scopes:
                yield from _items(file, body, scopes - 1)
        elif not node.type.startswith(("preproc_", "comment", "ERROR")):
            yield _item(file, node)


def _item(file: ParsedFile, node: Node) -> Item:
    inner = node
    while inner.type == "template_declaration" and inner.named_children:
        inner = inner.named_children[-1]
    end = node.end_byte
    following = node.next_sibling
    if following is not None and following.type == ";":
        end = following.end_byte
    body = inner.child_by_field_name("body") if inner.type == "function_definition" else None
    span = None if body is None else file.span(body)
    return Item(
        inner.type, frozenset(_names(file, inner)), Span(node.start_byte, end), span, is_helper(file, node)
    )


def _names(file: ParsedFile, node: Node) -> Iterator[bytes]:
    if node.type in ("using_declaration", "static_assert_declaration"):
        return
    if node.type in _TYPES:
        yield from _name(file, node.child_by_field_name("name"))
        if node.type == "enum_specifier":
            yield from _enumerators(file, node)
        return
    if node.type == "alias_declaration":
        yield from _name(file, node.child_by_field_name("name"))
        return
    kind = node.child_by_field_name("type")
    if node.type in ("declaration", "type_definition") and kind is not None and kind.type in _TYPES:
        yield from _names(file, kind)
    for declarator in node.children_by_field_name("declarator"):
        yield from _name(file, declarator)


def _enumerators(file: ParsedFile, node: Node) -> Iterator[bytes]:
    body = node.child_by_field_name("body")
    for enumerator in body.named_children if body is not None else ():
        yield from _name(file, enumerator.child_by_field_name("name"))


def _name(file: ParsedFile, node: Node | None) -> Iterator[bytes]:
    """The innermost name of a declarator, without its scopes."""
    while node is not None and node.type not in _NAMES:
        found = next((inner for field in _INNER if (inner := node.child_by_field_name(field))), None)
        node = found or next(
            (n for n in node.named_children if n.type.endswith(("declarator", "identifier"))), None
        )
    if node is not None:
        yield file.text(node)
