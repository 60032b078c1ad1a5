"""Which values an assignment to one character can store, by the comparisons around it."""

from collections.abc import Iterator

from tree_sitter import Node

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.effects import is_library_call
from pie_lsp.cpp.idioms import arguments, contains
from pie_lsp.cpp.scope import ancestors, walk

Range = tuple[int, int]

_CASE = frozenset({b"toupper", b"tolower"})
_CLASSES: dict[bytes, Range] = {
    b"isdigit": (48, 57),
    b"isupper": (65, 90),
    b"islower": (97, 122),
    b"isalpha": (65, 122),
}
"""What the functions accept in the locale "C", which programs start in."""
_ESCAPES = {b"n": 10, b"t": 9, b"r": 13, b"0": 0, b"\\": 92, b"'": 39, b'"': 34, b"a": 7, b"b": 8, b"f": 12}


def value_range(analysis: Analysis, assignment: Node, target: Node, region: Node) -> Range | None:
    """The values that `assignment` can store in the character `target`, which held no 0 before.

    Only comparisons of `target` inside `region`, between which and the assignment nothing is written to
    its variable, are believed. None where nothing is known.
    """
    value, sign = assignment.child_by_field_name("right"), assignment.child_by_field_name("operator")
    if value is None or sign is None:
        return None
    known = _Reader(analysis, _spelled(analysis, target), _guards(analysis, assignment, target, region))
    text = analysis.text(sign)
    if text == b"=":
        return known.read(value)
    before, change = known.old, known.read(value)
    if before is None or change is None or text not in (b"+=", b"-="):
        return None
    return _sum(before, change) if text == b"+=" else _sum(before, (-change[1], -change[0]))


class _Reader:
    """Evaluates expressions over what is known of one character."""

    def __init__(self, analysis: Analysis, target: bytes, old: Range | None) -> None:
        self._analysis = analysis
        self._target = target
        self.old = old

    def read(self, node: Node) -> Range | None:
        text = self._analysis.text(node)
        if _spelled(self._analysis, node) == self._target:
            return self.old
        if node.type == "parenthesized_expression" and len(node.named_children) == 1:
            return self.read(node.named_children[0])
        if node.type == "cast_expression":
            value = node.child_by_field_name("value")
            kind = self._analysis.text(node.child_by_field_name("type") or node)
            return self.read(value) if value is not None and kind in (b"char", b"int") else None
        if node.type == "number_literal" and text.isdigit() and not (len(text) > 1 and text[:1] == b"0"):
            return (int(text), int(text))
        if node.type == "char_literal":
            found = _character(text)
            return None if found is None else (found, found)
        if node.type == "binary_expression":
            return self._binary(node)
        if node.type == "call_expression" and is_library_call(self._analysis, node, _CASE):
            return self._case(node)
        return None

    def _case(self, node: Node) -> Range | None:
        """Changing the case of a letter gives a letter and leaves everything else alone; 0 comes from 0."""
        given = arguments(node)
        inner = given[0] if len(given) == 1 else None
        if inner is not None and inner.type == "cast_expression":
            inner = inner.child_by_field_name("value")
        same = inner is not None and _spelled(self._analysis, inner) == self._target
        return (1, 127) if same and self.old is not None and 65 <= self.old[0] <= self.old[1] <= 122 else None

    def _binary(self, node: Node) -> Range | None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        sign = node.child_by_field_name("operator")
        if left is None or right is None or sign is None:
            return None
        one, two = self.read(left), self.read(right)
        if one is None or two is None:
            return None
        if self._analysis.text(sign) == b"+":
            return _sum(one, two)
        if self._analysis.text(sign) == b"-":
            return _sum(one, (-two[1], -two[0]))
        return None


def _guards(analysis: Analysis, assignment: Node, target: Node, region: Node) -> Range | None:
    """What the conditions of the branches around the assignment say of the target."""
    low, high = -128, 127
    spelled = _spelled(analysis, target)
    inner = assignment
    for outer in ancestors(assignment):
        if outer == region:
            break
        chosen = outer.child_by_field_name("consequence") if outer.type == "if_statement" else None
        condition = outer.child_by_field_name("condition") if chosen == inner else None
        if condition is not None and _is_first_write(analysis, chosen or inner, assignment, target):
            for part in _conjuncts(condition):
                limits = _limits(analysis, part, spelled)
                low, high = max(low, limits[0]), min(high, limits[1])
        inner = outer
    return (low, high) if (low, high) != (-128, 127) else None


def _is_first_write(analysis: Analysis, branch: Node, assignment: Node, target: Node) -> bool:
    """Whether nothing in `branch` before the assignment changes a variable that `target` names."""
    names = {analysis.text(leaf) for leaf in walk(target) if leaf.type == "identifier"}
    for node in walk(branch):
        if node.start_byte >= assignment.start_byte or contains(node, assignment):
            continue
        if node.type in ("assignment_expression", "update_expression", "call_expression"):
            touched = {analysis.text(leaf) for leaf in walk(node) if leaf.type == "identifier"}
            if touched & names:
                return False
    return True


def _conjuncts(condition: Node) -> Iterator[Node]:
    stack = [condition]
    while stack:
        node = stack.pop()
        joins = node.type == "binary_expression" and any(child.type == "&&" for child in node.children)
        if joins or node.type in ("condition_clause", "parenthesized_expression"):
            stack.extend(node.named_children)
        else:
            yield node


def _limits(analysis: Analysis, node: Node, target: bytes) -> Range:
    if node.type == "call_expression":
        return _class_limits(analysis, node, target)
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    sign = node.child_by_field_name("operator")
    if node.type != "binary_expression" or left is None or right is None or sign is None:
        return (-128, 127)
    text = analysis.text(sign)
    constant = _Reader(analysis, b"", None)
    if _spelled(analysis, left) == target:
        return _compared(text, constant.read(right))
    if _spelled(analysis, right) == target:
        mirrored = {b"<": b">", b">": b"<", b"<=": b">=", b">=": b"<="}
        return _compared(mirrored.get(text, text), constant.read(left))
    return (-128, 127)


def _compared(sign: bytes, found: Range | None) -> Range:
    if found is None or found[0] != found[1]:
        return (-128, 127)
    value = found[0]
    table = {
        b"==": (value, value),
        b"<": (-128, value - 1),
        b"<=": (-128, value),
        b">": (value + 1, 127),
        b">=": (value, 127),
    }
    return table.get(sign, (-128, 127))


def _class_limits(analysis: Analysis, node: Node, target: bytes) -> Range:
    for name, limits in _CLASSES.items():
        given = arguments(node)
        if len(given) == 1 and is_library_call(analysis, node, frozenset({name})):
            inner = given[0].child_by_field_name("value") if given[0].type == "cast_expression" else given[0]
            if inner is not None and _spelled(analysis, inner) == target:
                return limits
    return (-128, 127)


def _character(text: bytes) -> int | None:
    inner = text[1:-1]
    if len(text) == 3 and inner != b"\\":
        return inner[0] if inner[0] < 128 else None
    return _ESCAPES.get(inner[1:]) if inner[:1] == b"\\" else None


def _sum(one: Range, two: Range) -> Range:
    return (one[0] + two[0], one[1] + two[1])


def _spelled(analysis: Analysis, node: Node) -> bytes:
    return b"".join(analysis.text(node).split())
