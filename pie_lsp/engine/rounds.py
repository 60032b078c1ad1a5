"""Goes on from the best that was found: rules are applied to what a model wrote, and it is asked again.

A round ends where nothing became faster, and with it the search; so does it where the time budget ends.
Everything takes the one path through the judge, and all that was judged is told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pie_lsp.cpp.functions import Function, find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.engine.asking import Asking
from pie_lsp.engine.combine import as_one, better_than
from pie_lsp.engine.counterpart import counterpart
from pie_lsp.engine.gather import Draft, each_once
from pie_lsp.engine.judge import Judge
from pie_lsp.engine.repair import JudgeAll, Judged, each_code_once, repair
from pie_lsp.engine.subject import Subject
from pie_lsp.engine.winner import Winner
from pie_lsp.prompting.proposer import Start
from pie_lsp.propose import registry
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.text.edits import apply_edits, compose
from pie_lsp.values.candidate import Candidate
from pie_lsp.values.function import FunctionRef
from pie_lsp.verify.static_guard import guard

NO_FASTER = "with it, what the language model wrote is no faster"


class Rounds:
    """The part of the language model in one request, once the first drafts are judged."""

    def __init__(
        self,
        subject: Subject,
        asking: Asking,
        judge: Judge,
        judge_all: JudgeAll,
        left: Callable[[], float],
    ) -> None:
        self._subject = subject
        self._asking = asking
        self._judge = judge
        self._judge_all = judge_all
        self._left = left

    async def run(self, judged: Judged) -> Judged:
        """`judged` with all that repairs, rules and further rounds add."""
        judged = await self._finished(judged, ())
        for number in range(2, self._subject.request.settings.rounds + 1):
            before = self._best(judged.winners)
            if not before:
                break
            if self._left() <= 0:
                self._asking.cut_off("another round of the language model")
                break
            starts = [start for one in before.values() if (start := self._start(one, number)) is not None]
            drafts = each_once(await self._asking.improved(starts, self._left()), judged.drafts)
            if not drafts:
                break
            found = Judged(drafts, tuple(await self._judge_all(drafts)))
            judged = judged.with_(await self._finished(found, judged.drafts))
            after = self._best(judged.winners)
            if all(after[function].order >= before[function].order for function in before):
                break
        return Judged(judged.drafts, tuple(each_code_once(judged.drafts, judged.verdicts)))

    async def _finished(self, latest: Judged, before: Sequence[Draft]) -> Judged:
        """`latest` with its repairs, and with rules applied to the best that the model wrote."""
        repairs = self._subject.request.settings.repairs
        latest = await repair(latest, before, self._asking, self._judge, self._judge_all, self._left, repairs)
        written = [one for one in latest.winners if one.draft.candidate.provenance.by_model]
        for best in self._best(written).values():
            drafts = each_once(await self._ruled(best), (*before, *latest.drafts))
            if drafts and self._left() > 0:
                verdicts = await self._judge_all(drafts)
                found = [better_than(verdict, best, NO_FASTER) for verdict in verdicts]
                latest = latest.with_(Judged(drafts, tuple(found)))
        return latest

    def _best(self, winners: Sequence[Winner]) -> Mapping[FunctionRef, Winner]:
        """The best of each function that the model was asked about. What a clock let through is none."""
        best: dict[FunctionRef, Winner] = {}
        for winner in sorted(winners, key=lambda one: one.order):
            function = winner.draft.candidate.function
            if function in self._asking.functions and not winner.system_time:
                best.setdefault(function, winner)
        return best

    def _start(self, best: Winner, number: int) -> Start | None:
        """Where the model goes on from; None where the function is not found again."""
        context = self._context(best.draft)
        if context is None:
            return None
        candidate = best.draft.candidate
        return Start(
            context=context,
            source=self._judge.source,
            function=candidate.function,
            edits=candidate.edits,
            grants=candidate.grants,
            figure=f"{best.ranking:.2f}x",
            round=number,
        )

    def _context(self, draft: Draft) -> ProposeContext | None:
        function = _again(draft.candidate.function, self._judge.source, draft.changed)
        if function is None:
            return None
        return replace(self._subject.context(function), file=parse(draft.changed))

    async def _ruled(self, best: Winner) -> list[Draft]:
        """What the rules make of `best`, each as edits of the original."""
        context, base = self._context(best.draft), best.draft.candidate
        if context is None:
            return []
        found: list[Draft] = []
        for proposer in registry.proposers():
            try:
                if proposer.prepare(context):
                    async for rule in proposer.propose(context):
                        if self._may_stand(context, rule):
                            found.append(self._on(base, rule))
            # As in `gather.py`: a fault in one proposer is ours, and the others go on.
            except Exception as error:  # noqa: BLE001
                where = base.function.label
                sentence = f"{proposer.id} failed at {where} ({error!r}), a fault of pie-lsp to report."
                self._asking.faults.append(sentence)
        return found

    def _may_stand(self, context: ProposeContext, rule: Candidate) -> bool:
        """Whether the rule's part alone passes the static guard, as each part of a combination has to."""
        changed = apply_edits(context.file.data, rule.edits)
        return guard(context.file, rule, changed, self._subject.suite) is None

    def _on(self, base: Candidate, rule: Candidate) -> Draft:
        edits = compose(self._judge.source, base.edits, rule.edits)
        both = as_one((base, replace(rule, function=base.function)), edits)
        return Draft(both, apply_edits(self._judge.source, edits))


def _again(ref: FunctionRef, source: bytes, changed: bytes) -> Function | None:
    """The function in the changed file."""
    found = counterpart(ref, source, changed)
    functions = find_functions(parse(changed)).functions
    return next((one for one in functions if one.ref == found), None)
