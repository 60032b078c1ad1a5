"""What is done to a variable at one place; knows nothing of what the called functions do.

Whatever is not understood is an ESCAPE, after which anything may happen to the variable.
"""

from dataclasses import dataclass
from enum import Enum

from tree_sitter import Node

from pie_lsp.cpp.library import ELEMENT_METHODS
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.scope import Variable, enclosing


class UseKind(Enum):
    """The kinds of use."""

    READ = "read"
    """Its value, or that of a part, is looked at or copied."""
    WRITE = "write"
    """It or a part of it is assigned, incremented or read from a stream."""
    METHOD = "method"
    """A member function is called on it, or it is called itself (`method` is then ``()``)."""
    ARGUMENT = "argument"
    """It or a part of it is an argument of the call `node`."""
    RANGE = "range"
    """The range-based loop `node` goes over it."""
    ESCAPE = "escape"
    """Its address is taken, a reference is bound to it, or nobody knows."""


@dataclass(frozen=True, slots=True)
class Use:
    """One use of one variable.

    leaf       the name
    node       what the kind speaks of: the call, the loop, the assignment, else what is around
    expression the largest expression that denotes the variable or a part of it: ``v[i].first``
    is_whole   the variable itself is meant, not an element or member
    in_lambda  a lambda uses a variable from outside it
    """

    kind: UseKind
    leaf: Node
    node: Node
    expression: Node
    method: bytes = b""
    is_whole: bool = True
    in_lambda: bool = False


_TRANSPARENT = frozenset({"parenthesized_expression"})
_LOOKING = frozenset(
    {"unary_expression", "condition_clause", "expression_statement", "sizeof_expression", "case_statement",
     "subscript_argument_list", "array_declarator", "for_statement", "while_statement", "do_statement",
     "template_argument_list", "fold_expression", "static_assert_declaration"}
)  # fmt: skip


class _Reader:
    """Climbs from a name to what decides its use."""

    def __init__(self, file: ParsedFile, leaf: Node, variable: Variable | None) -> None:
        self._file = file
        self._leaf = leaf
        self._decays = variable is not None and (variable.is_array or variable.is_pointer)
        scope = variable.scope if variable is not None else None
        around = enclosing(leaf, frozenset({"lambda_expression"}))
        self._in_lambda = (
            around is not None and (scope is None or around.start_byte > scope.start_byte)
        ) or (around is not None and scope is not None and not _inside(scope, around))
        self._whole = True
        self._node = leaf

    def use(self) -> Use:
        while True:
            parent = self._node.parent
            if parent is None:
                return self._is(UseKind.ESCAPE, self._node)
            found = self._step(parent)
            if found is not None:
                return found

    def _is(self, kind: UseKind, node: Node, method: bytes = b"") -> Use:
        return Use(kind, self._leaf, node, self._node, method, self._whole, self._in_lambda)

    def _value(self, node: Node) -> Use:
        """The value flows on; a pointer's value gives access to what it points to."""
        return self._is(UseKind.ESCAPE if self._decays and self._whole else UseKind.READ, node)

    def _part(self, parent: Node) -> None:
        self._whole = False
        self._node = parent

    def _step(self, parent: Node) -> Use | None:
        kind = parent.type
        if kind in _TRANSPARENT:
            self._node = parent
            return None
        if kind in _LOOKING:
            return self._is(UseKind.READ, parent)
        step = getattr(self, f"_at_{kind}", None)
        return step(parent) if step is not None else self._is(UseKind.ESCAPE, parent)

    def _at_subscript_expression(self, parent: Node) -> Use | None:
        if parent.child_by_field_name("argument") != self._node:
            return self._is(UseKind.READ, parent)
        self._part(parent)
        return None

    def _at_field_expression(self, parent: Node) -> Use | None:
        call = parent.parent
        if call is None or call.type != "call_expression" or call.child_by_field_name("function") != parent:
            self._part(parent)
            return None
        field = parent.child_by_field_name("field")
        method = self._file.text(field) if field is not None else b""
        if method in ELEMENT_METHODS:
            self._part(call)
            return None
        return self._is(UseKind.METHOD, call, method)

    def _at_pointer_expression(self, parent: Node) -> Use | None:
        if self._file.text(parent.children[0]) == b"&":
            return self._is(UseKind.ESCAPE, parent)
        self._part(parent)
        return None

    def _at_assignment_expression(self, parent: Node) -> Use:
        if parent.child_by_field_name("left") == self._node:
            return self._is(UseKind.WRITE, parent)
        return self._value(parent)

    def _at_update_expression(self, parent: Node) -> Use:
        return self._is(UseKind.WRITE, parent)

    def _at_binary_expression(self, parent: Node) -> Use | None:
        operator = self._file.text(parent.child_by_field_name("operator") or parent)
        is_right = parent.child_by_field_name("right") == self._node
        if operator == b">>" and is_right and _leftmost(parent).type != "number_literal":
            return self._is(UseKind.WRITE, parent)
        if operator in (b"+", b"-") and self._decays and self._whole:
            self._node = parent
            return None
        return self._is(UseKind.READ, parent)

    def _at_comma_expression(self, parent: Node) -> Use | None:
        if parent.child_by_field_name("left") == self._node:
            return self._is(UseKind.READ, parent)
        self._node = parent
        return None

    def _at_conditional_expression(self, parent: Node) -> Use | None:
        if parent.child_by_field_name("condition") == self._node:
            return self._is(UseKind.READ, parent)
        self._node = parent
        return None

    def _at_cast_expression(self, parent: Node) -> Use:
        target = self._file.text(parent.child_by_field_name("type") or parent)
        if b"&" in target or b"*" in target:
            return self._is(UseKind.ESCAPE, parent)
        return self._value(parent)

    def _at_call_expression(self, parent: Node) -> Use:
        return self._is(UseKind.METHOD, parent, b"()")

    def _at_argument_list(self, parent: Node) -> Use:
        call = parent.parent
        if call is not None and call.type == "call_expression":
            return self._is(UseKind.ARGUMENT, call)
        if call is not None and call.type == "init_declarator":
            return self._is(UseKind.ARGUMENT, call)
        return self._is(UseKind.ESCAPE, parent)

    def _at_initializer_list(self, parent: Node) -> Use:
        outer = parent.parent
        while outer is not None and outer.type in ("initializer_list", "initializer_pair"):
            outer = outer.parent
        if outer is not None and outer.type == "init_declarator":
            return self._is(UseKind.ARGUMENT, outer)
        if outer is not None and outer.type == "argument_list" and outer.parent is not None:
            return self._is(UseKind.ARGUMENT, outer.parent)
        return self._is(UseKind.ESCAPE, parent)

    def _at_init_declarator(self, parent: Node) -> Use:
        declarator = parent.child_by_field_name("declarator")
        if declarator is None or declarator.type == "reference_declarator":
            return self._is(UseKind.ESCAPE, parent)
        return self._value(parent)

    def _at_declaration(self, parent: Node) -> Use:
        declarator = parent.child_by_field_name("declarator")
        if declarator is None or declarator.type == "reference_declarator":
            return self._is(UseKind.ESCAPE, parent)
        return self._value(parent)

    def _at_parameter_declaration(self, parent: Node) -> Use:
        # `vector<int> v(n);` is read as a function; its "parameter" is an argument of a constructor.
        declaration = enclosing(parent, frozenset({"declaration"}))
        inside = declaration is not None and enclosing(declaration, frozenset({"compound_statement"}))
        return self._is(UseKind.ARGUMENT if inside else UseKind.ESCAPE, declaration or parent)

    def _at_return_statement(self, parent: Node) -> Use:
        return self._value(parent)

    def _at_for_range_loop(self, parent: Node) -> Use:
        if parent.child_by_field_name("right") == self._node:
            return self._is(UseKind.RANGE, parent)
        return self._is(UseKind.ESCAPE, parent)


def classify(file: ParsedFile, leaf: Node, variable: Variable | None) -> Use:
    """What is done to `variable` where it is named by `leaf`."""
    return _Reader(file, leaf, variable).use()


def _leftmost(node: Node) -> Node:
    while node.type == "binary_expression":
        left = node.child_by_field_name("left")
        if left is None:
            return node
        node = left
    return node


def _inside(inner: Node, outer: Node) -> bool:
    return outer.start_byte <= inner.start_byte and inner.end_byte <= outer.end_byte
