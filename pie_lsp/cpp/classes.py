"""Whether copying or moving a value does nothing but copy or move its parts."""

import re

from tree_sitter import Node

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.query import captures
from pie_lsp.cpp.types import CppType

_CLASSES = (
    "[(struct_specifier name: (type_identifier) @name) (class_specifier name: (type_identifier) @name)]"
)
_SPECIAL = re.compile(rb"operator\s*=(?!=)|~|\bvirtual\b|\bunion\b|&&")
_DEPTH = 6


def is_plain(analysis: Analysis, kind: CppType | None, depth: int = 0) -> bool:
    """Whether values of this type are built-in, the library's, or the user's own without special members.

    A copy of such a value has no effect that anybody could see.
    """
    if kind is None or depth > _DEPTH:
        return False
    if kind.is_scalar or kind.is_string:
        return True
    if kind.is_std:
        return all(arg.name.isdigit() or is_plain(analysis, arg, depth + 1) for arg in kind.args)
    return not kind.args and _is_plain_class(analysis, kind.name.encode(), depth)


def is_costly(analysis: Analysis, kind: CppType | None, depth: int = 0) -> bool:
    """Whether a copy of such a value allocates memory, or is at least large."""
    if kind is None or depth > _DEPTH or kind.is_scalar:
        return False
    if kind.is_one_of("pair", "tuple", "optional", "array"):
        return any(is_costly(analysis, arg, depth + 1) for arg in kind.args)
    if kind.is_std:
        return True
    fields = _field_types(analysis, kind.name.encode())
    return len(fields) > 4 or any(is_costly(analysis, field, depth + 1) for field in fields)


def is_made_silently(analysis: Analysis, kind: CppType | None) -> bool:
    """Whether making such a value does nothing but fill its parts: no constructor of the user runs."""
    if kind is None:
        return False
    if kind.is_scalar or kind.is_std:
        return all(arg.name.isdigit() or is_made_silently(analysis, arg) for arg in kind.args)
    body = _definition(analysis, kind.name.encode())
    constructor = re.compile(rb"\b%b\s*\(" % re.escape(kind.name.encode()))
    return body is not None and is_plain(analysis, kind) and not constructor.search(analysis.text(body))


def field_type(analysis: Analysis, kind: CppType, name: bytes) -> CppType | None:
    """The type of the data member `name` of a class of the user."""
    body = _definition(analysis, kind.name.encode()) if not kind.is_std and not kind.args else None
    if body is None:
        return None
    for field in body.named_children:
        if field.type != "field_declaration":
            continue
        for declarator in field.children_by_field_name("declarator"):
            if declarator.type == "field_identifier" and analysis.text(declarator) == name:
                return _written_type(analysis, field)
    return None


def _definition(analysis: Analysis, name: bytes) -> Node | None:
    """The body of the only class of that name in this file."""
    found = [
        leaf.parent
        for leaf in captures(_CLASSES, analysis.file.tree.root_node).get("name", [])
        if analysis.text(leaf) == name and leaf.parent is not None
    ]
    bodies = [body for node in found if (body := node.child_by_field_name("body")) is not None]
    return bodies[0] if len(bodies) == 1 else None


def _is_plain_class(analysis: Analysis, name: bytes, depth: int) -> bool:
    body = _definition(analysis, name)
    if body is None or body.has_error or body.parent is None:
        return False
    if any(child.type == "base_class_clause" for child in body.parent.children):
        return False
    text = analysis.text(body)
    constructor = re.compile(rb"\b%b\s*\([^)]*\b%b\b" % (re.escape(name), re.escape(name)))
    if _SPECIAL.search(text) or constructor.search(text):
        return False
    fields = [child for child in body.named_children if child.type == "field_declaration"]
    return all(_is_plain_field(analysis, field, depth) for field in fields)


def _is_plain_field(analysis: Analysis, field: Node, depth: int) -> bool:
    declared = field.children_by_field_name("declarator")
    if any(node.type == "function_declarator" for node in declared):
        return True
    if any(node.type not in ("field_identifier", "array_declarator") for node in declared):
        return False
    return is_plain(analysis, _written_type(analysis, field), depth + 1)


def _written_type(analysis: Analysis, field: Node) -> CppType | None:
    parts = [child for child in field.children if child.type == "type_qualifier"]
    written = field.child_by_field_name("type")
    if parts or written is None:
        return None
    return analysis.names.type_of(analysis.text(written))


def _field_types(analysis: Analysis, name: bytes) -> list[CppType | None]:
    body = _definition(analysis, name)
    if body is None:
        return []
    return [
        _written_type(analysis, child)
        for child in body.named_children
        if child.type == "field_declaration"
        for declarator in child.children_by_field_name("declarator")
        if declarator.type in ("field_identifier", "array_declarator")
    ]
