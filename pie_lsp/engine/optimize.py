"""The use case: propose, verify, measure, combine, rank. Both faces call `optimize` and nothing else.

Cancelling the awaiting task is the one way to stop: the sandbox kills every child on the way out.
"""

import asyncio
import time
from dataclasses import replace

from pie_lsp.engine.asking import Asking, open_asking
from pie_lsp.engine.by_hand import by_hand
from pie_lsp.engine.cache import ResultCache
from pie_lsp.engine.combine import better_than, combination
from pie_lsp.engine.contract import Listener, OptimizeRequest
from pie_lsp.engine.evidence import evidence
from pie_lsp.engine.gather import Draft, Gathered, each_once, gather
from pie_lsp.engine.judge import Judge, Verdict
from pie_lsp.engine.meter import Meter
from pie_lsp.engine.offer import offer, summary
from pie_lsp.engine.original import Original
from pie_lsp.engine.remember import recall, remember
from pie_lsp.engine.repair import Judged
from pie_lsp.engine.rounds import Rounds
from pie_lsp.engine.shares import CUT_OFF, Shares
from pie_lsp.engine.subject import Subject, read_subject
from pie_lsp.engine.winner import Winner
from pie_lsp.engine.workbench import Workbench, open_workbench
from pie_lsp.values.measurement import Baseline
from pie_lsp.values.report import OptimizeReport, Rejected, Rejection, Stage, Suggestion
from pie_lsp.values.settings import Settings
from pie_lsp.values.testing import TestSuite
from pie_lsp.values.toolchain import Toolchain

HOW_TO_ADD_A_TEST = (
    "Put an input beside the program as {stem}.tests/1.in (and, if you know it, its output as "
    "{stem}.tests/1.out), or name one with --tests; the old program is the oracle."
)

CHANGED_MEANWHILE = (
    "A header, a test, a flag or the compiler changed while the program was worked on, so nothing is "
    "offered; start again."
)

NO_FUNCTIONS = (
    "No function with a body can be read in this file, so there is nothing to make faster. If there is one, "
    "see whether the file compiles."
)

CONFIRMING = "confirming the best in the simulator"
TIMING = "timing the winners on this machine"

_FIXED_STEPS = 4
_BUILDS_OF_THE_ORIGINAL = 2


async def optimize(
    request: OptimizeRequest, listener: Listener, cache: ResultCache | None = None
) -> OptimizeReport:
    """Find verified, measured rewrites of the selected functions.

    Raises InputError where the file cannot be worked on, MissingToolError and SandboxError where the
    machine lacks something. Bad candidates never raise: they are in `report.rejected`.
    """
    started = time.monotonic()
    subject = await asyncio.to_thread(read_subject, request)
    async with open_asking(_asked(request)) as asking:
        report = await asyncio.to_thread(recall, cache, subject, asking.key)
        if report is None:
            report = await _find(subject, Meter(listener), asking)
            if await asyncio.to_thread(evidence, request) != subject.evidence:
                report = replace(report, suggestions=(), advice=(CHANGED_MEANWHILE,))
            elif not asking.faults:
                await asyncio.to_thread(remember, cache, subject, report, asking.key)
            report = replace(report, advice=(*report.advice, *asking.spent))
    top = request.settings.top
    return replace(
        report,
        suggestions=report.suggestions[:top] if top is not None else report.suggestions,
        seconds=time.monotonic() - started,
    )


async def _find(subject: Subject, meter: Meter, asking: Asking) -> OptimizeReport:
    edited = subject.request.edited
    gathered = await gather(subject) if edited is None else await asyncio.to_thread(_by_hand, subject, edited)
    drafts = gathered.drafts
    if asking.proposer is not None and subject.suite.cases:
        meter.expect(1, asking.stage)
        answers = await asking.drafts(subject, subject.request.settings.budget_seconds)
        meter.step(asking.stage)
        drafts += each_once(answers, drafts)
    report = await _tried(subject, meter, drafts, asking, gathered.refused)
    return replace(report, advice=(*report.advice, *gathered.faults, *asking.advice))


def _asked(request: OptimizeRequest) -> Settings:
    """No model is asked about what a person wrote."""
    return request.settings if request.edited is None else replace(request.settings, language_model="")


def _by_hand(subject: Subject, edited: bytes) -> Gathered:
    made = by_hand(subject, edited)
    return Gathered(drafts=(made,)) if isinstance(made, Draft) else Gathered(drafts=(), refused=(made,))


async def _tried(
    subject: Subject, meter: Meter, drafts: tuple[Draft, ...], asking: Asking, refused: tuple[Rejected, ...]
) -> OptimizeReport:
    expected = _BUILDS_OF_THE_ORIGINAL + len(drafts)
    async with open_workbench(
        subject.request.settings, subject.request.path, expected_builds=expected
    ) as bench:
        if not subject.suite.cases:
            how = HOW_TO_ADD_A_TEST.format(stem=subject.request.path.stem)
            return _report(subject, bench.toolchain, advice=(f"Nothing is offered without a test. {how}",))
        if not drafts:
            if subject.file.tree.root_node.has_error:
                # The compiler says what is wrong; "no rule applies" would not.
                await bench.build_original(subject.unit)
            unusable = (*asking.unusable, *refused)
            nothing = summary(unusable) if subject.functions or subject.refused else NO_FUNCTIONS
            return _report(subject, bench.toolchain, rejected=unusable, advice=(nothing,))
        return await _Run(subject, bench, meter, asking).execute(drafts)


class _Run:
    """One request at work on one workbench."""

    def __init__(self, subject: Subject, bench: Workbench, meter: Meter, asking: Asking) -> None:
        self._asking = asking
        self._subject = subject
        self._bench = bench
        self._meter = meter
        self._deadline = time.monotonic() + subject.request.settings.budget_seconds

    async def execute(self, drafts: tuple[Draft, ...]) -> OptimizeReport:
        """Judge all drafts, then their combination, then rank."""
        self._meter.expect(len(drafts) + _FIXED_STEPS, f"compiling {_counted(drafts)} and the original")
        original = Original(self._subject, self._bench)
        shares = Shares(self._subject, self._bench, original)
        try:
            async with asyncio.timeout(self._left) as budget:
                if ordering := shares.worth_ordering(drafts):
                    shares.start()
                await asyncio.shield(original.binary)
                self._meter.step("running the original on its tests")
                oracle = await asyncio.shield(original.oracle)
            suite = replace(
                self._subject.suite,
                cases=oracle.measurable,
                left_out=self._subject.suite.left_out + oracle.left_out + oracle.compared_only,
            )
            if not suite.cases:
                return self._without_tests(suite)
            if ordering:
                self._meter.expect(1, "finding the function that costs most")
                drafts = await shares.ordered(drafts, self._left)
                self._meter.step("testing candidates")
            self._meter.step("testing candidates")
            return await self._judge_all(drafts, original, shares, suite)
        except TimeoutError:
            if not budget.expired():
                raise
            return self._cut_off(drafts)
        finally:
            await shares.close()
            await original.close()

    async def _judge_all(
        self, drafts: tuple[Draft, ...], original: Original, shares: Shares, suite: TestSuite
    ) -> OptimizeReport:
        judge = Judge(self._subject, self._bench, original)
        judged = await self._gone_on(judge, Judged(drafts, tuple(await self._verdicts(judge, drafts))))
        winners = judged.winners
        pairs = zip(judged.drafts, judged.verdicts, strict=True)
        rejected = [_rejected(d, v) for d, v in pairs if isinstance(v, Rejection)]
        rejected += self._asking.unusable
        winners.sort(key=lambda winner: winner.order)
        await self._join(judge, winners, rejected)
        if not winners and self._left <= 0:
            return _report(
                self._subject,
                self._bench.toolchain,
                suite=suite,
                rejected=tuple(rejected),
                advice=(*self._bench.advice, summary(rejected)),
            )
        sanity = await asyncio.shield(original.sanity)
        self._meter.step("measuring the original")
        measured = await asyncio.shield(original.measured)
        winners, confirming = await self._confirmed(judge, winners, rejected)
        if winners:
            self._meter.expect(1, TIMING)
            winners = await judge.finish(winners, self._left)
            self._meter.step(TIMING)
        self._meter.step("ranking")
        total = len(original.oracle.result().cases)
        suggestions = offer(self._subject, measured, winners, total=total)
        advice = [*self._bench.advice, *measured.advice, *confirming, *sanity.problems, *sanity.notes]
        if suggestions:
            suggestions, cut_off = await self._with_shares(suggestions, shares)
            advice += cut_off
        else:
            advice.append(summary(rejected))
        return _report(
            self._subject,
            self._bench.toolchain,
            suite=suite,
            baseline=measured.baseline,
            suggestions=suggestions,
            rejected=tuple(rejected),
            advice=tuple(advice),
        )

    async def _gone_on(self, judge: Judge, judged: Judged) -> Judged:
        """`judged` with all that a language model adds once it knows what became of its answers."""

        async def judge_all(more: tuple[Draft, ...]) -> list[Verdict]:
            self._meter.expect(len(more), f"testing {_counted(more)} more")
            return await self._verdicts(judge, more)

        if self._asking.proposer is None:
            return judged
        return await Rounds(self._subject, self._asking, judge, judge_all, lambda: self._left).run(judged)

    async def _join(self, judge: Judge, winners: list[Winner], rejected: list[Rejected]) -> None:
        """Judge the winners together, and add the verdict to one of the lists."""
        # What a clock let through has no part in what a model ranks.
        joined = combination(self._subject.request.source, [w for w in winners if not w.system_time])
        if joined is None:
            return
        self._meter.expect(1, "measuring the combination")
        (verdict,) = await self._verdicts(judge, (joined,))
        verdict = better_than(verdict, winners[0], "together they are no faster than the best of them alone")
        if isinstance(verdict, Winner):
            winners.append(verdict)
        else:
            rejected.append(_rejected(joined, verdict))

    async def _confirmed(
        self, judge: Judge, winners: list[Winner], rejected: list[Rejected]
    ) -> tuple[list[Winner], tuple[str, ...]]:
        """The winners after the simulator's turn, and sentences; what it refutes is added to `rejected`."""
        if not winners or not judge.confirmation.wanted:
            return winners, ()
        self._meter.expect(1, CONFIRMING)
        found = await judge.confirmation.confirm(winners, self._left)
        self._meter.step(CONFIRMING)
        rejected += [_rejected(winner.draft, rejection) for winner, rejection in found.refuted]
        return list(found.winners), found.advice

    async def _with_shares(
        self, suggestions: tuple[Suggestion, ...], shares: Shares
    ) -> tuple[tuple[Suggestion, ...], list[str]]:
        """The suggestions with the shares of their functions, or as they are and a sentence about it."""
        stage = "measuring the shares of the functions"
        self._meter.expect(1, stage)
        told = await shares.told(suggestions, self._left)
        self._meter.step(stage)
        return (suggestions, [CUT_OFF]) if told is None else (told, [])

    async def _verdicts(self, judge: Judge, drafts: tuple[Draft, ...]) -> list[Verdict]:
        """Verdicts in the order of the drafts; what the time budget cuts off is not verified."""
        tasks = [asyncio.create_task(self._judge_one(judge, draft)) for draft in drafts]
        try:
            _, pending = await asyncio.wait(tasks, timeout=self._left)
            for task in pending:
                task.cancel()
            await asyncio.gather(*pending, return_exceptions=True)
            return [await self._result(task, draft) for task, draft in zip(tasks, drafts, strict=True)]
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _judge_one(self, judge: Judge, draft: Draft) -> Verdict:
        verdict = await judge.judge(draft)
        candidate = draft.candidate
        won = isinstance(verdict, Winner)
        self._meter.judged(
            candidate.title,
            candidate.function.name,
            verdict.ranking if isinstance(verdict, Winner) else None,
            None if won else verdict.reason if isinstance(verdict, Rejection) else None,
            by_clock=isinstance(verdict, Winner) and verdict.system_time,
        )
        return verdict

    async def _result(self, task: "asyncio.Task[Verdict]", draft: Draft) -> Verdict:
        if task.cancelled():
            return self._out_of_time
        return await task

    @property
    def _left(self) -> float:
        """Seconds of the time budget."""
        return max(0.0, self._deadline - time.monotonic())

    @property
    def _out_of_time(self) -> Rejection:
        budget = self._subject.request.settings.budget_seconds
        return Rejection(Stage.UNVERIFIED, f"the time budget of {budget:g} s ran out before it was verified")

    def _cut_off(self, drafts: tuple[Draft, ...]) -> OptimizeReport:
        """Not even what the original does is known."""
        late = (_rejected(draft, self._out_of_time) for draft in drafts)
        rejected = (*late, *self._asking.unusable)
        advice = (*self._bench.advice, summary(rejected))
        return _report(self._subject, self._bench.toolchain, rejected=rejected, advice=advice)

    def _without_tests(self, suite: TestSuite) -> OptimizeReport:
        advice = (
            "No test is left on which the original gives the expected output and ends by itself, so nothing "
            "can be verified and measured; the report names each of them and the first difference."
        )
        return _report(self._subject, self._bench.toolchain, suite=suite, advice=(advice,))


def _counted(drafts: tuple[Draft, ...]) -> str:
    return f"{len(drafts)} candidate{'s' * (len(drafts) != 1)}"


def _rejected(draft: Draft, rejection: Rejection) -> Rejected:
    candidate = draft.candidate
    return Rejected(candidate.function.name, candidate.title, candidate.provenance, rejection)


def _report(
    subject: Subject,
    toolchain: Toolchain,
    *,
    suite: TestSuite | None = None,
    baseline: Baseline | None = None,
    suggestions: tuple[Suggestion, ...] = (),
    rejected: tuple[Rejected, ...] = (),
    advice: tuple[str, ...] = (),
) -> OptimizeReport:
    return OptimizeReport(
        path=subject.request.path,
        encoding=subject.source.encoding,
        functions=tuple(function.ref for function in subject.functions),
        refused=subject.refused,
        toolchain=toolchain,
        tests=suite or subject.suite,
        baseline=baseline,
        suggestions=suggestions,
        rejected=rejected,
        advice=advice,
        evidence=subject.evidence,
        seconds=0.0,
    )
