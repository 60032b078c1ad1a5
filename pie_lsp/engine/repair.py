"""Gives a model its fallen candidates back, a bounded number of times, and judges what it makes of them.

Everything that was judged stays: the best that is right is ranked like any other, and the rest is told.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from pie_lsp.engine.asking import Asking
from pie_lsp.engine.gather import Draft, each_once
from pie_lsp.engine.judge import Judge, Verdict
from pie_lsp.engine.winner import Winner
from pie_lsp.values.report import Rejection, Stage

JudgeAll = Callable[[tuple[Draft, ...]], Awaitable[list[Verdict]]]


@dataclass(frozen=True, slots=True)
class Judged:
    """Drafts with their verdicts, in the order in which they came."""

    drafts: tuple[Draft, ...]
    verdicts: tuple[Verdict, ...]

    def with_(self, more: "Judged") -> "Judged":
        """These and `more`."""
        return Judged((*self.drafts, *more.drafts), (*self.verdicts, *more.verdicts))

    @property
    def winners(self) -> list[Winner]:
        """Those that survived."""
        return [verdict for verdict in self.verdicts if isinstance(verdict, Winner)]


async def repair(
    latest: Judged,
    before: Sequence[Draft],
    asking: Asking,
    judge: Judge,
    judge_all: JudgeAll,
    left: Callable[[], float],
    rounds: int,
) -> Judged:
    """`latest` with what at most `rounds` rounds of repair add.

    before     drafts that were judged earlier
    judge_all  leads drafts through every stage
    left       seconds of the time budget
    """
    judged = latest
    for _ in range(rounds):
        fallen = _fallen(latest, judge)
        if not fallen:
            break
        if left() <= 0:
            asking.cut_off("repairs by the language model")
            break
        answers = await asking.repaired(judge.source, fallen, left())
        drafts = each_once(answers, (*before, *judged.drafts))
        if not drafts:
            break
        latest = Judged(drafts, tuple(await judge_all(drafts)))
        judged = judged.with_(latest)
    return judged


def _fallen(judged: Judged, judge: Judge) -> list[tuple[Draft, str]]:
    """Candidates of a model that fell in a way that it can be told about."""
    pairs = zip(judged.drafts, judged.verdicts, strict=True)
    found = [draft for draft, verdict in pairs if isinstance(verdict, Rejection) and _by_model(draft)]
    return [(draft, problem) for draft in found if (problem := judge.problem(draft)) is not None]


def each_code_once(drafts: Sequence[Draft], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts, where of several winners with one machine code the first stays.

    A rule's edit that came first is the smaller one; only what a model wrote gives way.
    """
    known: dict[str, str] = {}
    made: list[Verdict] = []
    for draft, verdict in zip(drafts, verdicts, strict=True):
        title = known.get(verdict.binary.code_digest) if isinstance(verdict, Winner) else None
        if title is not None and _by_model(draft):
            reason = f"The compiler makes the same machine code of it as of another that is offered: {title}."
            verdict = Rejection(Stage.IDENTICAL, reason)
        elif isinstance(verdict, Winner):
            known.setdefault(verdict.binary.code_digest, draft.candidate.title)
        made.append(verdict)
    return made


def _by_model(draft: Draft) -> bool:
    return draft.candidate.provenance.by_model
