"""Heats of the rewrites of one request in a simulator, until the best has proved to be it.

Knows what an estimate said of each and what the simulator says, and keeps every verdict as it comes, so that
nothing is lost where the work ends early.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from pie_lsp.engine.allowance import Allowance
from pie_lsp.engine.finalist import Finals
from pie_lsp.engine.original import Measured
from pie_lsp.engine.race import Race, Stopped, Unmeasured
from pie_lsp.engine.winner import Winner
from pie_lsp.measure import gate
from pie_lsp.measure.compare import total
from pie_lsp.measure.contract import Backend
from pie_lsp.values.measurement import Comparison, Origin
from pie_lsp.values.report import Rejection, Stage
from pie_lsp.values.settings import Settings

DOUBTS = 2
"""The estimate rules a rewrite out where it is behind the best by more than its expected error this often."""

BEHIND = "It was not simulated: by the estimate it cannot be the best."
BEATEN = "Its simulation was stopped: it cannot be the best any more."
NO_ALLOWANCE = "It was not simulated: the simulator's share of the time budget was used up."
_SCREENED = "It was screened as"
_NOTES = (BEHIND, BEATEN, NO_ALLOWANCE)

AskTheClock = Callable[[Winner, str], Awaitable[Winner | Rejection]]


class Heats:
    """The rewrites in the order of the estimate, and what the simulator has said of them so far."""

    def __init__(
        self,
        entered: Sequence[Winner],
        measured: Measured,
        finals: Finals,
        allowance: Allowance,
        settings: Settings,
        ask_the_clock: AskTheClock,
    ) -> None:
        self._standing = dict(enumerate(entered))
        self._refuted: dict[int, tuple[Winner, Rejection]] = {}
        self._measured = measured
        self._finals = finals
        self._allowance = allowance
        self._settings = settings
        self._ask_the_clock = ask_the_clock
        self._best: int | None = None
        self._charged = {0}
        self._laid_out = False

    @property
    def winners(self) -> tuple[Winner, ...]:
        """All that are not refuted, confirmed or as they were."""
        return tuple(self._standing.values())

    @property
    def refuted(self) -> tuple[tuple[Winner, Rejection], ...]:
        """Those that the simulator refuted, as the estimate had them."""
        return tuple(self._refuted.values())

    async def run(self, race: Race, backend: Backend) -> None:
        """Find the best; where layout explains its gain away, find the best of the others.

        Raises MeasurementError where the original cannot be simulated, or a run was killed.
        """
        origin = Origin(backend.name, backend.model, backend.unit, backend.phrase)
        while True:
            self._best = None
            for index in [*self._standing]:
                if not self._standing[index].system_time:
                    await self._enter(index, race, origin)
            if self._best is None or await self._stands_in_layouts(self._best, race, backend):
                return

    async def _enter(self, index: int, race: Race, origin: Origin) -> None:
        winner = self._standing[index]
        if self._is_behind(winner):
            self._note(index, BEHIND)
            return
        if not self._charge(index, winner):
            self._note(index, NO_ALLOWANCE)
            return
        best = None if self._best is None else total(self._standing[self._best].comparison.new)
        found = await race.run(winner.binary, best)
        if found is Stopped.BEATEN:
            self._note(index, BEATEN)
        elif isinstance(found, Stopped):
            await self._no_gain(index, winner, f"{found.value.capitalize()}.", origin)
        elif isinstance(found, Unmeasured):
            self._refute(index, Rejection(Stage.MEASURE, found.reason))
        else:
            await self._judge(index, found, race, origin)

    async def _judge(self, index: int, found: Comparison, race: Race, origin: Origin) -> None:
        winner = self._standing[index]
        decision = gate.decide(found, await race.baseline(), self._settings.min_speedup, is_clock=False)
        kept = [note for note in winner.notes if note == gate.UNSTEADY or note.startswith(_SCREENED)]
        if winner.origin is None:
            kept.append(f"{_SCREENED} {winner.ranking:.2f}x faster in {self._measured.backend.phrase}.")
        notes = (*decision.notes, *kept)
        simulated = replace(
            winner,
            comparison=found,
            screened=winner.screened or winner.comparison,
            ranking=decision.ratio,
            notes=notes,
            origin=origin,
        )
        if decision.offered:
            self._standing[index] = simulated
            self._best = index
        else:
            await self._no_gain(index, simulated, decision.reason, origin)

    async def _no_gain(self, index: int, winner: Winner, reason: str, origin: Origin) -> None:
        """No simulator charges for system calls; where they fall tenfold, the clock has the last word."""
        screened = self._standing[index]
        gain = f"{screened.ranking:.2f}x faster in {self._measured.backend.phrase}"
        said = f"It is {gain}, but in {origin.phrase}: {reason}"
        asked = await self._ask_the_clock(winner, said)
        if isinstance(asked, Rejection):
            self._refute(index, asked)
        else:
            self._standing[index] = replace(asked, layouts=None)

    async def _stands_in_layouts(self, index: int, race: Race, backend: Backend) -> bool:
        """Whether the best keeps its gain in other layouts; what there is no allowance for is not asked."""
        best = self._standing[index]
        if not self._allowance.take(self._allowance.layouts(best, original_too=not self._laid_out)):
            return True
        self._laid_out = True
        found = await self._finals.in_layouts(best, backend, await race.baseline())
        if isinstance(found, Rejection):
            self._refute(index, found)
            return False
        assert best.origin is not None, "it was simulated"
        self._standing[index] = replace(found, origin=replace(best.origin, layouts=True))
        return True

    def _is_behind(self, winner: Winner) -> bool:
        """By the estimate of both alone, and with room for its error."""
        if self._best is None or winner.origin is not None:
            return False
        best = self._standing[self._best].screened
        margin = 1 + DOUBTS * (self._measured.backend.expected_error or 0.0)
        return best is not None and total(winner.comparison.new) > margin * total(best.new)

    def _charge(self, index: int, winner: Winner) -> bool:
        """What was simulated once is known, and costs nothing more."""
        if index in self._charged:
            return True
        best = None if self._best is None else self._standing[self._best]
        if not self._allowance.take(self._allowance.further(winner, best)):
            return False
        self._charged.add(index)
        return True

    def _refute(self, index: int, rejection: Rejection) -> None:
        self._refuted[index] = self._standing.pop(index), rejection

    def _note(self, index: int, note: str) -> None:
        """Say once why there is no further figure; what a former heat said is no longer so."""
        winner = self._standing[index]
        kept = tuple(said for said in winner.notes if said not in _NOTES)
        self._standing[index] = replace(winner, notes=(*kept, note))
