"""Fits the prices of events to simulated cycles. Knows numbers only: no programs, no machines.

Speedups are what the estimate is for, so the errors that are made small are those of ratios: of every two
programs of one problem, and, with a small weight, of the absolute cycles. The largest errors count less
than their square (Huber 1964), so that one program that the formula cannot describe does not spoil the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]

_ROUNDS = 200
_WEIGHT_OF_CYCLES = 0.1
"""Of the error of a program's cycles beside that of a pair's ratio."""
_LARGE_ERROR = 0.05
_SMALLEST_STEP = 1e-9


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: what was counted, and the simulator's cycles. Samples of one group are compared."""

    group: str
    counts: tuple[int, ...]
    cycles: int


def fit(samples: Sequence[Sample], start: Sequence[float]) -> tuple[float, ...]:
    """Non-negative prices of the counts, in cycles, by iterated reweighted least squares from `start`.

    Deterministic: no random numbers, and a fixed number of rounds. Raises ValueError without samples.
    """
    import numpy as np

    if not samples:
        raise ValueError("nothing to fit to")
    counts = np.array([sample.counts for sample in samples], dtype=np.float64)
    cycles = np.log(np.array([sample.cycles for sample in samples], dtype=np.float64))
    mixing = _mixing(samples)
    prices: Any = np.array(start, dtype=np.float64)
    for _ in range(_ROUNDS):
        estimated = counts @ prices
        residual = mixing @ (np.log(estimated) - cycles)
        slope = mixing @ (counts / estimated[:, None])
        weight = np.minimum(1.0, _LARGE_ERROR / np.maximum(np.abs(residual), 1e-12))
        # Steps are taken in relative prices, of which none can fall below nothing.
        scaled = slope * np.maximum(prices, 1e-6)
        normal = scaled.T @ (weight[:, None] * scaled)
        ridge = 1e-6 * np.trace(normal) / len(prices) * np.eye(len(prices))
        step = np.linalg.solve(normal + ridge, -scaled.T @ (weight * residual))
        step = np.clip(step, -0.5, 0.5)
        prices = np.maximum(prices * (1 + step), 0.0)
        if float(np.max(np.abs(step))) < _SMALLEST_STEP:
            break
    return tuple(float(price) for price in prices)


def _mixing(samples: Sequence[Sample]) -> "Vector":
    """A matrix that turns logarithms of cycles into those of ratios within groups, and of cycles."""
    import numpy as np

    groups: dict[str, list[int]] = {}
    for index, sample in enumerate(samples):
        groups.setdefault(sample.group, []).append(index)
    rows = []
    for members in groups.values():
        for place, first in enumerate(members):
            for second in members[place + 1 :]:
                row = np.zeros(len(samples))
                row[first], row[second] = 1.0, -1.0
                # Every group counts as much as it has members, however many pairs they make.
                rows.append(row * (2.0 / len(members)) ** 0.5)
    rows.extend(_WEIGHT_OF_CYCLES * row for row in np.eye(len(samples)))
    return np.array(rows)
