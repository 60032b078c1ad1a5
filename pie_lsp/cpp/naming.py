"""The names of function definitions, unqualified and qualified; knows syntax only."""

import re
from dataclasses import dataclass

from tree_sitter import Node

from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.values.span import Span

_LEAVES = ("identifier", "field_identifier", "operator_name", "destructor_name", "type_identifier")
_SCOPES = ("namespace_definition", "class_specifier", "struct_specifier", "union_specifier")
_NAMES = (*_LEAVES, "qualified_identifier", "template_function", "operator_cast")
_SPACE = re.compile(r"\s+")
_TIGHT = re.compile(r"\s*(\W)\s*")


@dataclass(frozen=True, slots=True)
class DeclaredName:
    """What a definition is called.

    scopes  those written in front of the name itself (`Graph` in ``Graph::add``)
    """

    name: str
    scopes: tuple[str, ...]
    span: Span


def declared_name(file: ParsedFile, definition: Node) -> DeclaredName | None:
    """The name that a ``function_definition`` gives, or None where it has no function's declarator."""
    node = definition.child_by_field_name("declarator")
    scopes: list[str] = []
    while node is not None:
        if node.type == "qualified_identifier":
            scope = node.child_by_field_name("scope")
            if scope is not None:
                scopes.append(_plain(file, scope))
            node = node.child_by_field_name("name")
        elif node.type == "template_function":
            node = node.child_by_field_name("name")
        elif node.type == "operator_cast":
            return _conversion(file, node, tuple(scopes))
        elif node.type in _LEAVES:
            return DeclaredName(_spelled(_text(file, node)), tuple(scopes), file.span(node))
        else:
            node = _inner(node)
    return None


def scope_names(file: ParsedFile, node: Node) -> tuple[str, ...]:
    """The name that a namespace or a class gives to what it holds; nothing where it has none."""
    name = node.child_by_field_name("name") if node.type in _SCOPES else None
    return (_plain(file, name),) if name is not None else ()


def _inner(node: Node) -> Node | None:
    inside = node.child_by_field_name("declarator")
    if inside is None:
        # References and parentheses hold their declarator without a field.
        named = [child for child in node.named_children if "declarator" in child.type or child.type in _NAMES]
        inside = named[0] if named else None
    return inside


def _conversion(file: ParsedFile, node: Node, scopes: tuple[str, ...]) -> DeclaredName:
    declarator = node.child_by_field_name("declarator")
    while declarator is not None and declarator.type != "abstract_function_declarator":
        # The marks of a pointer or a reference belong to the type, hence to the name.
        declarator = next((child for child in declarator.named_children if "declarator" in child.type), None)
    end = declarator.start_byte if declarator is not None else node.end_byte
    while end > node.start_byte and file.data[end - 1 : end].isspace():
        end -= 1
    span = Span(node.start_byte, end)
    return DeclaredName(_spelled(file.data[span.start : span.end].decode("latin-1")), scopes, span)


def _plain(file: ParsedFile, node: Node) -> str:
    """A scope without its template arguments."""
    if node.type == "template_type":
        name = node.child_by_field_name("name")
        return _plain(file, name) if name is not None else _text(file, node)
    return _SPACE.sub("", _text(file, node))


def _text(file: ParsedFile, node: Node) -> str:
    # The encoding of the file is not known here; names outside ASCII are nearly always UTF-8.
    return file.text(node).decode("utf-8", "replace")


def _spelled(name: str) -> str:
    return _TIGHT.sub(r"\1", _SPACE.sub(" ", name.strip()))
