"""Finds the function definitions of a parsed file, and refuses those it cannot read with confidence."""

from dataclasses import dataclass

from tree_sitter import Node

from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.values.function import FunctionRef


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
    raise NotImplementedError(file)
