"""Leads one candidate through every stage, cheapest first, to a verdict.

The order is the promise: nothing is measured that did not pass its tests, and nothing is offered that
was not measured and did not pass the sanitizers.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from pie_lsp.engine.clock import Clock, advice_of
from pie_lsp.engine.confirm import Confirmation
from pie_lsp.engine.finalist import Finals
from pie_lsp.engine.gather import Draft
from pie_lsp.engine.original import Original
from pie_lsp.engine.subject import Subject
from pie_lsp.engine.winner import Winner
from pie_lsp.engine.workbench import Workbench
from pie_lsp.measure import gate
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.report import Rejection, Stage
from pie_lsp.values.toolchain import Binary, BuildFailure, BuildMode
from pie_lsp.verify.candidate import Passed, check
from pie_lsp.verify.identical import reject_identical
from pie_lsp.verify.sanitizers import Clean, check_sanitized
from pie_lsp.verify.static_guard import guard
from pie_lsp.verify.warnings import reject_new_warnings

Verdict = Winner | Rejection


class Judge:
    """Judges the candidates of one request."""

    def __init__(self, subject: Subject, bench: Workbench, original: Original) -> None:
        self._subject = subject
        self._bench = bench
        self._original = original
        self._clock = Clock(bench, original, subject.request.settings.limits)
        self._finals = Finals(subject, bench, original, self._clock)
        self.confirmation = Confirmation(subject, bench, original, self._finals)

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
        """Measure, pass the gate, then the sanitizers, then the finals."""
        measured = await asyncio.shield(self._original.measured)
        oracle = await asyncio.shield(self._original.oracle)
        old = await asyncio.shield(self._original.binary)
        try:
            async with self._bench.quiet(measured.backend):
                comparison = await measured.backend.compare(measured.baseline, old, binary, oracle.measurable)
        except MeasurementError as error:
            return Rejection(Stage.MEASURE, str(error))
        least = self._subject.request.settings.min_speedup
        decision = gate.decide(comparison, measured.baseline, least, is_clock=measured.backend.is_clock)
        winner = Winner(draft, comparison, passed, decision.ratio, decision.notes, binary=binary)
        if not decision.offered:
            asked = await self._ask_the_clock(winner, decision.reason)
            if isinstance(asked, Rejection):
                return asked
            winner = asked
        sanitized = await self._sanitize(draft)
        if isinstance(sanitized, Rejection):
            return sanitized
        return await self._finals.confirm(replace(winner, unchecked=len(sanitized.unchecked)))

    async def finish(self, winners: Sequence[Winner], seconds: float) -> list[Winner]:
        """The winners, best first, with what the clock of this machine says of them."""
        return sorted(await self._finals.timed(winners, seconds), key=lambda winner: winner.order)

    async def _ask_the_clock(self, slow: Winner, reason: str) -> Winner | Rejection:
        """A model charges nothing for system calls, so where they fall tenfold a clock may see the gain."""
        calls = gate.system_calls(slow.comparison)
        if not gate.may_gain_in_the_system(calls):
            return Rejection(Stage.SLOWER, reason)
        try:
            timed = await self._clock.compare(slow.binary)
        except MeasurementError as error:
            return Rejection(Stage.NATIVE, f"{reason} It saves system calls, but: {error}")
        decision = gate.decide_by_clock(timed, self._subject.request.settings.min_speedup)
        if not decision.offered:
            return Rejection(Stage.NATIVE, f"{reason} It saves system calls, but: {decision.reason}")
        return replace(slow, ranking=decision.ratio, system_time=True, native=advice_of(timed))

    async def _sanitize(self, draft: Draft) -> Clean | Rejection:
        sanity = await asyncio.shield(self._original.sanity)
        if sanity.problems:
            return Rejection(Stage.UNVERIFIED, sanity.problems[0])
        oracle = await asyncio.shield(self._original.oracle)
        bench, limits = self._bench, self._subject.request.settings.limits
        unit = self._subject.unit_of(draft.changed)
        return await check_sanitized(bench.compiler, bench.sandbox, unit, oracle, limits, bench.scratch)
