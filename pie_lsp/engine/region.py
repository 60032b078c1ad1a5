"""What one function takes of a program, callees included: marks around its body that only gem5 understands.

The marks are instructions that no processor has, so a marked program is built for the simulator alone and
never runs anywhere else. Knows sources and functions, and nothing of how a region is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pie_lsp.build.compiler import Compiler
from pie_lsp.cpp.functions import Function, find_functions, select
from pie_lsp.cpp.parse import parse
from pie_lsp.engine.contract import FunctionSelector
from pie_lsp.engine.workbench import Workbench
from pie_lsp.measure.gem5.backend import Gem5Backend, RegionCost
from pie_lsp.text.edits import apply_edits
from pie_lsp.values.edit import Edit
from pie_lsp.values.errors import InputError, SettingsError
from pie_lsp.values.span import Span
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, BuildFailure, BuildMode, TranslationUnit

_WORK_BEGIN, _WORK_END = 0x5A, 0x5B
"""Numbers of gem5's instructions that begin and end a region of interest (m5 work_begin, work_end)."""
_GUARD = (
    " struct PieLspRegion {{"
    ' PieLspRegion() {{ asm volatile(".byte 0x0f, 0x04; .word {begin}" '
    ': : "D"(0L), "S"(0L) : "rax", "memory"); }}'
    ' ~PieLspRegion() {{ asm volatile(".byte 0x0f, 0x04; .word {end}" '
    ': : "D"(0L), "S"(0L) : "rax", "memory"); }} }} pieLspRegion;'
)
_SEPARATE = b" [[gnu::noinline]] "
"""Behind the function's name, where it belongs to the function whatever stands before it."""


@dataclass(frozen=True, slots=True)
class RegionReport:
    """One function's share of a program, one cost per case.

    function  its label, ``name@line``
    """

    function: str
    costs: tuple[RegionCost, ...]

    @property
    def share(self) -> float:
        """Of the whole program with its marks, over all cases."""
        whole = sum(cost.whole for cost in self.costs)
        return sum(cost.amount for cost in self.costs) / whole if whole else 0.0

    @property
    def most_speedup(self) -> float | None:
        """The whole program's, if the function cost nothing (Amdahl); None where it is all of the program."""
        return 1 / (1 - self.share) if self.share < 1 else None


async def measure_region(
    bench: Workbench,
    unit: TranslationUnit,
    original: Binary,
    selector: FunctionSelector,
    cases: Sequence[TestCase],
) -> RegionReport:
    """Build `unit` with marks around a function and simulate it beside `original`.

    Raises SettingsError where another backend than gem5 measures, and InputError where there is no such
    function or it cannot be marked.
    """
    backend = bench.backend
    if not isinstance(backend, Gem5Backend):
        raise SettingsError(
            f"Only gem5 can tell what one function takes; add --backend gem5 (here {backend.name} measures)."
        )
    function = select(find_functions(parse(unit.source)), selector.name, selector.line)
    marked = await build_marked(bench.compiler, unit, function)
    costs = [await backend.measure_region(marked, original, case) for case in cases]
    return RegionReport(function.ref.label, tuple(costs))


def marked_source(source: bytes, function: Function, *, separate: bool = True) -> bytes:
    """`source` with a guard at the beginning of the function's body, which also ends on every way out.

    separate  the function is not inlined either
    """
    guard = _GUARD.format(begin=_WORK_BEGIN, end=_WORK_END).encode("ascii")
    name, body = function.ref.name_span.end, function.ref.body.start + 1
    edits = (Edit(Span(name, name), _SEPARATE), Edit(Span(body, body), guard))
    return apply_edits(source, edits if separate else edits[1:])


async def build_marked(compiler: Compiler, unit: TranslationUnit, function: Function) -> Binary:
    """Raises InputError where the function cannot be marked."""
    # A compiler takes an attribute behind the name of every function but a constructor.
    for separate in (True, False):
        marked = replace(unit, source=marked_source(unit.source, function, separate=separate))
        built = await compiler.build(marked, BuildMode.OPTIMIZED)
        if isinstance(built, Binary):
            break
    if isinstance(built, BuildFailure):
        raise InputError(
            f"{function.ref.label} cannot be measured by itself, since it does not compile with the marks "
            f"that gem5 needs (constexpr functions do not). {built.reason}"
        )
    return built
