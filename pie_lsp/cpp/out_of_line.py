"""Where a definition takes an attribute that keeps it out of line, whatever form the definition has.

Knows syntax alone. Whether the compiler takes the attribute there is for it to say.
"""

import re

from pie_lsp.cpp.functions import Function
from pie_lsp.values.edit import Edit
from pie_lsp.values.span import Span

_ALWAYS_INLINE = re.compile(rb"\b(?:__)?always_inline(?:__)?\b|\b__forceinline\b")
_ENDS = re.compile(rb"[;{}]")
_COMES_FIRST = "attribute_declaration"
"""``[[nodiscard]]`` stands before everything else of a definition."""
_EXTENSION = b"__extension__"


def out_of_line(data: bytes, function: Function, attribute: bytes) -> Edit | None:
    """The insertion of `attribute` into a definition, after its template header; None where it has no place.

    `main` is called by nobody who could inline it, and what has to be inlined always is left alone.
    """
    if function.ref.qualified_name == "main" or _is_always_inline(data, function):
        return None
    for child in function.node.children:
        first = child.type == _COMES_FIRST or data[child.start_byte : child.end_byte] == _EXTENSION
        if not first:
            return Edit(Span(child.start_byte, child.start_byte), attribute + b" ")
    return None


def _is_always_inline(data: bytes, function: Function) -> bool:
    """Whether the definition says so, or a declaration that has its name."""
    header = function.ref.header
    if _ALWAYS_INLINE.search(data, header.start, header.end):
        return True
    if not _ALWAYS_INLINE.search(data):
        return False
    name = data[function.ref.name_span.start : function.ref.name_span.end]
    declarations = (piece for piece in _ENDS.split(data) if _ALWAYS_INLINE.search(piece))
    return any(re.search(rb"(?<!\w)" + re.escape(name) + rb"\s*\(", piece) for piece in declarations)
