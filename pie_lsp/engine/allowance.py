"""How much a simulator may do for one request, in cycles that the estimate says it will go through.

No clock decides what is simulated, so that the same request has the same answer; knows no backend.
"""

from dataclasses import dataclass

from pie_lsp.engine.winner import Winner
from pie_lsp.measure.compare import total
from pie_lsp.values.measurement import Baseline
from pie_lsp.values.toolchain import LAYOUTS

CYCLES_PER_SECOND = 250_000
"""What a simulator is taken to do on one core."""
SHARE_OF_BUDGET = 0.5
"""Of the time budget, for the simulator."""


@dataclass(slots=True)
class Allowance:
    """What is left of the cycles, and what the original and the floor take of them."""

    left: int
    original: int
    floor: int

    @classmethod
    def of(cls, budget_seconds: float, baseline: Baseline) -> "Allowance":
        """The share of the time budget, in cycles."""
        cycles = int(SHARE_OF_BUDGET * budget_seconds * CYCLES_PER_SECOND)
        return cls(cycles, baseline.total, baseline.floor)

    def take(self, cycles: int) -> bool:
        """Use `cycles` up, if so many are left."""
        if cycles > self.left:
            return False
        self.left -= cycles
        return True

    def first(self, winner: Winner) -> int:
        """What the original and its best rewrite take."""
        return self.original + self.floor + _screened(winner)

    def further(self, winner: Winner, best: Winner | None) -> int:
        """What one more rewrite takes at most; it is stopped when it has cost as much as the best."""
        alone = _screened(winner)
        return alone if best is None else min(alone, _screened(best))

    def layouts(self, winner: Winner, *, original_too: bool) -> int:
        """What the other layouts of a rewrite take, and those of the original."""
        return len(LAYOUTS) * (_screened(winner) + original_too * self.original)


def _screened(winner: Winner) -> int:
    comparison = winner.comparison if winner.screened is None else winner.screened
    return total(comparison.new)


def too_long(needed: int, allowance: Allowance) -> str:
    """Why nothing is simulated, and what would change that."""
    minutes, factor = needed / CYCLES_PER_SECOND / 60, needed / max(1, allowance.left)
    return (
        f"The simulator was not asked: the tests would take it about {minutes:,.0f} minutes, and half of the "
        f"time budget is for it. A budget {factor:.1f} times as large, or smaller inputs, would let it "
        "confirm."
    )
