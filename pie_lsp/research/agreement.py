"""How well estimated speedups agree with simulated ones. Pure arithmetic; knows no programs, no backends."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pie_lsp.values.settings import MIN_SPEEDUP

NEAR = (0.8, 1.3)
"""Ratios between these decide whether the threshold of an offer can be trusted."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One pair of programs: the speedup from the first to the second, estimated and simulated."""

    name: str
    estimated: float
    simulated: float

    @property
    def error(self) -> float:
        """|log ratio| error, as a factor less one: 0.03 is 3 % too high or too low."""
        return math.exp(abs(math.log(self.estimated / self.simulated))) - 1


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement over a set of pairs.

    kendall_tau          between estimated and simulated speedups (tau-b)
    median_abs_log_ratio, p90_abs_log_ratio, worst_abs_log_ratio   of `Compared.error`
    disagree_at_110      share of pairs where one says "at least 1.10x" and the other does not
    near                 share of pairs whose simulated speedup lies in `NEAR`
    """

    pairs: int
    kendall_tau: float
    median_abs_log_ratio: float
    p90_abs_log_ratio: float
    worst_abs_log_ratio: float
    disagree_at_110: float
    near: float


def agreement(pairs: Sequence[Compared]) -> Agreement:
    """Raises ValueError below two pairs."""
    if len(pairs) < 2:
        raise ValueError("agreement needs two pairs")
    errors = sorted(pair.error for pair in pairs)
    disagreeing = sum((p.estimated >= MIN_SPEEDUP) != (p.simulated >= MIN_SPEEDUP) for p in pairs)
    near = sum(NEAR[0] <= pair.simulated <= NEAR[1] for pair in pairs)
    return Agreement(
        pairs=len(pairs),
        kendall_tau=kendall_tau([p.estimated for p in pairs], [p.simulated for p in pairs]),
        median_abs_log_ratio=median(errors),
        p90_abs_log_ratio=quantile(errors, 0.9),
        worst_abs_log_ratio=errors[-1],
        disagree_at_110=disagreeing / len(pairs),
        near=near / len(pairs),
    )


def quantile(ordered: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the sorted values do not exceed."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def kendall_tau(first: Sequence[float], second: Sequence[float]) -> float:
    """Kendall's tau-b: concordant less discordant pairs, ties taken off (Kendall 1945)."""
    balance = first_differs = second_differs = 0
    for i, (a, b) in enumerate(zip(first, second, strict=True)):
        for c, d in zip(first[i + 1 :], second[i + 1 :], strict=True):
            x, y = (a > c) - (a < c), (b > d) - (b < d)
            balance += x * y
            first_differs += x != 0
            second_differs += y != 0
    if not first_differs or not second_differs:
        return 0.0
    return balance / math.sqrt(first_differs * second_differs)
