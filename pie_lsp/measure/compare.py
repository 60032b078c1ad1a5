"""From costs to ratios, for every backend; knows no backend."""

from collections.abc import Sequence

from pie_lsp.values.measurement import Comparison, Cost

CLOCK_READS = "clock reads"
"""Name of the part that counts how often a program asked for the time or random numbers; it costs nothing."""
SYSTEM_CALLS = "system calls"
"""Name of the part that counts them; no model charges anything for them, as gem5 does not."""

UNREAD_DIVISIONS = "unread divisions"
"""Name of the part that counts divisions whose length could not be read; it costs nothing itself."""

_FLOOR_DOUBT = 50
"""The start-up of two programs differs by some hundredths, by where their code lies; less than one part in
this many of the floor is not told apart from nothing."""


def compared(old: Sequence[Cost], new: Sequence[Cost], floor: int) -> Comparison:
    """Compare the costs of the same tests; `floor` is what one start of either program costs."""
    if len(old) != len(new):
        raise ValueError(f"{len(old)} old costs and {len(new)} new ones")
    return Comparison(
        tuple(old),
        tuple(new),
        speedup=ratio(total(old), total(new)),
        speedup_net=ratio(net(total(old), floor * len(old)), net(total(new), floor * len(new))),
    )


def total(costs: Sequence[Cost]) -> int:
    """Sum over the tests, as PIE sums."""
    return sum(cost.amount for cost in costs)


def net(amount: int, floors: int) -> int:
    """What is left without start-up: at least what the start-up is in doubt by."""
    return max(amount - floors, floors // _FLOOR_DOUBT)


def ratio(old: int, new: int) -> float:
    """Old by new; 1.0 where neither cost anything, so that nothing is ever divided by zero."""
    if new > 0:
        return old / new
    return 1.0 if old <= 0 else float(old)
