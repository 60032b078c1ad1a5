"""Finds a function again in a changed file: by its name and its order, since edits elsewhere move it."""

from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.values.function import FunctionRef


def counterpart(function: FunctionRef, source: bytes, changed: bytes) -> FunctionRef | None:
    """`function` of `source` as it stands in `changed`; None where it cannot be told which one it is."""
    before = [f.ref for f in find_functions(parse(source)).functions]
    after = [f.ref for f in find_functions(parse(changed)).functions]
    same_name = [ref for ref in before if ref.qualified_name == function.qualified_name]
    renamed = [ref for ref in after if ref.qualified_name == function.qualified_name]
    if function not in same_name or len(same_name) != len(renamed):
        return None
    return renamed[same_name.index(function)]
