"""The last stage: what is about to be offered is looked at once more, as is too dear for every candidate.

Whoever comes here has passed its tests, the gate and the sanitizers. Where a simulator is there, `confirm.py`
asks it about those that are left when all candidates have been here.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from pie_lsp.engine.clock import NOT_TIMED, Clock
from pie_lsp.engine.original import Original
from pie_lsp.engine.subject import Subject
from pie_lsp.engine.winner import Winner
from pie_lsp.engine.workbench import Workbench
from pie_lsp.measure.contract import Backend
from pie_lsp.measure.gate import LARGER_INPUT
from pie_lsp.measure.layout import AS_BUILT, layout_doubt, layout_range
from pie_lsp.sandbox.beside import all_of
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.measurement import Baseline, Comparison, NativeAdvice
from pie_lsp.values.report import Rejection, Stage
from pie_lsp.values.toolchain import LAYOUTS, BuildFailure, BuildMode


class Finals:
    """Confirms the finalists of one request, and asks the clock of this machine about them."""

    def __init__(self, subject: Subject, bench: Workbench, original: Original, clock: Clock) -> None:
        self._subject = subject
        self._bench = bench
        self._original = original
        self._clock = clock

    async def confirm(self, finalist: Winner) -> Winner | Rejection:
        """Measure old and new in other layouts; a gain that layout may have made is not offered.

        A clock has its own interval, and stands for system time alone, which hangs on no layout.
        """
        measured = await asyncio.shield(self._original.measured)
        if measured.backend.is_clock or finalist.system_time:
            return finalist
        return await self.in_layouts(finalist, measured.backend, measured.baseline)

    async def in_layouts(self, finalist: Winner, backend: Backend, baseline: Baseline) -> Winner | Rejection:
        """`finalist`, whose comparison is by `backend`, with what that says of its other layouts."""
        compared = await all_of([self._compared(finalist, mode, backend, baseline) for mode in LAYOUTS])
        figures = [(AS_BUILT, finalist.comparison)]
        for mode, comparison in zip(LAYOUTS, compared, strict=True):
            if isinstance(comparison, Rejection):
                return comparison
            figures.append((mode.value, comparison))
        layouts = layout_range(figures, net=LARGER_INPUT in finalist.notes)
        doubt = layout_doubt(layouts)
        return Rejection(Stage.LAYOUT, doubt) if doubt else replace(finalist, layouts=layouts)

    async def _compared(
        self, finalist: Winner, mode: BuildMode, backend: Backend, baseline: Baseline
    ) -> Comparison | Rejection:
        oracle = await asyncio.shield(self._original.oracle)
        unit = self._subject.unit_of(finalist.draft.changed)
        old, new = await all_of([self._original.in_layout(mode), self._bench.compiler.build(unit, mode)])
        if isinstance(old, BuildFailure) or isinstance(new, BuildFailure):
            reason = next(built.reason for built in (old, new) if isinstance(built, BuildFailure))
            return Rejection(Stage.BUILD, f"it cannot be built in another layout ({mode.value}): {reason}")
        try:
            return await backend.compare(baseline, old, new, oracle.measurable)
        except MeasurementError as error:
            return Rejection(Stage.MEASURE, f"In another layout ({mode.value}): {error}")

    async def timed(self, winners: Sequence[Winner], seconds: float) -> list[Winner]:
        """The winners with what the clock of this machine says, as advice; it takes no longer than `seconds`.

        Nothing else is at work by now, and what is cut off costs no winner its place.
        """
        measured = await asyncio.shield(self._original.measured)
        if measured.backend.is_clock:
            return list(winners)
        advised: list[Winner] = []
        try:
            async with asyncio.timeout(seconds):
                for winner in winners:
                    native = winner.native or await self._clock.advise(winner.binary)
                    advised.append(replace(winner, native=native))
        except TimeoutError:
            rest = winners[len(advised) :]
            advised += [replace(one, native=one.native or NativeAdvice(NOT_TIMED)) for one in rest]
        return advised
