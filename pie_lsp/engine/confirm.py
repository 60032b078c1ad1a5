"""Has a simulator confirm what the estimate screened, where the work fits into the time budget.

The best by the estimate goes first. Every other one stops as soon as it can no longer be the best, and keeps
the estimate's figure, which its title names; costs of two backends are never divided by one another. Whatever
ends the work early, what the simulator has said until then stands.
Knows winners and backends, and no backend by name.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from pie_lsp.engine.allowance import SHARE_OF_BUDGET, Allowance, too_long
from pie_lsp.engine.finalist import Finals
from pie_lsp.engine.heat import Heats
from pie_lsp.engine.original import Measured, Original
from pie_lsp.engine.race import Course, Race
from pie_lsp.engine.subject import Subject
from pie_lsp.engine.winner import Winner
from pie_lsp.engine.workbench import Workbench
from pie_lsp.measure.contract import Backend
from pie_lsp.values.errors import PieError
from pie_lsp.values.report import Rejection

NOT_CONFIRMED = "The simulator did not come to its end"
"""How advice begins where the next run may end differently."""
NOT_STARTED = "The simulator could not be started"
"""The same where it does not even begin; what to do about it follows."""
OUT_OF_TIME = f"{NOT_CONFIRMED}, since its time ran out; raise budget_seconds, or give smaller inputs."


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The winners, confirmed or as they were; those that the simulator refutes; and sentences."""

    winners: tuple[Winner, ...]
    refuted: tuple[tuple[Winner, Rejection], ...] = ()
    advice: tuple[str, ...] = ()


class Confirmation:
    """The simulator's part in one request.

    ask_the_clock  what becomes of a rewrite that is no faster, for the given reason, but saves system calls
    """

    def __init__(
        self,
        subject: Subject,
        bench: Workbench,
        original: Original,
        finals: Finals,
        ask_the_clock: Callable[[Winner, str], Awaitable[Winner | Rejection]],
    ) -> None:
        self._settings = subject.request.settings
        self._bench = bench
        self._original = original
        self._finals = finals
        self._ask_the_clock = ask_the_clock

    @property
    def wanted(self) -> bool:
        """Whether there is a simulator to ask."""
        return self._bench.confirming is not None

    async def confirm(self, winners: Sequence[Winner], seconds: float) -> Confirmed:
        """Ask about those that a model screened, for no longer than `seconds`."""
        measured = await asyncio.shield(self._original.measured)
        entered = sorted((w for w in winners if not w.system_time), key=lambda winner: winner.order)
        if not entered or measured.backend.is_clock or self._bench.confirming is None:
            return Confirmed(tuple(winners))
        allowance = Allowance.of(self._settings.budget_seconds, measured.baseline)
        needed = allowance.first(entered[0])
        if not allowance.take(needed):
            return Confirmed(tuple(winners), advice=(too_long(needed, allowance),))
        heats = Heats(entered, measured, self._finals, allowance, self._settings, self._ask_the_clock)
        advice: tuple[str, ...] = ()
        backend: Backend | None = None
        try:
            async with asyncio.timeout(min(seconds, SHARE_OF_BUDGET * self._settings.budget_seconds)):
                backend = await self._bench.confirming()
                await heats.run(Race(backend, await self._course(measured), self._settings.jobs), backend)
        except TimeoutError:
            advice = (OUT_OF_TIME,)
        except PieError as error:
            advice = (f"{NOT_STARTED if backend is None else NOT_CONFIRMED}: {error}",)
        aside = tuple(winner for winner in winners if winner.system_time)
        return Confirmed((*heats.winners, *aside), heats.refuted, advice)

    async def _course(self, measured: Measured) -> Course:
        old = await asyncio.shield(self._original.binary)
        oracle = await asyncio.shield(self._original.oracle)
        return Course(old, measured.floor, tuple(oracle.measurable), measured.baseline.costs)
