"""What a program defines that can be called, and what runs when it is. Knows syntax alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from pie_lsp.cpp.names import without_scope
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.query import captures

CLASSES = ("class_specifier", "struct_specifier", "union_specifier", "enum_specifier")
_DEFINITIONS = "[(function_definition) (lambda_expression) (class_specifier) (struct_specifier)] @definition"
_WORD = re.compile(rb"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class Definition:
    """A function, a lambda, or the initialisers in a class; `parts` are what runs, in their order."""

    file: ParsedFile
    node: Node
    name: bytes
    parts: tuple[Node, ...]
    parameters: frozenset[bytes]


def definitions(file: ParsedFile) -> Iterator[Definition]:
    """Everything in `file` that may be called."""
    for node in captures(_DEFINITIONS, file.tree.root_node).get("definition", []):
        if node.type in CLASSES:
            name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
            fields = [one for one in body.children if one.type == "field_declaration"] if body else []
            parts = (
                *(one for one in node.children if one.type == "base_class_clause"),
                *(one for one in fields if not captures("(function_declarator) @one", one)),
            )
            if name is not None and parts:
                yield Definition(file, node, file.text(name), parts, frozenset())
        elif node.type == "lambda_expression":
            name = lambda_name(node)
            yield Definition(
                file,
                node,
                file.text(name) if name is not None else b"",
                parts_of(node),
                parameters(file, node),
            )
        else:
            yield Definition(file, node, _function_name(file, node), parts_of(node), parameters(file, node))


def _function_name(file: ParsedFile, node: Node) -> bytes:
    """The name without its scope; ``operator`` for a conversion, which has none."""
    declarator = node.child_by_field_name("declarator")
    while declarator is not None and declarator.type != "function_declarator":
        inner = declarator.child_by_field_name("declarator")
        declarator = inner or next((one for one in declarator.children if "declarator" in one.type), None)
    name = declarator.child_by_field_name("declarator") if declarator is not None else None
    return without_scope(file.text(name)) if name is not None else b"operator"


def parts_of(node: Node) -> tuple[Node, ...]:
    """What runs when a function is called: default arguments, initialisers of members, the body."""
    defaults = captures("(optional_parameter_declaration default_value: (_) @value)", node).get("value", [])
    body = node.child_by_field_name("body")
    own = [one for one in defaults if body is None or one.start_byte < body.start_byte]
    lists = [one for one in node.children if one.type in ("field_initializer_list", "try_statement")]
    return (*own, *lists, *((body,) if body is not None else ()))


def parameters(file: ParsedFile, node: Node) -> frozenset[bytes]:
    """Every word of the parameters of a function: what is called by one of them may be any function."""
    body = node.child_by_field_name("body")
    lists = captures("(parameter_list) @one", node).get("one", [])
    own = [one for one in lists if body is None or one.start_byte < body.start_byte]
    return frozenset(word for one in own for word in _WORD.findall(file.text(one)))


def lambda_name(node: Node) -> Node | None:
    """The variable that a lambda is the value of."""
    outer = node.parent
    if outer is not None and outer.type == "init_declarator" and outer.child_by_field_name("value") == node:
        name = outer.child_by_field_name("declarator")
    elif outer is not None and outer.type == "assignment_expression":
        name = outer.child_by_field_name("left")
    else:
        return None
    return name if name is not None and name.type == "identifier" else None
