"""Decides whether a measured candidate is offered; knows ratios and intervals, no backend and no programs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pie_lsp.measure.compare import CLOCK_READS, SYSTEM_CALLS, UNREAD_DIVISIONS
from pie_lsp.values.measurement import Baseline, Comparison, Cost, SystemCalls
from pie_lsp.values.settings import MIN_SPEEDUP

TINY_INPUTS = "on tiny inputs"
"""What the title adds where `LARGER_INPUT` is among the notes."""
LARGER_INPUT = (
    "More than half of the measured cost is the start of the program: add a larger input without an expected "
    "output (NAME.in beside the other tests), and the figure will be that of the work itself."
)
FEWER_SYSTEM_CALLS = 10
"""Times fewer system calls, from which on a clock may speak for a gain that no model sees."""
UNSTEADY = "The program asks for the time or for random numbers, so its figures may differ from run to run."

_LONGEST_DIVISION = 80
_DOUBT_WORTH_SAYING = 0.01

_LEAST_NET = 10
"""One part in this many of the floor has to be left without it; below, what is left is noise."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate found.

    offered  whether the candidate may be shown as faster
    ratio    the figure that was judged, and that a title shows
    reason   why it is not offered, a sentence; empty where it is
    notes    sentences that a reader should see: how to add a larger input, why figures may differ
    """

    offered: bool
    ratio: float
    reason: str = ""
    notes: tuple[str, ...] = ()


def decide(comparison: Comparison, baseline: Baseline, min_speedup: float, is_clock: bool) -> Verdict:
    """Judge one comparison. A clock has to show more: its whole interval above the gate and the control."""
    floors = baseline.floor * len(comparison.old)
    old = sum(cost.amount for cost in comparison.old)
    notes = _unsteady(comparison)
    if is_clock:
        return decide_by_clock(comparison, min_speedup, notes)
    if 2 * floors <= old:
        return _above(comparison.speedup, min_speedup, notes)
    if (old - floors) * _LEAST_NET < floors:
        reason = f"The tests cost hardly more than starting the program, so nothing can be said. {_HOW}"
        return Verdict(False, comparison.speedup, reason)
    return _above(comparison.speedup_net, min_speedup, (LARGER_INPUT, *notes))


def system_calls(comparison: Comparison) -> SystemCalls | None:
    """How often both programs call the system; None where the backend does not count that."""
    counts = [_calls(costs) for costs in (comparison.old, comparison.new)]
    return None if counts[0] is None or counts[1] is None else SystemCalls(counts[0], counts[1])


def _calls(costs: Sequence[Cost]) -> int | None:
    counts = [part.count for cost in costs for part in cost.parts if part.name == SYSTEM_CALLS]
    return sum(counts) if counts else None


def may_gain_in_the_system(calls: SystemCalls | None) -> bool:
    """Whether a candidate below the gate may be put to a clock.

    No model charges for system calls, as gem5 does not, so an edit that saves them gains more than its figure
    says. It is offered if they fall tenfold and `decide_by_clock` lets the clock's comparison through, which
    counts user and system time.
    """
    return calls is not None and calls.old >= FEWER_SYSTEM_CALLS * max(calls.new, 1)


_HOW = "Add a larger input (NAME.in beside the other tests)."


def _above(ratio: float, min_speedup: float, notes: tuple[str, ...]) -> Verdict:
    if ratio >= min_speedup:
        return Verdict(True, ratio, notes=notes)
    return Verdict(
        False, ratio, f"It is {_in_words(ratio, min_speedup)}; at least {min_speedup:.2f}x is asked for."
    )


def _in_words(ratio: float, min_speedup: float) -> str:
    short = f"{ratio:.2f}x"
    if short == f"{min_speedup:.2f}x":
        # A ratio just below the gate must not read as if it had reached it.
        short = f"{math.floor(ratio * 10_000) / 10_000:.4f}x"
    if round(ratio, 2) < 1.0:
        return f"slower, {short}"
    return f"no faster, {short}" if round(ratio, 2) == 1.0 else f"faster by too little, {short}"


def decide_by_clock(comparison: Comparison, min_speedup: float, notes: tuple[str, ...] = ()) -> Verdict:
    """Judge a clock's comparison: its whole interval has to lie above the gate and the control."""
    interval, control = comparison.interval, comparison.control
    if interval is None or control is None:
        raise ValueError("a clock gives an interval and a control")
    band = max(min_speedup, MIN_SPEEDUP, control.high, 1 / control.low)
    if interval.low > band:
        return Verdict(True, comparison.speedup, notes=notes)
    reason = (
        f"It is {comparison.speedup:.2f}x as fast on this machine, between {interval.low:.2f} and "
        f"{interval.high:.2f}; above {band:.2f} would be certain."
    )
    return Verdict(False, comparison.speedup, reason)


def _unsteady(comparison: Comparison) -> tuple[str, ...]:
    costs = (*comparison.old, *comparison.new)
    asks = any(part.name == CLOCK_READS and part.count for cost in costs for part in cost.parts)
    return (*((UNSTEADY,) if asks else ()), *_unread(costs))


def _unread(costs: Sequence[Cost]) -> tuple[str, ...]:
    """The longest division costs this many cycles more than the shortest, as which all unread ones count."""
    unread = sum(part.count for cost in costs for part in cost.parts if part.name == UNREAD_DIVISIONS)
    doubt = unread * _LONGEST_DIVISION / max(1, sum(cost.amount for cost in costs))
    if doubt < _DOUBT_WORTH_SAYING:
        return ()
    return (
        "This QEMU does not show how long divisions take, and the program divides much: the figure may be "
        f"off by up to {100 * doubt:.0f} % more.",
    )
