"""Walks a file from function definition to function definition, and knows what stands around each.

One pass from the top: asking every node for its parents would take hours in a file that was made to be slow.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tree_sitter import Node

from pie_lsp.cpp.naming import declared_name, scope_names
from pie_lsp.cpp.parsed import ParsedFile

_CLASSES = ("class_specifier", "struct_specifier", "union_specifier")
_WRAPPERS = ("template_declaration", "friend_declaration", "linkage_specification")
_CONTAINERS = frozenset(
    (
        "translation_unit",
        "ERROR",
        "namespace_definition",
        "declaration_list",
        "field_declaration_list",
        "preproc_if",
        "preproc_ifdef",
        "preproc_elif",
        "preproc_elifdef",
        "preproc_else",
        *_CLASSES,
        *_WRAPPERS,
    )
)
_STATEMENTS = frozenset(
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
_CLASS_WORD = re.compile(rb"\b(?:class|struct|union)\b")
_MAX_SCOPES = 100
"""Definitions inside more scopes than this are not listed; no person wrote them."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One ``function_definition`` that can be one.

    outer   the node with its template header, `friend` and ``extern "C"``, or `node` itself
    scopes  names of the namespaces, classes and functions around it, the outermost first
    """

    node: Node
    outer: Node
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """What is known of a node from the nodes above it.

    outer      the outermost of the wrappers right above it
    namespace  how many of `scopes` are left when the classes are taken off, for friends
    """

    node: Node
    outer: Node | None = None
    scopes: tuple[str, ...] = ()
    namespace: int = 0
    in_block: bool = False


def definitions(file: ParsedFile) -> Iterator[Definition]:
    """Every definition of a function in the order of the file, methods of local classes included.

    What stands in a block is left out, since C++ has no nested functions: it is a misread macro.
    """
    classes = [found.start() for found in _CLASS_WORD.finditer(file.masked)]
    waiting = [_Place(file.tree.root_node)]
    while waiting:
        place = waiting.pop()
        node = place.node
        if node.type == "function_definition" and not place.in_block:
            yield Definition(node, place.outer or node, place.scopes)
        if len(place.scopes) <= _MAX_SCOPES and (node.type in _CONTAINERS or _holds(classes, node)):
            inside = _inside(file, place)
            waiting.extend(replace(inside, node=child) for child in reversed(node.named_children))


def _holds(offsets: list[int], node: Node) -> bool:
    at = bisect_left(offsets, node.start_byte)
    return at < len(offsets) and offsets[at] < node.end_byte


def _inside(file: ParsedFile, place: _Place) -> _Place:
    """What is known of the children of `place`."""
    node = place.node
    names = scope_names(file, node)
    scopes = place.scopes
    if node.type == "friend_declaration":
        # A friend that is defined in a class belongs to the namespace around it.
        scopes = scopes[: place.namespace]
    elif node.type == "function_definition" and not place.in_block:
        declared = declared_name(file, node)
        names = (*declared.scopes, declared.name) if declared else ()
    outside = node.type in ("translation_unit", "namespace_definition")
    opens_class = node.type == "field_declaration_list"
    return _Place(
        node=node,
        outer=(place.outer or node) if node.type in _WRAPPERS else None,
        scopes=(*scopes, *names),
        namespace=len(scopes) + len(names) if outside else place.namespace,
        in_block=node.type in _STATEMENTS or (place.in_block and not opens_class and not outside),
    )
