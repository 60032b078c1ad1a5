"""Shapes of calls, statements and loops that several rules look for. Decides nothing about soundness."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.effects import is_library_call
from pie_lsp.cpp.expressions import type_of
from pie_lsp.cpp.names import code_only
from pie_lsp.cpp.scope import Variable, ancestors, walk
from pie_lsp.cpp.tokens import directives
from pie_lsp.cpp.types import INTEGERS
from pie_lsp.cpp.usage import UseKind

LOOPS = frozenset({"for_statement", "for_range_loop", "while_statement", "do_statement"})
_STARTS = {b"0": b"<", b"1": b"<="}


@dataclass(frozen=True, slots=True)
class MethodCall:
    """``base.name(arguments)`` with a plain variable as its base."""

    call: Node
    base: Node
    name: bytes
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class RangeCall:
    """``name(v.begin(), v.end(), rest...)`` of the standard library, over one whole variable."""

    call: Node
    callee: Node
    name: bytes
    container: Node
    begin: Node
    end: Node
    rest: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class CountedLoop:
    """A loop whose number of rounds is known when it starts.

    rounds      the expression that gives it, in the user's own words
    may_be_negative  that expression is of a signed type
    is_size     that many elements exist; any other number could be absurd
    """

    loop: Node
    body: Node
    rounds: bytes
    may_be_negative: bool
    is_size: bool = False


def says(analysis: Analysis, pattern: re.Pattern[bytes]) -> bool:
    """Whether the code of the file or of the user's headers matches anywhere, macros included."""
    for source in (analysis.file.data, *analysis.headers):
        if pattern.search(code_only(source)):
            return True
        lines = (source[line.span.start : line.span.end] for line in directives(source))
        if any(pattern.search(line) for line in lines if b"include" not in line):
            return True
    return False


def library_name(analysis: Analysis, name: bytes) -> bytes:
    """How the standard function `name` is written: with ``std::`` where the word alone could mean another.

    A local variable of that name would hide it as well, so any mention of the word counts.
    """
    is_clear = analysis.names.reaches_std(name) and not says(analysis, re.compile(rb"\b%b\b" % name))
    return name if is_clear else b"std::" + name


def arguments(call: Node) -> tuple[Node, ...]:
    """The arguments of a call, comments left out."""
    found = call.child_by_field_name("arguments")
    if found is None:
        return ()
    return tuple(child for child in found.named_children if child.type != "comment")


def method_call(analysis: Analysis, node: Node | None) -> MethodCall | None:
    """`node` as a call of a member function of a variable."""
    if node is None or node.type != "call_expression":
        return None
    callee = node.child_by_field_name("function")
    if callee is None or callee.type != "field_expression":
        return None
    base, field = callee.child_by_field_name("argument"), callee.child_by_field_name("field")
    dot = callee.child_by_field_name("operator")
    if (
        base is None
        or field is None
        or base.type != "identifier"
        or dot is None
        or analysis.text(dot) != b"."
    ):
        return None
    return MethodCall(node, base, analysis.text(field), arguments(node))


def range_call(analysis: Analysis, call: Node, names: frozenset[bytes]) -> RangeCall | None:
    """`call` as a standard algorithm of `names` over a whole variable."""
    callee = call.child_by_field_name("function")
    given = arguments(call)
    if callee is None or len(given) < 2 or not is_library_call(analysis, call, names):
        return None
    begin, end = method_call(analysis, given[0]), method_call(analysis, given[1])
    if begin is None or end is None or (begin.name, end.name) != (b"begin", b"end"):
        return None
    if analysis.text(begin.base) != analysis.text(end.base) or begin.arguments or end.arguments:
        return None
    leaf = callee.child_by_field_name("name") or callee if callee.type != "identifier" else callee
    return RangeCall(call, leaf, analysis.text(leaf), begin.base, given[0], given[1], given[2:])


def block_of(statement: Node) -> Node | None:
    """The block in which `statement` is a statement of its own."""
    parent = statement.parent
    return parent if parent is not None and parent.type == "compound_statement" else None


def body_statements(body: Node | None) -> tuple[Node, ...]:
    """The statements of a loop or branch, braced or not, comments left out."""
    if body is None:
        return ()
    if body.type != "compound_statement":
        return (body,)
    return tuple(child for child in body.named_children if child.type != "comment")


def statement_in(block: Node, node: Node) -> Node | None:
    """The statement of `block` in which `node` stands."""
    return next((outer for outer in (node, *ancestors(node)) if outer.parent == block), None)


def contains(outer: Node, inner: Node) -> bool:
    """Whether `inner` lies inside `outer`."""
    return outer.start_byte <= inner.start_byte and inner.end_byte <= outer.end_byte


def sole_expression(statement: Node) -> Node | None:
    """The expression of an expression statement."""
    if statement.type != "expression_statement":
        return None
    inner = [child for child in statement.named_children if child.type != "comment"]
    return inner[0] if len(inner) == 1 else None


def is_always_run(node: Node, condition: Node) -> bool:
    """Whether evaluating `condition` always evaluates `node`."""
    inner = node
    for outer in (node, *ancestors(node)):
        if any(child.type in ("&&", "||", "?") for child in outer.children) and outer.children[0] != inner:
            return False
        if outer == condition:
            return True
        if outer.type == "lambda_expression":
            return False
        inner = outer
    return False


def counted_loop(analysis: Analysis, loop: Node) -> CountedLoop | None:
    """`loop` as ``for (int i = 0; i < n; i++)`` or a range-based loop, left by nothing but its end."""
    body = loop.child_by_field_name("body")
    if body is None or analysis.hides(loop) or any(_leaves(body)):
        return None
    if loop.type == "for_range_loop":
        return _over_container(analysis, loop, body)
    if loop.type != "for_statement":
        return None
    counter = _counter(analysis, loop)
    condition = loop.child_by_field_name("condition")
    if counter is None or condition is None or condition.type != "binary_expression":
        return None
    left, right = condition.child_by_field_name("left"), condition.child_by_field_name("right")
    sign = condition.child_by_field_name("operator")
    if left is None or right is None or sign is None or analysis.text(left) != counter.name:
        return None
    start = analysis.text(counter.value) if counter.value is not None else b""
    if _STARTS.get(start) != analysis.text(sign) or any(_writes(analysis, counter, body)):
        return None
    return _bounded(analysis, loop, body, right)


def _counter(analysis: Analysis, loop: Node) -> Variable | None:
    """The integer that the loop declares and its update increments."""
    update = loop.child_by_field_name("update")
    declared = loop.child_by_field_name("initializer")
    found = [v for v in analysis.scopes.variables if declared is not None and v.declaration.id == declared.id]
    if len(found) != 1 or update is None or update.type != "update_expression":
        return None
    kind = analysis.names.type_of(found[0].type_text)
    steps = analysis.text(update).replace(b" ", b"") in (found[0].name + b"++", b"++" + found[0].name)
    return found[0] if kind is not None and kind.is_integer and found[0].is_direct and steps else None


def _writes(analysis: Analysis, variable: Variable, region: Node) -> Iterator[bool]:
    harmless = (UseKind.READ, UseKind.ARGUMENT)
    return (
        True for use in analysis.uses(variable) if contains(region, use.leaf) and use.kind not in harmless
    )


def _bounded(analysis: Analysis, loop: Node, body: Node, bound: Node) -> CountedLoop | None:
    text = analysis.text(bound)
    if bound.type == "number_literal":
        return CountedLoop(loop, body, text, may_be_negative=False) if text.isdigit() else None
    size = method_call(analysis, _without_cast(bound))
    if size is not None and size.name == b"size" and not size.arguments and type_of(analysis, size.call):
        return CountedLoop(loop, body, analysis.text(size.call), may_be_negative=False, is_size=True)
    kind = type_of(analysis, bound) if bound.type == "identifier" else None
    if kind is None or not kind.is_integer or analysis.is_in_macro(text):
        return None
    return CountedLoop(loop, body, text, may_be_negative=INTEGERS[kind.name][1])


def _without_cast(node: Node) -> Node | None:
    """``v.size()`` behind ``(int)``."""
    return node.child_by_field_name("value") if node.type == "cast_expression" else node


def _over_container(analysis: Analysis, loop: Node, body: Node) -> CountedLoop | None:
    source = loop.child_by_field_name("right")
    if source is None or source.type != "identifier":
        return None
    kind = type_of(analysis, source)
    if kind is None or kind.element is None or kind.is_one_of("forward_list"):
        return None
    return CountedLoop(loop, body, analysis.text(source) + b".size()", may_be_negative=False, is_size=True)


def _leaves(body: Node) -> Iterator[Node]:
    jumps = ("break_statement", "continue_statement", "return_statement", "throw_statement", "goto_statement")
    ends = ("exit", "abort", "terminate")
    for node in walk(body):
        if node.type in jumps or (node.type == "identifier" and node.text and node.text.decode() in ends):
            yield node
