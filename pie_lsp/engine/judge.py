"""Leads one candidate through every stage, cheapest first, to a verdict.

The order is the promise: nothing is measured that did not pass its tests, and nothing is offered that
was not measured and did not pass the sanitizers.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pie_lsp.engine import feedback
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
from pie_lsp.values.measurement import Comparison
from pie_lsp.values.report import Rejection, Stage
from pie_lsp.values.testing import TestSuite
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
        self._problems: dict[bytes, str] = {}
        self._tested: dict[str, Passed | Rejection] = {}
        self._compared: dict[str, Comparison] = {}
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.confirmation = Confirmation(subject, bench, original, self._finals, self._ask_the_clock)

    @property
    def source(self) -> bytes:
        """The original."""
        return self._subject.request.source

    def problem(self, draft: Draft) -> str | None:
        """What whoever wrote `draft` can be told about its fall; None where there is nothing to repair."""
        return self._problems.get(draft.changed)

    async def judge(self, draft: Draft) -> Verdict:
        """All stages in turn."""
        tested = await self.test(draft)
        if isinstance(tested, Rejection):
            return tested
        return await self.weigh(draft, *tested)

    async def test(self, draft: Draft) -> tuple[Binary, int] | Rejection:
        """Static guard, build, warnings, identical code, tests."""
        suite = await self._suite(draft)
        refusal = await asyncio.to_thread(guard, self._subject.file, draft.candidate, draft.changed, suite)
        if refusal is not None:
            return refusal
        built = await self._bench.compiler.build(self._subject.unit_of(draft.changed), BuildMode.OPTIMIZED)
        if isinstance(built, BuildFailure):
            if built.from_outside and not draft.candidate.provenance.by_rule:
                return Rejection(Stage.UNVERIFIED, built.reason)
            name = self._subject.request.path.name
            told = feedback.of_build(built, name, self.source, draft.candidate.edits)
            return self._fall(draft, Rejection(Stage.BUILD, f"it does not compile: {built.reason}"), told)
        old = await asyncio.shield(self._original.binary)
        if (refusal := reject_identical(old, built)) is not None:
            return self._fall(draft, refusal, feedback.same_code())
        if (refusal := reject_new_warnings(old, built)) is not None:
            return self._fall(draft, refusal, refusal.reason)
        oracle = await asyncio.shield(self._original.oracle)
        verdict = await self.checked(built)
        if isinstance(verdict, Passed):
            return built, verdict.count
        return self._fall(draft, verdict, feedback.of_test(verdict, oracle))

    async def _suite(self, draft: Draft) -> TestSuite:
        """The tests as the static guard needs to know them.

        A model may know what the original prints, also where no file says it: from a repair, or by working
        it out. So what it wrote is held against these outputs too, and what a person wrote likewise.
        """
        if draft.candidate.provenance.by_rule:
            return self._subject.suite
        oracle = await asyncio.shield(self._original.oracle)
        cases = (replace(answer.test, expected=answer.outcome.stdout) for answer in oracle.answers)
        return replace(self._subject.suite, cases=tuple(cases))

    async def checked(self, built: Binary) -> Passed | Rejection:
        """Run the tests, once for each machine code: several candidates of a model may come to the same."""
        oracle = await asyncio.shield(self._original.oracle)
        async with self._turns[f"test {built.code_digest}"]:
            known = self._tested.get(built.code_digest)
            if known is None:
                known = await check(self._bench.sandbox, built, oracle, self._bench.scratch)
                if not isinstance(known, Rejection) or known.stage is Stage.TESTS:
                    self._tested[built.code_digest] = known
            return known

    async def compared(self, binary: Binary) -> Comparison:
        """Measure, once for each machine code. Raises MeasurementError."""
        measured = await asyncio.shield(self._original.measured)
        oracle = await asyncio.shield(self._original.oracle)
        old = await asyncio.shield(self._original.binary)
        async with self._turns[f"measure {binary.code_digest}"]:
            known = self._compared.get(binary.code_digest)
            if known is None:
                backend = measured.backend
                async with self._bench.quiet(backend):
                    known = await backend.compare(measured.baseline, old, binary, oracle.measurable)
                self._compared[binary.code_digest] = known
            return known

    def _fall(self, draft: Draft, rejection: Rejection, told: str) -> Rejection:
        """`rejection`, with what whoever wrote the draft is told, unless the draft was not at fault."""
        if rejection.stage is not Stage.UNVERIFIED:
            self._problems[draft.changed] = told
        return rejection

    async def weigh(self, draft: Draft, binary: Binary, passed: int) -> Verdict:
        """Measure, pass the gate, then the sanitizers, then the finals."""
        measured = await asyncio.shield(self._original.measured)
        try:
            comparison = await self.compared(binary)
        except MeasurementError as error:
            return Rejection(Stage.MEASURE, str(error))
        least = self._subject.request.settings.min_speedup
        decision = gate.decide(comparison, measured.baseline, least, is_clock=measured.backend.is_clock)
        winner = Winner(draft, comparison, passed, decision.ratio, decision.notes, binary=binary)
        if not decision.offered:
            asked = await self._ask_the_clock(winner, decision.reason)
            if isinstance(asked, Rejection):
                return self._fall(draft, asked, feedback.of_speed(decision.ratio, least))
            winner = asked
        sanitized = await self._sanitize(draft)
        if isinstance(sanitized, Rejection):
            return self._fall(draft, sanitized, f"It passes every test, but: {sanitized.reason}")
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
