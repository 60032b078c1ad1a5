"""Whether a use of a container leaves nothing behind that would see its elements change places.

A pointer, an iterator or a reference into the container would; a number or a string copied from it would
not. What is not understood counts as leaving something behind. Knows no rule.
"""

from tree_sitter import Node

from pie_lsp.cpp import library
from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.effects import effects_of, is_library_call, pure_function
from pie_lsp.cpp.expressions import type_of
from pie_lsp.cpp.scope import enclosing
from pie_lsp.cpp.types import CppType
from pie_lsp.cpp.usage import Use, UseKind

_LOOKING = frozenset(b"size length empty".split())
_DISCARDED = frozenset(
    b"push_back emplace_back push_front emplace_front pop_back pop_front resize reserve clear assign insert "
    b"erase append shrink_to_fit".split()
)
_PLACES = frozenset(b"begin end cbegin cend rbegin rend".split())
_TAKES_VALUES = frozenset(
    b"push_back emplace_back push_front push insert emplace append count find contains assign resize".split()
)
_RETURNS_VALUES = frozenset(
    b"accumulate count count_if distance equal binary_search is_sorted all_of any_of none_of inner_product "
    b"abs labs llabs sqrt pow to_string gcd __gcd hypot printf toupper tolower isdigit isalpha".split()
)
_PASSED_ON = frozenset(
    {"parenthesized_expression", "unary_expression", "conditional_expression", "comma_expression",
     "initializer_list"}
)  # fmt: skip
_VALUE_USED = frozenset(
    {"condition_clause", "expression_statement", "return_statement", "subscript_argument_list",
     "for_statement", "while_statement", "do_statement"}
)  # fmt: skip
_YIELDS_NUMBER = frozenset(b"< > <= >= == != && || % & | ^ /".split())


def leaves_no_handle(analysis: Analysis, use: Use) -> bool:
    """Whether nothing that refers to the container or its elements lives on after the statement of `use`."""
    if use.in_lambda or use.kind is UseKind.ESCAPE:
        return False
    if use.kind is UseKind.WRITE:
        return _is_discarded(use.node) and b"move" not in analysis.text(use.node)
    if use.kind is UseKind.RANGE:
        loops = [v for v in analysis.scopes.variables if v.declaration.id == use.node.id]
        return all(leaves_no_handle(analysis, inner) for v in loops for inner in analysis.uses(v))
    if use.kind is UseKind.METHOD:
        if use.method in _DISCARDED:
            return _is_discarded(use.node)
        return use.method in _LOOKING or (use.method in _PLACES and _flows_into_value(analysis, use.node))
    if use.node.type == "declaration":
        return _declares_value(analysis, use.node, None)
    return _flows_into_value(analysis, use.expression)


def _is_discarded(node: Node) -> bool:
    """Whether nothing but the truth of `node` is used: ``v.pop_back();``, ``while (cin >> x)``."""
    outer = node.parent
    while outer is not None and outer.type in ("binary_expression", "parenthesized_expression"):
        outer = outer.parent
    return outer is not None and outer.type in ("expression_statement", "condition_clause", "for_statement")


def _flows_into_value(analysis: Analysis, node: Node) -> bool:
    """Whether the value of `node`, which may be a place in the container, ends as a plain value."""
    while node.parent is not None:
        outer = node.parent
        if outer.type in _VALUE_USED:
            return True
        if outer.type == "binary_expression" and _ends_as_number(analysis, outer):
            return True
        if outer.type == "init_declarator":
            return _declares_value(analysis, outer.parent, outer)
        if outer.type == "assignment_expression":
            target = outer.child_by_field_name("left")
            return target is not None and target != node and _is_value(type_of(analysis, target))
        if outer.type == "argument_list":
            settled = _as_argument(analysis, outer.parent)
            if settled is not None:
                return settled
            node = outer.parent or outer
        elif outer.type in _PASSED_ON or outer.type == "binary_expression" or _is_dereference(outer):
            node = outer
        else:
            return False
    return False


def _as_argument(analysis: Analysis, call: Node | None) -> bool | None:
    """Whether the argument of `call` ends there as a value; None where the result may still refer to it."""
    if call is not None and call.type == "init_declarator":
        return _declares_value(analysis, call.parent, call)
    callee = call.child_by_field_name("function") if call is not None else None
    if call is None or callee is None or b"&" in analysis.text(callee) or b"*" in analysis.text(callee):
        return False
    if callee.type == "field_expression":
        base, field = callee.child_by_field_name("argument"), callee.child_by_field_name("field")
        if base is None or field is None or analysis.text(field) not in _TAKES_VALUES:
            return False
        return _is_value(type_of(analysis, base)) and (
            _is_discarded(call) or analysis.text(field) == b"count"
        )
    if is_library_call(analysis, call, _RETURNS_VALUES):
        return True
    if is_library_call(analysis, call, library.CHANGES_ARGUMENTS):
        return _is_discarded(call) and not is_library_call(analysis, call, frozenset({b"swap"}))
    if is_library_call(analysis, call, library.READ_ONLY):
        return None
    is_pure = callee.type == "identifier" and pure_function(analysis, analysis.text(callee)) is not None
    return None if is_pure else False


def _ends_as_number(analysis: Analysis, node: Node) -> bool:
    sign = node.child_by_field_name("operator")
    if sign is None or analysis.text(sign) in _YIELDS_NUMBER:
        return sign is not None
    first = node
    while first.type == "binary_expression":
        left = first.child_by_field_name("left")
        if left is None:
            return False
        first = left
    return analysis.text(sign) == b"<<" and analysis.text(first).removeprefix(b"std::") in library.STREAMS_OUT


def _is_dereference(node: Node) -> bool:
    return node.type == "pointer_expression" and node.children[0].type == "*"


def _declares_value(analysis: Analysis, declaration: Node | None, declarator: Node | None) -> bool:
    """Whether what is declared keeps a copy: neither a reference, nor a pointer, nor an unknown class."""
    written = declaration.child_by_field_name("type") if declaration is not None else None
    name = declarator.child_by_field_name("declarator") if declarator is not None else None
    if written is None or (name is not None and name.type != "identifier"):
        return False
    if analysis.text(written) != b"auto":
        return _is_value(analysis.names.type_of(analysis.text(written)))
    value = declarator.child_by_field_name("value") if declarator is not None else None
    kind = type_of(analysis, value) if value is not None else None
    return kind is not None and (kind.is_scalar or kind.is_string)


def _is_value(kind: CppType | None) -> bool:
    """A number, a string, or containers of them."""
    if kind is None:
        return False
    return kind.is_scalar or kind.is_string or (kind.is_std and all(map(_is_argument, kind.args)))


def _is_argument(kind: CppType) -> bool:
    return kind.name.isdigit() or _is_value(kind)


def only_looks(analysis: Analysis, use: Use, variable_id: int) -> bool:
    """Whether `use` reads a value and changes nothing of the variable whose declaring name is given."""
    if use.kind not in (UseKind.READ, UseKind.ARGUMENT, UseKind.METHOD):
        return False
    around = enclosing(use.leaf, frozenset({"expression_statement", "declaration", "return_statement"}))
    if around is None or (use.kind is UseKind.METHOD and use.method not in _LOOKING):
        return False
    return leaves_no_handle(analysis, use) and variable_id not in effects_of(analysis, around).written
