"""Whether a loop surely makes all its rounds, so that reserving for them asks for no more than it needs.

Memory for an absurd number of rounds is refused, while a loop that is left in time never asks for it.
Knows no rule.
"""

import re

from tree_sitter import Node

from pie_lsp.cpp import library
from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.effects import is_library_call, pure_function, sole_definition
from pie_lsp.cpp.expressions import type_of
from pie_lsp.cpp.idioms import CountedLoop, contains, says
from pie_lsp.cpp.scope import Variable, walk
from pie_lsp.cpp.usage import Use, UseKind

_ENDS = re.compile(
    rb"\b(?:exit|_exit|_Exit|quick_exit|abort|terminate|throw|rethrow_exception|longjmp|assert|raise|kill|"
    rb"exceptions|__builtin_trap|__builtin_unreachable|unreachable|pthread_exit|exec[lv]p?e?)\b"
)
_OWN_WORK = re.compile(rb"\b(?:operator|class|struct|union)\b")
_THROWS = frozenset(b"at substr compare test value resize reserve exceptions to_ulong to_ullong".split())
_THROWS_FOR_STRINGS = frozenset(b"insert erase replace append assign".split())
_THROWN = re.compile(rb"(?:\.|->)\s*(?:%b)\s*\(|\bsto[a-z]+\b" % b"|".join(sorted(_THROWS)))
_OTHERS = frozenset(b"scanf printf puts putchar getchar getline fflush rand move".split())
_KNOWN = library.READ_ONLY | library.CHANGES_ARGUMENTS | library.MANIPULATORS | _OTHERS
_COPIES = frozenset({b"push_back", b"emplace_back"})
_SCANNERS = frozenset({b"scanf"})


def makes_all_rounds(analysis: Analysis, loop: CountedLoop) -> bool:
    """Whether nothing ends `loop` before its rounds are over, or changes how many they are.

    A loop over the elements that a container has cannot ask for an absurd number, and may do as it likes.
    """
    if loop.is_size:
        return True
    if says(analysis, _ENDS) or (says(analysis, _OWN_WORK) and says(analysis, _THROWN)):
        return False
    if any(_may_leave(analysis, node) for node in walk(loop.body)):
        return False
    condition = loop.loop.child_by_field_name("condition")
    bound = condition.child_by_field_name("right") if condition is not None else None
    return bound is not None and (bound.type == "number_literal" or _is_steady(analysis, loop, bound))


def _may_leave(analysis: Analysis, node: Node) -> bool:
    """Whether `node` is work that could end the program or throw."""
    if node.type in ("new_expression", "co_await_expression", "gnu_asm_expression", "lambda_expression"):
        return True
    callee = node.child_by_field_name("function") if node.type == "call_expression" else None
    if callee is None:
        return False
    if callee.type == "field_expression":
        return _method_may_leave(analysis, callee)
    if is_library_call(analysis, node, _KNOWN):
        return False
    kind = analysis.names.type_of(analysis.text(callee))
    if kind is not None and (kind.is_std or kind.is_scalar):
        return False
    name = analysis.text(callee)
    if pure_function(analysis, name) is None:
        return True
    body = sole_definition(analysis, name)
    return body is None or _THROWN.search(analysis.text(body)) is not None or _calls_users(analysis, body)


def _calls_users(analysis: Analysis, body: Node) -> bool:
    """Whether a pure function calls anything that is not of the library, and could throw in its place."""
    calls = (node for node in walk(body) if node.type == "call_expression")
    callees = (call.child_by_field_name("function") for call in calls)
    names = {
        analysis.text(callee) for callee in callees if callee is not None and callee.type == "identifier"
    }
    return any(analysis.names.is_users(name) for name in names)


def _method_may_leave(analysis: Analysis, callee: Node) -> bool:
    base, field = callee.child_by_field_name("argument"), callee.child_by_field_name("field")
    if base is None or field is None or analysis.text(field) in _THROWS:
        return True
    is_stream = analysis.text(base) in library.STREAMS and not analysis.names.is_users(analysis.text(base))
    kind = type_of(analysis, base)
    if kind is None or not kind.is_std:
        return not is_stream
    return kind.is_string and analysis.text(field) in _THROWS_FOR_STRINGS


def _is_steady(analysis: Analysis, loop: CountedLoop, bound: Node) -> bool:
    """Whether no round changes the variable `bound`, by its name or by another."""
    variable = analysis.resolve(bound)
    if variable is None or variable.is_pointer or analysis.is_in_macro(variable.name):
        return False
    uses = analysis.uses(variable)
    inside = [use for use in uses if contains(loop.loop, use.leaf)]
    if not all(_only_reads(analysis, use) for use in inside) or any(use.in_lambda for use in uses):
        return False
    kept = [use for use in uses if use.kind is UseKind.ESCAPE and not _is_scanned(analysis, use)]
    if variable.is_own and not kept:
        return True
    return not any(_is_indirect(analysis, leaf) for leaf in walk(loop.loop) if leaf.type == "identifier")


def _only_reads(analysis: Analysis, use: Use) -> bool:
    if use.kind is not UseKind.ARGUMENT:
        return use.kind is UseKind.READ
    callee = use.node.child_by_field_name("function")
    field = callee.child_by_field_name("field") if callee is not None else None
    copies = field is not None and analysis.text(field) in _COPIES
    return copies or is_library_call(analysis, use.node, library.READ_ONLY)


def _is_scanned(analysis: Analysis, use: Use) -> bool:
    """``&n`` as an argument of `scanf`, which does not keep it."""
    holder = use.node.parent
    call = holder.parent if holder is not None and holder.type == "argument_list" else None
    taken = use.node.type == "pointer_expression" and call is not None and call.type == "call_expression"
    return taken and call is not None and is_library_call(analysis, call, _SCANNERS)


def _is_indirect(analysis: Analysis, leaf: Node) -> bool:
    """Whether `leaf` names what could be the bound by another name: a pointer, or a number by reference."""
    variable: Variable | None = analysis.resolve(leaf)
    if variable is None:
        return False
    kind = analysis.names.type_of(variable.type_text)
    is_number = kind is None or kind.is_scalar
    return variable.is_pointer or ((variable.is_reference or variable.is_binding) and is_number)
