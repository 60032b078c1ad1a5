"""Whether an argument of one call can be referred to instead of being copied (rule C1)."""

from tree_sitter import Node

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.calls import constructs, returns_value, sole_definition
from pie_lsp.cpp.effects import effects_of
from pie_lsp.cpp.expressions import type_of
from pie_lsp.cpp.idioms import arguments
from pie_lsp.cpp.lending import is_lent
from pie_lsp.cpp.scope import Variable, walk

_LITERALS = frozenset({"string_literal", "concatenated_string", "initializer_list", "raw_string_literal"})
_PLACES = frozenset({"subscript_expression", "parenthesized_expression", "field_expression"})


def argument_stays(
    analysis: Analysis, call: Node, number: int, parameter: Variable, changes_nothing: bool
) -> bool:
    """Whether the argument `number` of `call` has one value from its evaluation to the end of the call.

    changes_nothing  the called function changes nothing but its own variables
    """
    given = arguments(call)
    if analysis.hides(call) or number > len(given):
        return False
    if number == len(given):
        default = parameter.declaration.child_by_field_name("default_value")
        return default is not None and _makes_an_object(analysis, default)
    others = [node for place, node in enumerate(given) if place != number]
    root = _root(analysis, given[number])
    if not _others_leave_alone(analysis, others, root):
        return False
    if _is_temporary(analysis, given[number]):
        return True
    if root is None:
        return False
    return changes_nothing or _is_out_of_reach(analysis, root, parameter, others)


def _others_leave_alone(analysis: Analysis, others: list[Node], root: Variable | None) -> bool:
    """The order in which arguments are evaluated is not specified, so no other may change this one."""
    effects = effects_of(analysis, *others)
    if effects.opaque or effects.indirect:
        # A plain variable is handed on without being changed before the call.
        return all(node.type in ("identifier", "pointer_expression") for node in others)
    return root is None or root.leaf.id not in effects.written


def _root(analysis: Analysis, node: Node) -> Variable | None:
    while node.type in _PLACES:
        inner = node.child_by_field_name("argument") or (
            node.named_children[0] if node.named_children else None
        )
        if inner is None or "->" in [child.type for child in node.children]:
            return None
        node = inner
    return analysis.resolve(node)


def _is_temporary(analysis: Analysis, node: Node) -> bool:
    """An object that exists for this call alone."""
    if _makes_an_object(analysis, node):
        return True
    if node.type == "binary_expression":
        kind = type_of(analysis, node)
        return kind is not None and kind.is_string
    if node.type != "call_expression":
        return False
    callee = node.child_by_field_name("function")
    if callee is not None and callee.type == "field_expression":
        field = callee.child_by_field_name("field")
        kind = type_of(analysis, node)
        return kind is not None and kind.is_string and field is not None and analysis.text(field) == b"substr"
    if callee is None or callee.type != "identifier" or analysis.resolve(callee) is not None:
        return False
    definition = sole_definition(analysis, analysis.text(callee))
    if definition is None:
        kind = type_of(analysis, node)
        return kind is not None and kind.is_string
    return returns_value(analysis, definition)


def _makes_an_object(analysis: Analysis, node: Node) -> bool:
    """A literal or ``vector<int>()``."""
    if node.type in _LITERALS:
        return True
    field = {"call_expression": "function", "compound_literal_expression": "type"}.get(node.type)
    callee = node.child_by_field_name(field) if field is not None else None
    return callee is not None and constructs(analysis, callee)


def _is_out_of_reach(analysis: Analysis, root: Variable, parameter: Variable, others: list[Node]) -> bool:
    """Whether the called function has no way to the argument but this parameter."""
    if any(analysis.text(leaf) == root.name for node in others for leaf in walk(node)):
        return False
    if any(node.type == "lambda_expression" for node in others):
        return False
    if not root.is_own or root.is_binding:
        return False
    return not is_lent(analysis, root)
