"""Whether a variable is only looked at, so that it may become a const reference (rules C1 and C2)."""

from tree_sitter import Node

from pie_lsp.cpp import library
from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.calls import declares_library_class, is_library_call, takes_a_look
from pie_lsp.cpp.expressions import type_of
from pie_lsp.cpp.handles import Fate, copies_arguments, fate_of
from pie_lsp.cpp.operators import prefers_mutable_operands
from pie_lsp.cpp.scope import Storage, Variable
from pie_lsp.cpp.types import CppType
from pie_lsp.cpp.usage import Use, UseKind

_SUBSCRIPTS = ("vector", "string", "deque", "array")


def only_looked_at(analysis: Analysis, variable: Variable, kind: CppType | None) -> bool:
    """Whether every use of `variable` means the same when it is a const reference.

    kind  its type; None where only uses as a plain value are understood
    """
    if prefers_mutable_operands(analysis.file, analysis.headers):
        return False
    return all(_looks(analysis, use, kind) for use in analysis.uses(variable))


def _looks(analysis: Analysis, use: Use, kind: CppType | None) -> bool:
    if use.in_lambda or _is_returned(use):
        return False
    if not use.is_whole and not _reaches_part_by_looking(analysis, use, kind):
        return False
    if use.kind is UseKind.READ:
        return True
    if use.kind is UseKind.RANGE:
        return _loops_without_changing(analysis, use.node)
    if use.kind is UseKind.ARGUMENT:
        return _argument_is_safe(analysis, use)
    if use.kind is UseKind.METHOD:
        return _method_is_safe(analysis, use, kind)
    return False


def _is_returned(use: Use) -> bool:
    # A returned value parameter is moved out; a reference would be copied.
    return use.is_whole and use.node.type == "return_statement"


def _reaches_part_by_looking(analysis: Analysis, use: Use, kind: CppType | None) -> bool:
    """Whether the part is reached by something that constant objects have: not a map's ``[]``."""
    parent = use.leaf.parent
    if parent is None:
        return False
    if parent.type == "field_expression":
        return True
    if parent.type == "subscript_expression":
        return kind is not None and kind.is_one_of(*_SUBSCRIPTS)
    return False


def _loops_without_changing(analysis: Analysis, loop: Node) -> bool:
    declared = [v for v in analysis.scopes.variables if v.declaration.id == loop.id]
    return bool(declared) and all(not v.is_reference or b"const" in v.type_text.split() for v in declared)


def _argument_is_safe(analysis: Analysis, use: Use) -> bool:
    """Whether the called function takes a const reference or a copy, and is the same one as before."""
    call = use.node
    if call.type != "call_expression":
        return declares_library_class(analysis, call)
    if is_library_call(analysis, call, library.READ_ONLY):
        return True
    return copies_arguments(analysis, call) or takes_a_look(analysis, call, use.leaf)


def _method_is_safe(analysis: Analysis, use: Use, kind: CppType | None) -> bool:
    callee = use.node.child_by_field_name("function")
    base = callee.child_by_field_name("argument") if callee is not None else None
    known = kind if use.is_whole else (type_of(analysis, base) if base is not None else None)
    if known is None or not known.is_std:
        return False
    if use.method in library.CONST_METHODS:
        return True
    if use.method not in library.ITERATOR_METHODS:
        return False
    if fate_of(analysis, use.node) is not Fate.LOOKS:
        return False
    outer = use.node.parent
    if outer is not None and outer.type == "binary_expression":
        return any(child.type in ("==", "!=") for child in outer.children)
    holder = outer.parent if outer is not None and outer.type == "argument_list" else None
    return (
        holder is not None
        and holder.type == "call_expression"
        and is_library_call(analysis, holder, library.READ_ONLY)
    )


def is_parameter(variable: Variable) -> bool:
    """Whether the variable is a parameter of the function itself, not of a lambda in it."""
    return variable.storage is Storage.PARAMETER and variable.scope.type == "function_definition"
