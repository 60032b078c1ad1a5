"""Builds a program whose own functions are kept out of line, so that each one's cost can be told apart.

The attribute is an edit on the bytes of the user's source. A definition that does not compile with it is left
alone, and stays as the optimizer makes it. What is built here is measured to attribute costs, and for nothing
else: no candidate is accepted or rejected by it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pie_lsp.build.compiler import Compiler
from pie_lsp.cpp.functions import Function, FunctionTable, find_functions
from pie_lsp.cpp.out_of_line import out_of_line
from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.tokens import directives
from pie_lsp.text.edits import apply_edits
from pie_lsp.values.edit import Edit
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.span import Span
from pie_lsp.values.toolchain import Binary, BuildFailure, BuildMode, Toolchain, TranslationUnit

_MOST_BUILDS = 4
"""Definitions that do not take the attribute are rare, and the compiler names most of them at once."""
_BOM = b"\xef\xbb\xbf"
_RENUMBERS = re.compile(rb"(?:#|%:)\s*(?:line\b|\d)")
_RENUMBERED = (
    "The source renumbers its lines (#line), so its functions cannot be found again in the compiled program."
)


@dataclass(frozen=True, slots=True)
class Apart:
    """A program with functions kept out of line, and how its places relate to the user's source.

    name       of the source, as the compiler knows it
    source     what was compiled
    functions  every definition of the user's source, those that are not worked on included
    kept       those that were kept out of line
    insertions  where the attribute stands in the user's source, in order, each `length` bytes
    """

    binary: Binary
    name: str
    source: bytes
    functions: tuple[FunctionRef, ...]
    kept: frozenset[FunctionRef]
    insertions: tuple[int, ...]
    length: int

    def owner(self, line: int, column: int) -> FunctionRef | None:
        """The innermost definition around a place that the compiler tells; None outside all of them.

        line, column  counted from 1, in bytes; column 0 where only the line is known
        """
        start, end = _line(self.source, line)
        where = Span(start, max(start, end)) if not column else Span(start + column - 1, start + column)
        where = Span(self._before(where.start), self._before(where.end))
        around = [
            function
            for function in self.functions
            if function.span.contains(where) or (not column and function.span.overlaps(where))
        ]
        return min(around, key=lambda function: len(function.span), default=None)

    def _before(self, offset: int) -> int:
        """An offset in the user's source, from one in what was compiled."""
        places = [place + number * self.length for number, place in enumerate(self.insertions)]
        number = bisect_right(places, offset)
        return max(offset - number * self.length, self.insertions[number - 1] if number else 0)


async def build_apart(compiler: Compiler, unit: TranslationUnit) -> Apart:
    """Build `unit` with as many of its functions kept out of line as the compiler takes.

    Raises MeasurementError where it cannot be built so at all, and what `Compiler.build` raises.
    """
    if any(_RENUMBERS.match(unit.source, token.span.start) for token in directives(unit.source)):
        raise MeasurementError(_RENUMBERED)
    table = find_functions(parse(unit.source))
    attribute = _attribute(compiler.toolchain)
    chosen = list(table.functions)
    for _ in range(_MOST_BUILDS):
        built = await _built(compiler, unit, table, chosen, attribute)
        if isinstance(built, Apart):
            return built
        at_fault = _at_fault(unit, chosen, built)
        chosen = [function for function in chosen if function not in at_fault] if at_fault else []
    built = await _built(compiler, unit, table, [], attribute)
    if isinstance(built, BuildFailure):
        raise MeasurementError(f"The program cannot be built for attribution. {built.reason}")
    return built


async def _built(
    compiler: Compiler,
    unit: TranslationUnit,
    table: FunctionTable,
    chosen: Sequence[Function],
    attribute: bytes,
) -> Apart | BuildFailure:
    found = [(function, out_of_line(unit.source, function, attribute)) for function in chosen]
    edits = _in_order(edit for _, edit in found if edit is not None)
    source = apply_edits(unit.source, edits)
    built = await compiler.build(TranslationUnit(unit.name, unit.folder, source), BuildMode.ATTRIBUTED)
    if isinstance(built, BuildFailure):
        return built
    return Apart(
        binary=built,
        name=unit.name,
        source=source,
        functions=(*(one.ref for one in table.functions), *(one.ref for one in table.refused)),
        kept=frozenset(function.ref for function, edit in found if edit is not None),
        insertions=tuple(edit.span.start for edit in edits),
        length=len(attribute) + 1,
    )


def _attribute(toolchain: Toolchain) -> bytes:
    """Two functions that do the same stay two with g++; Clang does not join any, and knows no such word."""
    if "clang" in toolchain.version.lower():
        return b"__attribute__((__noinline__))"
    return b"__attribute__((__noinline__, __no_icf__))"


def _in_order(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    return tuple(sorted(edits, key=lambda edit: edit.span))


def _at_fault(unit: TranslationUnit, chosen: Sequence[Function], failure: BuildFailure) -> list[Function]:
    """The definitions that an error of the compiler points into; the attribute moves no line."""
    error = re.compile(rf"^{re.escape(unit.name)}:(\d+):\d+: (?:fatal )?error: ", re.MULTILINE)
    lines = [_line(unit.source, int(number)) for number in error.findall(failure.diagnostics)]
    places = [Span(start, max(start, end)) for start, end in lines]
    return [one for one in chosen if any(one.ref.span.overlaps(place) for place in places)]


def _line(source: bytes, number: int) -> tuple[int, int]:
    r"""Start and end of a line as compilers count: each ends at \n, and a byte-order mark is not seen."""
    start = len(_BOM) if source.startswith(_BOM) else 0
    for _ in range(number - 1):
        start = source.find(b"\n", start) + 1 or len(source)
    end = source.find(b"\n", start)
    return start, len(source) if end < 0 else end
