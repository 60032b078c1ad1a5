"""What running a piece of a function can change; errs towards "anything".

It answers for single-threaded programs only, which the callers make sure of.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from tree_sitter import Node

from pie_lsp.cpp import library
from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.calls import constructs, declares_library_class
from pie_lsp.cpp.calls import is_library_call as is_library_call
from pie_lsp.cpp.calls import sole_definition as sole_definition
from pie_lsp.cpp.classes import is_made_silently
from pie_lsp.cpp.expressions import type_of, variable_type
from pie_lsp.cpp.handles import (
    Fate,
    copies_arguments,
    fate_of,
    has_mutable_callback,
    is_mutable_reference,
    is_value_type,
    starts_as_handle,
)
from pie_lsp.cpp.lending import is_lent, is_self_contained
from pie_lsp.cpp.operators import changes_an_operand, declared_operators
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.scope import Storage, Variable, ancestors, walk
from pie_lsp.cpp.usage import Use, UseKind

_LITERALS = frozenset({"number_literal", "string_literal", "char_literal"})
_JUMPS = frozenset({"return_statement", "break_statement", "throw_statement", "goto_statement"})
_MEMBER_TYPE = re.compile(rb"::(?:const_)?(?:reverse_)?(?:iterator|size_type|value_type)$")
_UNKNOWN_WORK = frozenset(
    {"new_expression", "delete_expression", "this", "throw_statement", "try_statement", "gnu_asm_expression",
     "struct_specifier", "class_specifier", "co_await_expression"}
)  # fmt: skip


_OPERATOR = b"operator"


@dataclass(frozen=True, slots=True)
class Effects:
    """The summary of a piece of code.

    written   variables that may change, by the identity of their declaring name
    indirect  something is changed through a reference, a pointer, a member or a global
    opaque    something is called or done that is not understood
    io        streams are read or written
    globals_read  names of globals and members whose values matter
    """

    written: frozenset[int] = frozenset()
    indirect: bool = False
    opaque: bool = False
    io: bool = False
    globals_read: frozenset[bytes] = frozenset()

    @property
    def is_none(self) -> bool:
        """Nothing outside the function's own variables is changed, read from or printed."""
        return not (self.indirect or self.opaque or self.io)


def effects_of(analysis: Analysis, *pieces: Node, within: frozenset[bytes] = frozenset()) -> Effects:
    """The effects of running `pieces` of the function of `analysis`, in any order, any number of times.

    within  functions that are being analysed already, so that recursion ends
    """
    collector = _Collector(analysis, within)
    for piece in pieces:
        collector.add(piece)
    found = collector.effects()
    if _OPERATOR in within or operators_are_harmless(analysis.file, analysis.headers):
        return found
    return replace(found, opaque=True)


@lru_cache(maxsize=8)
def operators_are_harmless(file: ParsedFile, headers: tuple[bytes, ...] = ()) -> bool:
    """Whether no operator that the user declares changes more than its own operands.

    An operator runs without being named: inside ``sort``, a ``set`` or ``cout << x``.
    """
    found = declared_operators(file, headers)
    return found is not None and all(_operator_is_harmless(Analysis(file, node, headers)) for node in found)


def _operator_is_harmless(analysis: Analysis) -> bool:
    body = analysis.function.child_by_field_name("body")
    if body is None or not analysis.is_fit or analysis.hidden:
        return any(child.type == "default_method_clause" for child in analysis.function.children)
    effects = effects_of(analysis, body, within=frozenset({_OPERATOR}))
    if effects.opaque or effects.io:
        return False
    if not effects.indirect:
        return True
    leaves = (analysis.resolve(leaf) for leaf in walk(body))
    written = [one for one in leaves if one is not None and one.leaf.id in effects.written]
    return changes_an_operand(analysis.file, analysis.function) and all(_is_operand(one) for one in written)


def _is_operand(variable: Variable) -> bool:
    """A variable of the operator itself, one of its operands, or a member of the object it belongs to."""
    if variable.storage is Storage.PARAMETER:
        return variable.is_reference and not variable.is_pointer
    return variable.is_direct and variable.type_text != b"auto" and variable.storage is not Storage.GLOBAL


def may_change(analysis: Analysis, effects: Effects, variable: Variable) -> bool:
    """Whether `variable`, or what it refers to, can have another value after code with these effects."""
    if variable.leaf.id in effects.written:
        return True
    if _is_private(analysis, variable):
        return False
    is_object = not variable.is_reference and is_value_type(analysis, variable.type_text)
    if variable.storage is Storage.PARAMETER or is_object:
        return effects.opaque or effects.indirect
    return True


def _is_private(analysis: Analysis, variable: Variable) -> bool:
    """Nothing else can refer to the variable: it is the function's own value and is never lent."""
    return variable.is_own and is_self_contained(analysis, variable) and not is_lent(analysis, variable)


def pure_function(analysis: Analysis, name: bytes, within: frozenset[bytes] = frozenset()) -> Effects | None:
    """Effects of calling the free function `name` of this file, where it changes nothing; else None."""
    if name in within:
        return Effects()
    found = sole_definition(analysis, name)
    if found is None:
        return None
    inner = Analysis(analysis.file, found, analysis.headers)
    if not inner.is_fit or inner.hidden:
        return None
    body = found.child_by_field_name("body")
    if body is None or any(not _harmless_parameter(inner, variable) for variable in inner.scopes.variables):
        return None
    effects = effects_of(inner, body, within=within | {name})
    return effects if effects.is_none else None


def _harmless_parameter(analysis: Analysis, variable: Variable) -> bool:
    if variable.storage is not Storage.PARAMETER:
        return True
    kind = variable_type(analysis, variable)
    known = kind is not None and (kind.is_scalar or kind.is_std)
    return known and (not variable.is_reference or b"const" in variable.type_text.split())


class _Collector:
    def __init__(self, analysis: Analysis, within: frozenset[bytes]) -> None:
        self._analysis = analysis
        self._within = within
        self._written: set[int] = set()
        self._globals: set[bytes] = set()
        self._lambdas: set[int] = set()
        self._indirect = self._opaque = self._io = False

    def effects(self) -> Effects:
        return Effects(
            frozenset(self._written), self._indirect, self._opaque, self._io, frozenset(self._globals)
        )

    def add(self, piece: Node) -> None:
        if self._analysis.hides(piece):
            self._opaque = True
        for node in walk(piece):
            if node.type in _UNKNOWN_WORK or node.is_error:
                self._opaque = True
            elif node.type in ("identifier", "type_identifier"):
                self._name(node)
            elif node.type == "call_expression":
                self._call(node)
            elif node.type == "declaration":
                self._declaration(node)

    def _declaration(self, node: Node) -> None:
        """A constructor or destructor of the user could do anything."""
        written = node.child_by_field_name("type")
        text = self._analysis.text(written) if written is not None else b""
        if written is None or text == b"auto":
            return
        kind = self._analysis.names.type_of(_MEMBER_TYPE.sub(b"", text))
        if not is_made_silently(self._analysis, kind):
            self._opaque = True

    def _name(self, leaf: Node) -> None:
        text = self._analysis.text(leaf)
        if text in library.STREAMS and not self._analysis.names.is_users(text):
            self._io = True
            return
        variable = self._analysis.resolve(leaf)
        if variable is None:
            self._unresolved(leaf, text)
        elif variable.leaf.id != leaf.id:
            self._variable(variable, self._analysis.use(leaf))

    def _unresolved(self, leaf: Node, text: bytes) -> None:
        macro = self._analysis.names.macros.get(text)
        if macro is not None and not _is_constant(macro.body):
            self._opaque = True
        if leaf.type == "type_identifier" or _names_callee(leaf):
            return
        use = self._analysis.use(leaf)
        if use.kind is not UseKind.READ and text not in library.MANIPULATORS:
            self._opaque = self._opaque or text not in (b"std", b"true", b"false")

    def _variable(self, variable: Variable, use: Use) -> None:
        if variable.storage in (Storage.GLOBAL, Storage.MEMBER) and not _is_fixed(variable):
            self._globals.add(variable.name)
        if self._analysis.is_in_macro(variable.name):
            self._opaque = True
        if self._may_insert(use):
            self._write(variable)
        if use.kind is UseKind.ESCAPE:
            self._write(variable)
            self._opaque = True
        elif use.kind is UseKind.WRITE and use.is_whole:
            self._write_whole(variable)
        elif use.kind is UseKind.WRITE:
            self._write(variable)
        elif use.kind is UseKind.RANGE:
            self._range(variable, use.node)
        elif use.kind is UseKind.METHOD:
            self._method(variable, use)
        elif use.kind is UseKind.ARGUMENT and not self._only_looks(use.node):
            self._write(variable)

    def _may_insert(self, use: Use) -> bool:
        """Whether a ``[]`` on the way to the part inserts what it does not find, or is the user's own."""
        node = use.leaf
        while node != use.expression and node.parent is not None:
            outer = node.parent
            if outer.type == "subscript_expression" and outer.child_by_field_name("argument") == node:
                variable = self._analysis.resolve(node)
                is_plain_memory = variable is not None and (variable.is_array or variable.is_pointer)
                kind = type_of(self._analysis, node)
                if not is_plain_memory and (kind is None or kind.subscript is None) and not _is_row(node):
                    return True
            node = outer
        return False

    def _write(self, variable: Variable) -> None:
        """Something that is reached through the variable changes: if it holds a handle, anything may."""
        self._written.add(variable.leaf.id)
        holds_handle = not is_self_contained(self._analysis, variable)
        self._indirect = self._indirect or holds_handle or not variable.is_own
        # Another function may have made a handle that lives in a global, of whatever it has returned.
        if holds_handle and variable.storage in (Storage.GLOBAL, Storage.MEMBER):
            self._opaque = True

    def _write_whole(self, variable: Variable) -> None:
        """The variable itself changes; what an iterator in it leads to stays."""
        itself = variable.type_text == b"auto" or _MEMBER_TYPE.search(variable.type_text)
        if variable.is_own and variable.is_direct and itself:
            self._written.add(variable.leaf.id)
        else:
            self._write(variable)

    def _range(self, variable: Variable, loop: Node) -> None:
        is_const = b"const" in variable.type_text.split() and not variable.is_pointer
        declared = [v for v in self._analysis.scopes.variables if v.declaration.id == loop.id]
        if not is_const and any(is_mutable_reference(self._analysis, one) for one in declared):
            self._write(variable)

    def _method(self, variable: Variable, use: Use) -> None:
        callee = use.node.child_by_field_name("function")
        base = callee.child_by_field_name("argument") if callee is not None else None
        kind = type_of(self._analysis, base) if base is not None else None
        if kind is None or not kind.is_std:
            self._write(variable)
            self._opaque = True
        elif use.method in library.ITERATOR_METHODS:
            if fate_of(self._analysis, use.node) is not Fate.LOOKS:
                self._write(variable)
        elif use.method not in library.CONST_METHODS:
            self._write(variable)

    def _only_looks(self, call: Node) -> bool:
        if call.type in ("init_declarator", "declaration"):
            return declares_library_class(self._analysis, call)
        if is_library_call(self._analysis, call, library.GIVES_HANDLE):
            looks = fate_of(self._analysis, call) is Fate.LOOKS
            return looks and not has_mutable_callback(self._analysis, call)
        if is_library_call(self._analysis, call, library.READ_ONLY):
            return not has_mutable_callback(self._analysis, call)
        callee = call.child_by_field_name("function")
        if callee is None:
            return False
        if callee.type == "identifier" and self._analysis.resolve(callee) is None:
            return pure_function(self._analysis, self._analysis.text(callee), self._within) is not None
        return copies_arguments(self._analysis, call)

    def _call(self, call: Node) -> None:
        callee = call.child_by_field_name("function")
        if callee is None or callee.type == "field_expression":
            self._method_of_temporary(callee)
            return
        if is_library_call(self._analysis, call, library.READ_ONLY | library.CHANGES_ARGUMENTS):
            if not is_library_call(self._analysis, call, library.VALUES):
                self._callbacks(call)
            return
        if is_library_call(self._analysis, call, library.MANIPULATORS | {b"getline"}):
            self._io = True
            return
        name = self._analysis.text(callee)
        summary = pure_function(self._analysis, name, self._within) if callee.type == "identifier" else None
        if summary is None:
            self._opaque = self._opaque or not constructs(self._analysis, callee)
        else:
            self._globals |= summary.globals_read

    def _callbacks(self, call: Node) -> None:
        """What the algorithm may call: a named lambda runs, and anything that is not a plain value may."""
        given = call.child_by_field_name("arguments")
        for node in given.named_children if given is not None else ():
            if node.type == "identifier":
                self._callback(self._analysis.resolve(node))
            elif node.type in ("field_expression", "subscript_expression"):
                self._opaque = self._opaque or type_of(self._analysis, node) is None
            elif node.type == "compound_literal_expression":
                written = node.child_by_field_name("type")
                self._opaque = self._opaque or written is None or not constructs(self._analysis, written)

    def _callback(self, variable: Variable | None) -> None:
        if variable is None:
            return
        value = variable.value
        if value is not None and value.type == "lambda_expression":
            if value.id not in self._lambdas:
                self._lambdas.add(value.id)
                self.add(value)
            return
        inner = takewhile(lambda outer: outer.id != variable.declaration.id, ancestors(variable.leaf))
        is_function = any(outer.type == "function_declarator" for outer in inner)
        kind = self._analysis.names.type_of(variable.type_text) or variable_type(self._analysis, variable)
        is_handle = _MEMBER_TYPE.search(variable.type_text) or starts_as_handle(self._analysis, value)
        if is_function or (kind is None and not is_handle):
            self._opaque = True

    def _method_of_temporary(self, callee: Node | None) -> None:
        base = callee.child_by_field_name("argument") if callee is not None else None
        while base is not None and base.type in ("field_expression", "subscript_expression"):
            base = base.child_by_field_name("argument")
        while base is not None and base.type == "call_expression":
            inner = base.child_by_field_name("function")
            if inner is None or inner.type != "field_expression":
                break
            base = inner.child_by_field_name("argument")
        if base is None or base.type == "identifier":
            return
        field = callee.child_by_field_name("field") if callee is not None else None
        if field is None or self._analysis.text(field) not in library.CONST_METHODS:
            self._opaque = True


def _is_row(node: Node) -> bool:
    """A row of an array of arrays, whose own type is not read."""
    return node.type == "subscript_expression"


def exits(region: Node, kinds: frozenset[str] = _JUMPS) -> Iterator[Node]:
    """The statements in `region` that leave it early; inner loops and lambdas included."""
    return (node for node in walk(region) if node.type in kinds)


def _is_constant(body: bytes) -> bool:
    return body.lstrip(b"(-").rstrip(b")").replace(b"'", b"").replace(b".", b"").isalnum()


def _is_fixed(variable: Variable) -> bool:
    words = variable.type_text.split()
    return (b"const" in words or b"constexpr" in words) and not variable.is_pointer


def _names_callee(leaf: Node) -> bool:
    node: Node = leaf
    while node.parent is not None and node.parent.type in ("qualified_identifier", "template_function"):
        node = node.parent
    call = node.parent
    return (
        call is not None and call.type == "call_expression" and call.child_by_field_name("function") == node
    )
