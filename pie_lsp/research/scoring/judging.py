"""Judges the answers to one task: whether they are right, what they cost, whether they would be offered.

Right is what PIE calls so: it compiles and passes every test. Costs of the answer and of the original are of
one backend on one machine model, which is never a clock. Apart from both it is told whether the answer, read
as the product reads it, passes the whole gate: a program that prints what the tests expect is right by tests
alone, and is not offered.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from pie_lsp.engine.gather import Draft
from pie_lsp.engine.judge import Judge, Verdict
from pie_lsp.engine.original import Measured, Original
from pie_lsp.engine.subject import Subject
from pie_lsp.engine.winner import Winner
from pie_lsp.engine.workbench import Workbench, open_workbench
from pie_lsp.measure import gate
from pie_lsp.measure.compare import total
from pie_lsp.measure.contract import KilledRunError
from pie_lsp.prompting.answers import Unusable
from pie_lsp.prompting.target import Target
from pie_lsp.research.labelling import check_room
from pie_lsp.research.scoring.kept import ProgramRow, VerdictRow
from pie_lsp.research.scoring.programs import Reading
from pie_lsp.text.edits import apply_edits
from pie_lsp.values.candidate import Candidate, Grant, ProposerKind, Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.report import Rejection, Stage
from pie_lsp.values.settings import Settings
from pie_lsp.values.toolchain import Binary, BuildMode

_PROVENANCE = Provenance("scored", "1", ProposerKind.MODEL)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A verdict; `settled` where another run could come to no other."""

    verdict: VerdictRow
    settled: bool = True


class Court:
    """Judges answers to one task on one workbench."""

    def __init__(self, subject: Subject, bench: Workbench, original: Original) -> None:
        self._subject = subject
        self._bench = bench
        self._original = original
        self._measured: Measured | None = None
        self._judge = Judge(subject, bench, original)

    async def program(self, key: str) -> ProgramRow:
        """What the original does and costs."""
        oracle = await asyncio.shield(self._original.oracle)
        left_out = tuple(one.reason for one in (*oracle.left_out, *oracle.compared_only))
        if not oracle.measurable:
            problem = "No test is left on which it gives the expected output and ends by itself."
            return ProgramRow(key, problem=problem, left_out=left_out)
        row = ProgramRow(key, tests=len(oracle.answers), left_out=left_out)
        try:
            measured = await asyncio.shield(self._original.measured)
        except MeasurementError as error:
            return replace(row, unmeasured=str(error))
        if measured.backend.is_clock:
            return replace(row, unmeasured=" ".join(measured.advice))
        self._measured = measured
        return replace(row, cost=measured.baseline.total, unit=measured.baseline.unit)

    async def judge(self, key: str, target: Target, reading: Reading) -> Weighed:
        """The verdict on one answer. Raises SandboxError where the machine is to blame."""
        scored = await self._scored(key, reading)
        if not scored.settled:
            reason = scored.verdict.reason
            return Weighed(replace(scored.verdict, stage=Stage.UNVERIFIED.value, refusal=reason), False)
        fallen = await self._offered(target, reading)
        if isinstance(fallen, Winner):
            return Weighed(
                replace(
                    scored.verdict, offered=total(fallen.comparison.new), old=total(fallen.comparison.old)
                )
            )
        settled = fallen.stage is not Stage.UNVERIFIED or await self._is_unfit(fallen)
        return Weighed(replace(scored.verdict, stage=fallen.stage.value, refusal=fallen.reason), settled)

    async def _is_unfit(self, fallen: Rejection) -> bool:
        """Whether it is the original itself, and not this machine, on which nothing can be verified."""
        return fallen.reason in (await asyncio.shield(self._original.sanity)).problems

    async def _scored(self, key: str, reading: Reading) -> Weighed:
        if not reading.programs:
            assert isinstance(reading.edits, Unusable), "what can be put into the file is a program"
            return Weighed(VerdictRow(key, False, reason=reading.edits.reason))
        reason, settled = "", True
        for source in reading.programs:
            built = await self._bench.compiler.build(self._subject.unit_of(source), BuildMode.OPTIMIZED)
            if isinstance(built, Binary):
                return await self._tested(key, built)
            reason, settled = reason or built.reason, not built.from_outside
        return Weighed(VerdictRow(key, False, reason=reason), settled)

    async def _tested(self, key: str, built: Binary) -> Weighed:
        verdict = await self._judge.checked(built)
        if isinstance(verdict, Rejection):
            return Weighed(VerdictRow(key, False, reason=verdict.reason), verdict.stage is Stage.TESTS)
        if self._measured is None:
            # Whether that is for ever, nobody says.
            return Weighed(VerdictRow(key, True, reason="The original could not be measured."), False)
        try:
            comparison = await self._judge.compared(built)
        except MeasurementError as error:
            check_room(self._bench)
            settled = not isinstance(error, KilledRunError)
            return Weighed(VerdictRow(key, True, reason=str(error)), settled)
        return Weighed(VerdictRow(key, True, total(comparison.old), total(comparison.new)))

    async def _offered(self, target: Target, reading: Reading) -> Verdict:
        """What would be offered of the answer, or where it falls on the way.

        The clock, which the product asks where system calls fall tenfold, is not asked here.
        """
        if isinstance(reading.edits, Unusable):
            return Rejection(Stage.PREPARE, reading.edits.reason)
        draft = _draft(target, reading.edits.edits, reading.edits.grants)
        tested = await self._judge.test(draft)
        if isinstance(tested, Rejection):
            return tested
        binary, passed = tested
        if self._measured is None:
            # Only for an answer that is not correct as it stands is this asked.
            return Rejection(Stage.UNVERIFIED, "The original could not be measured.")
        try:
            comparison = await self._judge.compared(binary)
        except MeasurementError as error:
            return Rejection(Stage.MEASURE, str(error))
        least = self._subject.request.settings.min_speedup
        decision = gate.decide(comparison, self._measured.baseline, least, is_clock=False)
        if not decision.offered:
            return Rejection(Stage.SLOWER, decision.reason)
        return await self._judge.weigh(draft, binary, passed)


@asynccontextmanager
async def open_court(subject: Subject, settings: Settings, answers: int) -> AsyncIterator[Court]:
    """A court for the program of `subject`. Raises InputError where it does not compile."""
    path = subject.request.path
    async with open_workbench(settings, path, expected_builds=answers + 2, or_clock=False) as bench:
        original = Original(subject, bench)
        try:
            await asyncio.shield(original.binary)
            yield Court(subject, bench, original)
        finally:
            await original.close()


def _draft(target: Target, edits: tuple[Edit, ...], grants: frozenset[Grant]) -> Draft:
    ref = target.function.ref
    made = Candidate(ref, f"Rewrite {ref.name}", "", edits, _PROVENANCE, grants, may_add_ub=True)
    return Draft(made, apply_edits(target.file.data, edits))
