"""Leads one candidate through every stage, cheapest first, to a verdict.

The order is the promise: nothing is measured that did not pass its tests, and nothing is offered that
was not measured and did not pass the sanitizers.
"""

import asyncio
from dataclasses import dataclass

from pie_lsp.engine.gather import Draft
from pie_lsp.engine.original import Original
from pie_lsp.engine.subject import Subject
from pie_lsp.engine.workbench import Workbench
from pie_lsp.measure.gate import decide
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.measurement import Comparison
from pie_lsp.values.report import Rejection, Stage
from pie_lsp.values.toolchain import Binary, BuildFailure, BuildMode
from pie_lsp.verify.candidate import Passed, check
from pie_lsp.verify.identical import reject_identical
from pie_lsp.verify.sanitizers import Clean, check_sanitized
from pie_lsp.verify.static_guard import guard
from pie_lsp.verify.warnings import reject_new_warnings


@dataclass(frozen=True, slots=True)
class Winner:
    """A candidate that survived everything.

    ranking    the ratio that the gate judged: the speedup, or the net one on tiny inputs
    unchecked  tests that are too long or too large for sanitizers
    """

    draft: Draft
    comparison: Comparison
    passed: int
    ranking: float
    notes: tuple[str, ...]
    unchecked: int = 0


Verdict = Winner | Rejection


class Judge:
    """Judges the candidates of one request."""

    def __init__(self, subject: Subject, bench: Workbench, original: Original) -> None:
        self._subject = subject
        self._bench = bench
        self._original = original

    async def judge(self, draft: Draft) -> Verdict:
        """All stages in turn."""
        tested = await self.test(draft)
        if isinstance(tested, Rejection):
            return tested
        return await self.weigh(draft, *tested)

    async def test(self, draft: Draft) -> tuple[Binary, int] | Rejection:
        """Static guard, build, warnings, identical code, tests."""
        refusal = await asyncio.to_thread(
            guard, self._subject.file, draft.candidate, draft.changed, self._subject.suite
        )
        if refusal is not None:
            return refusal
        built = await self._bench.compiler.build(self._subject.unit_of(draft.changed), BuildMode.OPTIMIZED)
        if isinstance(built, BuildFailure):
            return Rejection(Stage.BUILD, f"it does not compile: {built.reason}")
        old = await asyncio.shield(self._original.binary)
        refusal = reject_identical(old, built) or reject_new_warnings(old, built)
        if refusal is not None:
            return refusal
        oracle = await asyncio.shield(self._original.oracle)
        verdict = await check(self._bench.sandbox, built, oracle, self._bench.scratch)
        if not isinstance(verdict, Passed):
            return verdict
        return built, verdict.count

    async def weigh(self, draft: Draft, binary: Binary, passed: int) -> Verdict:
        """Measure, pass the gate, then the sanitizers."""
        measured = await asyncio.shield(self._original.measured)
        oracle = await asyncio.shield(self._original.oracle)
        old = await asyncio.shield(self._original.binary)
        try:
            async with self._bench.quiet(measured.backend):
                comparison = await measured.backend.compare(measured.baseline, old, binary, oracle.measurable)
        except MeasurementError as error:
            return Rejection(Stage.MEASURE, str(error))
        decision = decide(
            comparison,
            measured.baseline,
            self._subject.request.settings.min_speedup,
            is_clock=measured.backend.is_clock,
        )
        if not decision.offered:
            return Rejection(Stage.SLOWER, decision.reason)
        sanitized = await self._sanitize(draft)
        if isinstance(sanitized, Rejection):
            return sanitized
        return Winner(
            draft, comparison, passed, decision.ratio, decision.notes, unchecked=len(sanitized.unchecked)
        )

    async def _sanitize(self, draft: Draft) -> Clean | Rejection:
        sanity = await asyncio.shield(self._original.sanity)
        if sanity.problems:
            return Rejection(Stage.UNVERIFIED, sanity.problems[0])
        oracle = await asyncio.shield(self._original.oracle)
        bench, limits = self._bench, self._subject.request.settings.limits
        unit = self._subject.unit_of(draft.changed)
        return await check_sanitized(bench.compiler, bench.sandbox, unit, oracle, limits, bench.scratch)
