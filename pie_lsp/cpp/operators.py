"""The operators that the user declares; knows their headers, not what their bodies do."""

import re

from tree_sitter import Node

from pie_lsp.cpp.names import code_only
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.scope import walk
from pie_lsp.cpp.tokens import directives

_WORD = re.compile(rb"\boperator\b")
_HEADER = re.compile(rb"\boperator\s*([^\s\w(]+|\(\s*\)|[\w:]+)\s*\(([^()]*)\)")
_CHANGING = frozenset(b"= += -= *= /= %= ^= |= &= <<= >>= ++ -- >>".split())


def declared_operators(file: ParsedFile, headers: tuple[bytes, ...]) -> list[Node] | None:
    """The definitions of all operators of the program; None where one is only declared or misread."""
    words = len(_WORD.findall(code_only(file.data)))
    in_macros = (file.data[token.span.start : token.span.end] for token in directives(file.data))
    if any(_WORD.search(text) for text in (*headers, *in_macros)):
        return None
    if not words:
        return []
    found = [node for node in walk(file.tree.root_node) if _defines_operator(node)]
    return found if len(found) == words else None


def changes_an_operand(file: ParsedFile, definition: Node) -> bool:
    """Whether the operator is one that is there to change an operand: ``+=``, ``++``, ``>>``."""
    found = _HEADER.search(file.data, definition.start_byte, definition.end_byte)
    return found is not None and found.group(1) in _CHANGING


def prefers_mutable_operands(file: ParsedFile, headers: tuple[bytes, ...]) -> bool:
    """Whether an operator of the user could be another one for an operand that has become const."""
    seen: set[tuple[bytes, bytes]] = set()
    for source in (file.data, *headers):
        for sign, parameters in _HEADER.findall(code_only(source)):
            if sign in _CHANGING:
                continue
            if (sign, parameters) in seen or any(_wants_mutable(one) for one in parameters.split(b",")):
                return True
            seen.add((sign, parameters))
    return False


def _wants_mutable(parameter: bytes) -> bool:
    is_const = b"const" in parameter.split() and b"&&" not in parameter
    return b"&" in parameter and not is_const and b"stream" not in parameter


def _defines_operator(node: Node) -> bool:
    inner = node.child_by_field_name("declarator") if node.type == "function_definition" else None
    while inner is not None and inner.type in (
        "reference_declarator",
        "pointer_declarator",
        "function_declarator",
    ):
        inner = inner.child_by_field_name("declarator") or next(
            (child for child in inner.named_children if child.type == "function_declarator"), None
        )
    return inner is not None and inner.type in ("operator_name", "operator_cast")
