"""Has a simulator confirm what the estimate screened, where the work fits into the time budget.

The best by the estimate goes first. Every other one stops as soon as it can no longer be the best, and keeps
the estimate's figure, which its title names; costs of two backends are never divided by one another.
Knows winners and backends, and no backend by name.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pie_lsp.engine.finalist import Finals
from pie_lsp.engine.original import Measured, Original
from pie_lsp.engine.race import Course, Race, Stopped
from pie_lsp.engine.subject import Subject
from pie_lsp.engine.winner import Winner
from pie_lsp.engine.workbench import Workbench
from pie_lsp.measure import gate
from pie_lsp.measure.compare import total
from pie_lsp.measure.contract import Backend
from pie_lsp.values.errors import PieError
from pie_lsp.values.measurement import Comparison, Origin
from pie_lsp.values.report import Rejection, Stage
from pie_lsp.values.toolchain import LAYOUTS

CYCLES_PER_SECOND = 250_000
"""What a simulator does at least on one core; a constant, so that what is simulated hangs on no clock."""
SHARE_OF_BUDGET = 0.5
"""Of the time budget, for the simulator."""
DOUBTS = 2
"""The estimate rules a rewrite out where it is behind the best by more than its expected error this often."""

NOT_CONFIRMED = "No figure was confirmed in the simulator"
"""How advice begins where the next run may end differently."""
OUT_OF_TIME = f"{NOT_CONFIRMED}, since the time budget ran out; raise budget_seconds, or give smaller inputs."
BEHIND = "It was not simulated: by the estimate it cannot be the best."
BEATEN = "Its simulation was stopped: it cannot be the best any more."


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The winners, confirmed or as they were; those that the simulator refutes; and sentences."""

    winners: tuple[Winner, ...]
    refuted: tuple[tuple[Winner, Rejection], ...] = ()
    advice: tuple[str, ...] = ()


class Confirmation:
    """The simulator's part in one request."""

    def __init__(self, subject: Subject, bench: Workbench, original: Original, finals: Finals) -> None:
        self._settings = subject.request.settings
        self._bench = bench
        self._original = original
        self._finals = finals

    @property
    def wanted(self) -> bool:
        """Whether there is a simulator to ask."""
        return self._bench.confirming is not None

    async def confirm(self, winners: Sequence[Winner], seconds: float) -> Confirmed:
        """Ask about those that a model screened, for no longer than `seconds`."""
        measured = await asyncio.shield(self._original.measured)
        entered = sorted((w for w in winners if not w.system_time), key=lambda winner: winner.order)
        aside = [winner for winner in winners if winner.system_time]
        if not entered or measured.backend.is_clock or self._bench.confirming is None:
            return Confirmed(tuple(winners))
        needed = _cycles(measured, entered[0].comparison) / CYCLES_PER_SECOND
        allowed = SHARE_OF_BUDGET * self._settings.budget_seconds
        if needed > allowed:
            return Confirmed(tuple(winners), advice=(_too_long(needed, allowed),))
        layouts_too = needed * (1 + len(LAYOUTS)) <= allowed
        try:
            async with asyncio.timeout(seconds):
                backend = await self._bench.confirming()
                done = await self._by(backend, measured, entered, layouts_too)
        except TimeoutError:
            return Confirmed(tuple(winners), advice=(OUT_OF_TIME,))
        except PieError as error:
            return Confirmed(tuple(winners), advice=(f"{NOT_CONFIRMED}: {error}",))
        return replace(done, winners=(*done.winners, *aside))

    async def _by(
        self, backend: Backend, measured: Measured, entered: list[Winner], layouts_too: bool
    ) -> Confirmed:
        """Find the best; where layout explains its gain away, find the best of the others."""
        race = await self._race(backend, measured)
        origin = Origin(backend.name, backend.model, backend.unit, backend.phrase)
        refuted: list[tuple[Winner, Rejection]] = []
        while True:
            heat = _Heat(race, origin, measured.backend.expected_error, self._settings.min_speedup)
            out = {id(winner.draft) for winner, _ in refuted}
            for winner in entered:
                if id(winner.draft) not in out:
                    await heat.run(winner)
            refuted += heat.refuted
            if heat.best is None or not layouts_too:
                return Confirmed(tuple(heat.done), tuple(refuted))
            laid_out = await self._finals.in_layouts(heat.best, backend, await race.baseline())
            if isinstance(laid_out, Winner):
                best = replace(laid_out, origin=replace(origin, layouts=True))
                others = (winner for winner in heat.done if winner.draft is not best.draft)
                return Confirmed((best, *others), tuple(refuted))
            refuted.append((heat.best, laid_out))

    async def _race(self, backend: Backend, measured: Measured) -> Race:
        old = await asyncio.shield(self._original.binary)
        oracle = await asyncio.shield(self._original.oracle)
        course = Course(old, measured.floor, tuple(oracle.measurable), measured.baseline.costs)
        return Race(backend, course, self._settings.jobs)


class _Heat:
    """One race of all that are left, against the best so far."""

    def __init__(self, race: Race, origin: Origin, doubt: float | None, least: float) -> None:
        self._race = race
        self._origin = origin
        self._margin = 1 + DOUBTS * (doubt or 0.0)
        self._least = least
        self.best: Winner | None = None
        self.done: list[Winner] = []
        self.refuted: list[tuple[Winner, Rejection]] = []

    async def run(self, winner: Winner) -> None:
        """Let `winner` run, and put it where it belongs."""
        if self._is_behind(winner):
            self.done.append(_with_note(winner, BEHIND))
            return
        best = None if self.best is None else total(self.best.comparison.new)
        found = await self._race.run(winner.binary, best)
        if found is Stopped.BEATEN:
            self.done.append(_with_note(winner, BEATEN))
        elif isinstance(found, Stopped):
            self._refute(winner, f"{found.value.capitalize()}.")
        else:
            await self._judge(winner, found)

    async def _judge(self, winner: Winner, found: Comparison) -> None:
        decision = gate.decide(found, await self._race.baseline(), self._least, is_clock=False)
        if not decision.offered:
            self._refute(winner, decision.reason)
            return
        notes = (*decision.notes, *(note for note in winner.notes if note == gate.UNSTEADY))
        self.best = replace(
            winner,
            comparison=found,
            screened=winner.comparison,
            ranking=decision.ratio,
            notes=notes,
            origin=self._origin,
        )
        self.done.append(self.best)

    def _is_behind(self, winner: Winner) -> bool:
        """By the estimate of both alone, and with room for its error."""
        if self.best is None or self.best.screened is None:
            return False
        return total(winner.comparison.new) > self._margin * total(self.best.screened.new)

    def _refute(self, winner: Winner, reason: str) -> None:
        said = f"Estimated {winner.ranking:.2f}x faster, but in {self._origin.phrase}: {reason}"
        self.refuted.append((winner, Rejection(Stage.SLOWER, said)))


def _with_note(winner: Winner, note: str) -> Winner:
    return replace(winner, notes=(*winner.notes, note))


def _cycles(measured: Measured, comparison: Comparison) -> int:
    """What the simulator has to go through for the original and one rewrite, by the estimate."""
    return measured.baseline.total + total(comparison.new) + measured.baseline.floor


def _too_long(needed: float, allowed: float) -> str:
    factor = needed / allowed
    return (
        f"The simulator was not asked: the tests would take it about {needed / 60:,.0f} minutes, and half of "
        f"the time budget is for it. A budget {factor:.1f} times as large, or smaller inputs, would let it "
        "confirm."
    )
