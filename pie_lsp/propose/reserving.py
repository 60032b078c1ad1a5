"""What the rules that reserve memory share: the statement, and that the container is new and empty."""

from tree_sitter import Node

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.classes import is_plain
from pie_lsp.cpp.expressions import variable_type
from pie_lsp.cpp.idioms import CountedLoop, block_of
from pie_lsp.cpp.scope import Variable, ancestors


def reserve_statement(name: bytes, loop: CountedLoop) -> bytes:
    """``v.reserve(n);``, only where n is positive if it could be negative, which would throw."""
    call = name + b".reserve(" + loop.rounds + b");"
    return b"if (" + loop.rounds + b" > 0) " + call if loop.may_be_negative else call


def starts_empty_beside(analysis: Analysis, variable: Variable, loop: Node) -> bool:
    """Whether `variable` is declared empty in the block in which `loop` stands, and untouched until then.

    So it is new in every round of an outer loop, and reserving cannot defeat its doubling.
    """
    block = block_of(loop)
    if block is None or variable.declaration.parent != block or variable.declaration.type != "declaration":
        return False
    if (
        variable.value is not None
        or not variable.is_own
        or not is_plain(analysis, variable_type(analysis, variable))
    ):
        return False
    # `vector<int> v(n);` is read as the declaration of a function.
    around = [
        outer for outer in ancestors(variable.leaf) if outer.start_byte >= variable.declaration.start_byte
    ]
    if any(outer.type == "function_declarator" for outer in around):
        return False
    return all(use.leaf.start_byte > loop.start_byte for use in analysis.uses(variable))
