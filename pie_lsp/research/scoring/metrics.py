"""The figures of PIE's paper, from what became of each sample. Knows numbers alone.

The definitions are the paper's, as its released evaluator computes them. Best@k is the fastest correct one of
the first k samples in the order in which they were drawn, so that no lot has a part in it. The speedup of a
program is old cost by new cost, each summed over its tests; it is 1 where nothing among the first k is
correct and faster. %Opt is the share of programs that become at least 10 % faster, %Correct the share with at
least one correct answer, Speedup the arithmetic mean over all programs. Since a few large speedups decide
such a mean, the geometric mean and the median stand beside it.
"""

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

OPTIMIZED = 1.10
"""From this ratio on a program counts as optimized."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one sample.

    correct  it compiles and passes every test
    speedup  old cost by new cost; None where it is not correct, or could not be measured
    offered  the same of what this package would offer of it; None where it would offer nothing
    """

    correct: bool
    speedup: float | None = None
    offered: float | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """All figures for the first `k` samples. Shares are from 0 to 100, as the paper gives them.

    speedup            the arithmetic mean, which is the paper's figure
    pct_offered        programs with an answer that would be offered, and `speedup_offered` the mean over all
                       programs of the best such answer
    """

    k: int
    pct_opt: float
    speedup: float
    pct_correct: float
    speedup_geometric: float
    speedup_median: float
    pct_offered: float
    speedup_offered: float


def best_of(speedups: Sequence[float | None]) -> float:
    """The best speedup; 1 where none is above that."""
    return max((one for one in speedups if one is not None and one > 1.0), default=1.0)


def score_at(programs: Sequence[Sequence[Outcome]], k: int) -> Score:
    """The figures over `programs`, each with its samples in order. Raises ValueError where there are none."""
    if not programs:
        raise ValueError("no program, no figure")
    best = [best_of([it.speedup for it in samples[:k] if it.correct]) for samples in programs]
    offered = [best_of([it.offered for it in samples[:k]]) for samples in programs]
    return Score(
        k=k,
        pct_opt=_share(one >= OPTIMIZED for one in best),
        speedup=_mean(best),
        pct_correct=_share(any(it.correct for it in samples[:k]) for samples in programs),
        speedup_geometric=math.exp(_mean([math.log(one) for one in best])),
        speedup_median=float(statistics.median(best)),
        pct_offered=_share(any(it.offered is not None for it in samples[:k]) for samples in programs),
        speedup_offered=_mean(offered),
    )


def scores(programs: Sequence[Sequence[Outcome]], most: int) -> tuple[Score, ...]:
    """The figures for every k from 1 to `most`."""
    return tuple(score_at(programs, k) for k in range(1, most + 1))


def _share(flags: Iterable[bool]) -> float:
    counted = list(flags)
    return 100.0 * sum(counted) / len(counted)


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)
