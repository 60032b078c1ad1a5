"""From a simulation to a cost. Pure arithmetic on integers.

gem5 says how many cycles a run took, and not what they were spent on, so the whole is divided among the
events in proportion to what each of them costs when cycles are fitted on them. The sum is gem5's own figure;
the parts are for words only.
"""

from collections.abc import Sequence
from itertools import pairwise

from pie_lsp.measure.compare import SYSTEM_CALLS
from pie_lsp.measure.gem5.schema import Answer
from pie_lsp.values.measurement import Cost, CostPart

UNIT = "cycles"
"""Ticks by the period of the clock, so that figures compare with those of the estimate."""

_PRICES = {
    "fetch stalls": ("fetch_stall_cycles", 100),
    "micro-operations": ("micro_ops", 33),
    "mispredicted branches": ("mispredicted_branches", 2260),
    "store misses": ("l1d_store_misses", 4360),
    "L3 misses": ("l3_misses", 12050),
}
"""Name of a part, its count, and hundredths of a cycle that one of it weighs."""


def cost_of(answer: Answer) -> Cost:
    """The whole run's cycles, divided among its parts without a rest."""
    counts = [getattr(answer.counts, name) for name, _ in _PRICES.values()]
    weights = [count * price for count, (_, price) in zip(counts, _PRICES.values(), strict=True)]
    parts = list(map(CostPart, _PRICES, counts, _shares(answer.cycles, weights)))
    parts.append(CostPart(SYSTEM_CALLS, answer.counts.system_calls, 0))
    return Cost(answer.cycles, UNIT, tuple(parts))


def _shares(whole: int, weights: Sequence[int]) -> list[int]:
    """Whole numbers that sum to `whole`, in the proportion of `weights`."""
    total = sum(weights) or 1
    ends = [0]
    for weight in weights:
        ends.append(ends[-1] + weight)
    return [whole * end // total - whole * start // total for start, end in pairwise(ends)]
