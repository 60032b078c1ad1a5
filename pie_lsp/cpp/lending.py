"""Whether anything but its own name may reach a variable; errs towards "yes".

It asks of every use whether a handle stays behind. What is done through handles is not its business.
"""

import re

from tree_sitter import Node

from pie_lsp.cpp import library
from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.calls import (
    constructs,
    declares_library_class,
    is_library_call,
    returns_value,
    sole_definition,
    taken_by,
    takes_a_look,
)
from pie_lsp.cpp.classes import is_plain
from pie_lsp.cpp.expressions import type_of, variable_type
from pie_lsp.cpp.handles import (
    Fate,
    copies_arguments,
    fate_of,
    has_mutable_callback,
    is_value_type,
    range_fate,
)
from pie_lsp.cpp.scope import Variable
from pie_lsp.cpp.usage import Use, UseKind

_SWAP = frozenset({b"swap"})
_MOVES = re.compile(rb"\b(?:move|forward|exchange|static_cast\s*<[^>]*&&)")
_READS_ASSIGNED = frozenset(
    {"expression_statement", "for_statement", "binary_expression", "condition_clause",
     "assignment_expression", "unary_expression", "subscript_argument_list", "comma_expression"}
)  # fmt: skip
_POINTERS_KEPT = frozenset(b"min max make_pair make_tuple".split())


def is_lent(analysis: Analysis, variable: Variable, within: frozenset[bytes] = frozenset()) -> bool:
    """Whether anything but its own name may reach `variable` or a part of it, anywhere in the function.

    within  functions that are being looked at already, so that recursion ends
    """
    text = analysis.text(analysis.function)
    if _MOVES.search(text) and not _is_number(analysis, variable):
        # What is moved into a variable may come with iterators that led into the variable it was moved from.
        return True
    return any(_lends(analysis, variable, use, within) for use in analysis.uses(variable))


def is_self_contained(analysis: Analysis, variable: Variable) -> bool:
    """Whether all that can be reached through the variable is the variable itself: it holds no handle."""
    if variable.is_pointer or variable.is_binding:
        return False
    return is_plain(analysis, analysis.names.type_of(variable.type_text)) or is_plain(
        analysis, variable_type(analysis, variable)
    )


def _is_number(analysis: Analysis, variable: Variable) -> bool:
    kind = variable_type(analysis, variable)
    return kind is not None and kind.is_scalar


def _lends(analysis: Analysis, variable: Variable, use: Use, within: frozenset[bytes]) -> bool:
    if use.kind is UseKind.ESCAPE or use.in_lambda:
        return True
    if use.kind is UseKind.RANGE:
        return range_fate(analysis, use.node) is not Fate.LOOKS
    if use.kind is UseKind.METHOD:
        return _lends_to_method(analysis, use)
    if use.kind is UseKind.ARGUMENT:
        return _lends_argument(analysis, variable, use, within)
    if use.kind is UseKind.WRITE:
        return _lends_assigned(analysis, use)
    if use.node.type in ("init_declarator", "declaration"):
        return not _copies_into(analysis, use.node)
    return use.node.type == "return_statement" and not returns_value(analysis, analysis.function)


def _copies_into(analysis: Analysis, node: Node) -> bool:
    """Whether what is declared at `node` is an object of its own, not a reference behind another name."""
    declaration = node if node.type == "declaration" else node.parent
    written = declaration.child_by_field_name("type") if declaration is not None else None
    return written is not None and is_value_type(analysis, analysis.text(written))


def _lends_assigned(analysis: Analysis, use: Use) -> bool:
    """The value of an assignment or of ``++x`` is the variable again."""
    outer = use.node.parent
    while outer is not None and outer.type == "parenthesized_expression":
        outer = outer.parent
    if outer is None or use.node.type == "binary_expression" or outer.type in _READS_ASSIGNED:
        return outer is None
    if outer.type == "init_declarator":
        declarator = outer.child_by_field_name("declarator")
        return declarator is None or declarator.type != "identifier" or not _copies_into(analysis, outer)
    call = outer.parent if outer.type == "argument_list" else None
    if call is None or call.type != "call_expression":
        return True
    copies = copies_arguments(analysis, call) or takes_a_look(analysis, call, use.leaf)
    return not (copies or is_library_call(analysis, call, library.VALUES))


def _lends_to_method(analysis: Analysis, use: Use) -> bool:
    callee = use.node.child_by_field_name("function")
    base = callee.child_by_field_name("argument") if callee is not None else None
    kind = type_of(analysis, base) if base is not None else None
    if kind is None or not kind.is_std or use.method in library.EXCHANGING_METHODS:
        return True
    return use.method not in library.CONST_METHODS and fate_of(analysis, use.node) is Fate.KEPT


def _lends_argument(analysis: Analysis, variable: Variable, use: Use, within: frozenset[bytes]) -> bool:
    call = use.node
    if call.type != "call_expression":
        return not declares_library_class(analysis, call)
    kind = type_of(analysis, use.expression)
    if is_library_call(analysis, call, _SWAP):
        return kind is None or not kind.is_scalar
    decays = (variable.is_array or variable.is_pointer) and use.is_whole
    if is_library_call(analysis, call, library.VALUES):
        return decays and is_library_call(analysis, call, _POINTERS_KEPT)
    if is_library_call(analysis, call, library.READ_ONLY | library.CHANGES_ARGUMENTS):
        if has_mutable_callback(analysis, call):
            return True
        gives = is_library_call(analysis, call, library.GIVES_HANDLE | library.CHANGES_ARGUMENTS)
        return gives and fate_of(analysis, call) is Fate.KEPT
    if is_library_call(analysis, call, frozenset({b"getline"})) or copies_arguments(analysis, call):
        return False
    callee = call.child_by_field_name("function")
    if callee is None or callee.type == "field_expression" or constructs(analysis, callee):
        return callee is None or callee.type == "field_expression"
    if not decays and takes_a_look(analysis, call, use.leaf):
        return False
    return _lends_to_function(analysis, call, use, within)


def _lends_to_function(analysis: Analysis, call: Node, use: Use, within: frozenset[bytes]) -> bool:
    """Whether the function of this file keeps the reference it is given."""
    callee = call.child_by_field_name("function")
    if callee is None or callee.type != "identifier" or analysis.resolve(callee) is not None:
        return True
    name = analysis.text(callee)
    definition = sole_definition(analysis, name)
    taken = taken_by(definition, call, use.leaf) if definition is not None else None
    if definition is None or taken is None or not returns_value(analysis, definition):
        return True
    if name in within:
        return False
    inner = Analysis(analysis.file, definition, analysis.headers)
    own = [one for one in inner.scopes.variables if one.declaration == taken]
    if not inner.is_fit or inner.hidden or len(own) != 1 or own[0].is_pointer:
        return True
    known = variable_type(inner, own[0]) is not None
    return not known or is_lent(inner, own[0], within | {name})
