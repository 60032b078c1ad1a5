"""Where the iterators, pointers and references into a variable go; errs towards "kept somewhere".

It follows one handle from the expression that makes it to what uses it up. It knows nothing of what happens
to the variable otherwise.
"""

from enum import IntEnum

from tree_sitter import Node

from pie_lsp.cpp import library
from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.calls import (
    constructs,
    declares_library_class,
    is_library_call,
    takes_a_look,
)
from pie_lsp.cpp.expressions import type_of
from pie_lsp.cpp.scope import Storage, Variable, walk

_COMPARISONS = frozenset(b"== != < > <= >= << && ||".split())
_QUALIFIERS = frozenset(b"const static constexpr".split())
_SWAP = frozenset({b"swap"})


class Fate(IntEnum):
    """What becomes of a handle; the larger is the worse."""

    LOOKS = 0
    """It is compared, subtracted, or what it refers to is read; then it is gone."""
    WRITES = 1
    """What it refers to is changed, at once; then it is gone."""
    KEPT = 2
    """It is stored or handed on, or nobody knows."""


def fate_of(analysis: Analysis, handle: Node) -> Fate:
    """What becomes of the iterator or pointer that the expression `handle` makes."""
    return _Follower(analysis).handle(handle)


def is_mutable_reference(analysis: Analysis, variable: Variable) -> bool:
    """Whether the variable refers to something that it lets change; a type that is not read may hide it."""
    words = variable.type_text.split()
    if variable.is_reference:
        return b"const" not in words
    return not is_value_type(analysis, variable.type_text)


def is_value_type(analysis: Analysis, text: bytes) -> bool:
    """Whether a variable of the type that `text` spells is an object of its own, or a handle."""
    bare = b" ".join(word for word in text.split() if word not in _QUALIFIERS)
    return bare == b"auto" or analysis.names.type_of(bare) is not None


def range_fate(analysis: Analysis, loop: Node) -> Fate:
    """What the range-based loop does with the references to the elements it goes over."""
    declared = [one for one in analysis.scopes.variables if one.declaration.id == loop.id]
    if not declared:
        return Fate.KEPT
    references = [one for one in declared if is_mutable_reference(analysis, one)]
    return max((_Follower(analysis).reference(one) for one in references), default=Fate.LOOKS)


class _Follower:
    """Climbs from an expression to what decides the fate of its value."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._seen: set[int] = set()

    def reference(self, variable: Variable) -> Fate:
        """The fate of what a reference or a handle variable is used for."""
        uses = self._analysis.uses(variable)
        if any(use.in_lambda or use.leaf.id == variable.leaf.id for use in uses):
            return Fate.KEPT
        return max((self.place(use.leaf) for use in uses), default=Fate.LOOKS)

    def handle(self, node: Node) -> Fate:
        """The fate of the handle that `node` gives."""
        parent = node.parent
        kind = parent.type if parent is not None else ""
        if parent is None or self._analysis.hides(parent):
            return Fate.KEPT
        if kind in ("expression_statement", "condition_clause", "unary_expression", "for_statement"):
            return Fate.LOOKS
        if kind in ("parenthesized_expression", "conditional_expression", "update_expression"):
            return self.handle(parent)
        if kind == "binary_expression":
            return self._of_binary(parent, node)
        if kind == "pointer_expression":
            return Fate.KEPT if self._text(parent.children[0]) == b"&" else self.place(parent)
        if kind == "subscript_expression":
            return self.place(parent)
        if kind == "field_expression":
            is_arrow = any(child.type == "->" for child in parent.children)
            return self.place(node) if is_arrow else self._of_member(parent)
        if kind in ("init_declarator", "assignment_expression"):
            return self._into_variable(parent, node)
        if kind in ("argument_list", "initializer_list"):
            return self._as_argument(parent)
        return Fate.KEPT

    def place(self, node: Node) -> Fate:
        """The fate of the object, or the part of one, that `node` denotes."""
        parent = node.parent
        kind = parent.type if parent is not None else ""
        if parent is None or self._analysis.hides(parent):
            return Fate.KEPT
        if kind in (
            "expression_statement",
            "condition_clause",
            "unary_expression",
            "subscript_argument_list",
        ):
            return Fate.LOOKS
        if kind in ("parenthesized_expression", "conditional_expression"):
            return self.place(parent)
        if kind == "subscript_expression" and parent.child_by_field_name("argument") == node:
            return self.place(parent)
        if kind == "field_expression":
            return self._of_field(parent)
        if kind == "binary_expression":
            is_right = parent.child_by_field_name("right") == node
            return Fate.WRITES if self._operator(parent) == b">>" and is_right else Fate.LOOKS
        if kind in ("update_expression", "assignment_expression"):
            return self._of_write(parent, node)
        if kind == "init_declarator":
            declarator = parent.child_by_field_name("declarator")
            copies = declarator is not None and declarator.type == "identifier"
            return Fate.LOOKS if copies and self._is_value(parent) else Fate.KEPT
        if kind == "for_range_loop":
            return range_fate(self._analysis, parent)
        if kind == "argument_list":
            return self._place_as_argument(parent, node)
        return Fate.KEPT

    def _of_binary(self, parent: Node, node: Node) -> Fate:
        operator = self._operator(parent)
        if operator in _COMPARISONS:
            return Fate.LOOKS
        left, right = parent.child_by_field_name("left"), parent.child_by_field_name("right")
        if operator == b"-" and (right == node or (left == node and self._makes_handle(right))):
            return Fate.LOOKS
        return self.handle(parent) if operator in (b"+", b"-") else Fate.KEPT

    def _makes_handle(self, node: Node | None) -> bool:
        """Whether `node` is ``v.begin()``, so that a difference to it is a number."""
        callee = node.child_by_field_name("function") if node is not None else None
        field = callee.child_by_field_name("field") if callee is not None else None
        base = callee.child_by_field_name("argument") if callee is not None else None
        kind = type_of(self._analysis, base) if base is not None else None
        is_iterator = field is not None and self._text(field) in library.ITERATOR_METHODS
        return is_iterator and kind is not None and kind.is_std

    def _of_member(self, parent: Node) -> Fate:
        """The fate of ``handles.first``; any other member function of a handle is not understood."""
        call = parent.parent
        if (
            call is not None
            and call.type == "call_expression"
            and call.child_by_field_name("function") == parent
        ):
            return Fate.KEPT
        return self.handle(parent)

    def _into_variable(self, parent: Node, node: Node) -> Fate:
        """A handle in a variable must only be looked through everywhere: its writes have no name to see."""
        target = parent.child_by_field_name("declarator") or parent.child_by_field_name("left")
        if target == node:
            return Fate.LOOKS
        while target is not None and target.type == "pointer_declarator":
            target = target.child_by_field_name("declarator")
        variable = self._analysis.resolve(target) if target is not None else None
        if variable is None or variable.storage is not Storage.LOCAL or variable.is_static:
            return Fate.KEPT
        if variable.is_reference or variable.is_array or variable.is_binding:
            return Fate.KEPT
        if variable.leaf.id in self._seen:
            return Fate.LOOKS
        self._seen.add(variable.leaf.id)
        uses = self._analysis.uses(variable)
        if any(use.in_lambda or use.leaf.id == variable.leaf.id for use in uses):
            return Fate.KEPT
        only_looks = all(self.handle(use.leaf) is Fate.LOOKS for use in uses)
        return Fate.LOOKS if only_looks else Fate.KEPT

    def _as_argument(self, arguments: Node) -> Fate:
        outer = arguments.parent
        if outer is None or outer.type == "init_declarator":
            return (
                Fate.LOOKS
                if outer is not None and declares_library_class(self._analysis, outer)
                else Fate.KEPT
            )
        callee = outer.child_by_field_name("function") if outer.type == "call_expression" else None
        if callee is None or has_mutable_callback(self._analysis, outer):
            return Fate.KEPT
        if is_library_call(self._analysis, outer, library.READ_ONLY - library.VALUES):
            gives = is_library_call(self._analysis, outer, library.GIVES_HANDLE)
            return self.handle(outer) if gives else Fate.LOOKS
        if is_library_call(self._analysis, outer, library.CHANGES_ARGUMENTS - _SWAP):
            return max(Fate.WRITES, self.handle(outer))
        if callee.type == "field_expression":
            return Fate.LOOKS if copies_arguments(self._analysis, outer) else Fate.KEPT
        return Fate.LOOKS if constructs(self._analysis, callee) else Fate.KEPT

    def _place_as_argument(self, arguments: Node, node: Node) -> Fate:
        outer = arguments.parent
        if outer is not None and outer.type == "init_declarator":
            return Fate.LOOKS if declares_library_class(self._analysis, outer) else Fate.KEPT
        if outer is None or outer.type != "call_expression" or has_mutable_callback(self._analysis, outer):
            return Fate.KEPT
        if is_library_call(self._analysis, outer, library.CHANGES_ARGUMENTS):
            return Fate.WRITES
        values = is_library_call(self._analysis, outer, library.READ_ONLY)
        looks = values or copies_arguments(self._analysis, outer) or takes_a_look(self._analysis, outer, node)
        return Fate.LOOKS if looks else Fate.KEPT

    def _of_field(self, parent: Node) -> Fate:
        call = parent.parent
        if call is None or call.type != "call_expression" or call.child_by_field_name("function") != parent:
            return self.place(parent)
        field = parent.child_by_field_name("field")
        method = self._text(field) if field is not None else b""
        if self._analysis.names.is_users(method):
            return Fate.KEPT
        if method in library.ELEMENT_METHODS:
            return self.place(call)
        if method in library.ITERATOR_METHODS:
            return self.handle(call)
        return Fate.LOOKS if method in library.CONST_METHODS else Fate.KEPT

    def _of_write(self, parent: Node, node: Node) -> Fate:
        if parent.child_by_field_name("right") == node:
            target = parent.child_by_field_name("left")
            known = target is not None and type_of(self._analysis, target) is not None
            return Fate.LOOKS if known or (target is not None and target.type == "identifier") else Fate.KEPT
        outer = parent.parent
        gone = outer is not None and outer.type in ("expression_statement", "for_statement")
        return Fate.WRITES if gone else Fate.KEPT

    def _is_value(self, declarator: Node) -> bool:
        declaration = declarator.parent
        written = declaration.child_by_field_name("type") if declaration is not None else None
        text = self._text(written) if written is not None else b""
        return text == b"auto" or self._analysis.names.type_of(text) is not None

    def _operator(self, node: Node) -> bytes:
        return self._text(node.child_by_field_name("operator") or node)

    def _text(self, node: Node) -> bytes:
        return self._analysis.text(node)


def copies_arguments(analysis: Analysis, call: Node) -> bool:
    """Whether `call` is a member function of a class of the library that copies or compares its arguments."""
    callee = call.child_by_field_name("function")
    if callee is None or callee.type != "field_expression":
        return False
    base, field = callee.child_by_field_name("argument"), callee.child_by_field_name("field")
    kind = type_of(analysis, base) if base is not None else None
    known = field is not None and analysis.text(field) in library.COPYING_METHODS
    return known and kind is not None and kind.is_std


def has_mutable_callback(analysis: Analysis, call: Node) -> bool:
    """Whether a lambda among the arguments is given elements it could change or keep the address of."""
    given = call.child_by_field_name("arguments")
    pieces = [given] if given is not None else []
    for node in given.named_children if given is not None else ():
        named = analysis.resolve(node)
        if named is not None and named.value is not None and named.value.type == "lambda_expression":
            pieces.append(named.value)
    for node in (node for piece in pieces for node in walk(piece)):
        if node.type in ("parameter_declaration", "optional_parameter_declaration"):
            text = analysis.text(node)
            if b"&&" in text or (b"&" in text and b"const" not in text.split()):
                return True
    return False


def starts_as_handle(analysis: Analysis, value: Node | None) -> bool:
    """Whether a variable that starts as `value` is an iterator: ``v.begin() + 1``."""
    while value is not None and value.type == "binary_expression":
        value = value.child_by_field_name("left")
    callee = value.child_by_field_name("function") if value is not None else None
    if value is None or callee is None:
        return False
    field = callee.child_by_field_name("field") if callee.type == "field_expression" else None
    if field is not None:
        return analysis.text(field) in library.ITERATOR_METHODS
    return is_library_call(analysis, value, library.GIVES_HANDLE)
