"""Measures rewrites test by test, the cheapest test first, and stops each when it can no longer win.

For backends whose work counts: a simulator does a quarter of a million instructions a second. Costs are never
below nothing, so what a rewrite has cost on some tests is a bound of what it costs on all. Knows one backend,
and neither sources nor where the rewrites come from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from pie_lsp.measure.contract import Backend
from pie_lsp.sandbox.beside import all_of
from pie_lsp.values.measurement import Baseline, Comparison, Cost
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary


class Stopped(Enum):
    """Why a rewrite was not measured on all tests."""

    BEATEN = "it costs more than the best so far"
    NO_GAIN = "it costs no less than the original"


@dataclass(frozen=True, slots=True)
class Course:
    """What all rewrites of one request are measured on.

    floor     only starts up and ends
    screened  what another backend says that `old` costs on each of `tests`; it gives the order alone
    """

    old: Binary
    floor: Binary
    tests: tuple[TestCase, ...]
    screened: tuple[Cost, ...]


class Race:
    """The rewrites of one request on one backend, which keeps what it measured once."""

    def __init__(self, backend: Backend, course: Course, hands: int) -> None:
        self._backend = backend
        self._course = course
        self._hands = hands
        self._old_total: int | None = None
        order = sorted(range(len(course.tests)), key=lambda place: course.screened[place].amount)
        self._tests = tuple(course.tests[place] for place in order)

    async def run(self, new: Binary, best: int | None) -> Comparison | Stopped:
        """Measure `new`, as long as it can cost less than `best` and than the original.

        best  what the best rewrite so far costs over all tests

        Which of the answers it is does not depend on `hands`. Raises MeasurementError.
        """
        spent = spent_old = 0
        for first in range(0, len(self._tests), self._hands):
            wave = self._tests[first : first + self._hands]
            spent_old += await self._cost(self._course.old, wave)
            spent += await self._cost(new, wave)
            if best is not None and spent >= best:
                return Stopped.BEATEN
            if self._old_total is not None and spent >= self._old_total:
                return Stopped.NO_GAIN
        self._old_total = spent_old
        if spent >= spent_old:
            return Stopped.NO_GAIN
        course = self._course
        return await self._backend.compare(await self.baseline(), course.old, new, course.tests)

    async def baseline(self) -> Baseline:
        """The original and the floor."""
        course = self._course
        return await self._backend.baseline(course.old, course.floor, course.tests)

    async def _cost(self, binary: Binary, tests: Sequence[TestCase]) -> int:
        costs = await all_of([self._backend.measure(binary, test) for test in tests])
        return sum(cost.amount for cost in costs)
