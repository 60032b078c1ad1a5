"""Finds the function definitions of a parsed file, and refuses those it cannot read with confidence."""

import hashlib
from dataclasses import dataclass

from tree_sitter import Node

from pie_lsp.cpp.definitions import Definition, definitions
from pie_lsp.cpp.naming import declared_name
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.refusal import Refusals
from pie_lsp.text.lines import LineIndex
from pie_lsp.values.errors import InputError
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.span import Span


@dataclass(frozen=True, slots=True)
class Function:
    """A function definition that was read without doubt.

    node  the ``function_definition`` (its ``template_declaration`` where it has one is the parent)
    body  the ``compound_statement``
    """

    ref: FunctionRef
    node: Node
    body: Node


@dataclass(frozen=True, slots=True)
class Refused:
    """A function definition that is not worked on; `reason` is a sentence."""

    ref: FunctionRef
    reason: str


@dataclass(frozen=True, slots=True)
class FunctionTable:
    """The function definitions of one file, in the order of the file."""

    functions: tuple[Function, ...]
    refused: tuple[Refused, ...]


def find_functions(file: ParsedFile) -> FunctionTable:
    """List the definitions of `file`. Refusal is per function, never per file."""
    lines = LineIndex(file.data)
    refusals = Refusals(file)
    functions: list[Function] = []
    refused: list[Refused] = []
    for definition in definitions(file):
        node = definition.node
        body = node.child_by_field_name("body")
        ref = _ref(file, lines, definition, body) if body is not None else None
        if body is None or ref is None:
            continue
        reason = refusals.reason(node, body, ref)
        if reason is None:
            functions.append(Function(ref, node, body))
        else:
            refused.append(Refused(ref, reason))
    return FunctionTable(tuple(functions), tuple(refused))


def select(table: FunctionTable, name: str, line: int | None = None) -> Function:
    """The one function called `name` (qualified as far as the user likes), on `line` where it is given.

    Raises InputError where there is none, where there are several, and where it is refused.
    """
    every: list[Function | Refused] = [*table.functions, *table.refused]
    found = [one for one in every if _called(one.ref, name, line)]
    if not found:
        raise InputError(_none(table, name, line))
    if len(found) > 1:
        labels = ", ".join(one.ref.label for one in sorted(found, key=lambda one: one.ref.line))
        raise InputError(f"There are {len(found)} functions called {name}: choose one of {labels}.")
    if isinstance(found[0], Refused):
        raise InputError(f"{found[0].ref.label} is not worked on: {found[0].reason}")
    return found[0]


def _called(ref: FunctionRef, name: str, line: int | None) -> bool:
    named = ref.name == name or ref.qualified_name == name or ref.qualified_name.endswith("::" + name)
    return named and line in (None, ref.line)


def _none(table: FunctionTable, name: str, line: int | None) -> str:
    where = "" if line is None else f" on line {line}"
    refs = (*(one.ref for one in table.functions), *(one.ref for one in table.refused))
    names = [ref.label for ref in refs]
    if not names:
        return f"There is no function {name}{where}, nor any other with a body in this file."
    shown = ", ".join(names[:10]) + (", …" if len(names) > 10 else "")
    return f"There is no function {name}{where} in this file; there are: {shown}."


def _ref(file: ParsedFile, lines: LineIndex, definition: Definition, body: Node) -> FunctionRef | None:
    declared = declared_name(file, definition.node)
    if declared is None:
        return None
    span = Span(definition.outer.start_byte, definition.node.end_byte)
    return FunctionRef(
        name=declared.name,
        qualified_name="::".join((*definition.scopes, *declared.scopes, declared.name)),
        line=lines.number(declared.span.start),
        span=span,
        header=Span(span.start, body.start_byte),
        name_span=declared.span,
        body=file.span(body),
        fingerprint=hashlib.sha256(file.data[span.start : span.end]).hexdigest(),
    )
