"""The backend `native`: processor time on this machine, paired and interleaved, with its uncertainty.

Both programs and a control (the original again) run in every round, in an order drawn anew for each round, so
that neither heat nor neighbours favour one of them. Knows no machine model.
"""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from pie_lsp.measure.compare import net, ratio
from pie_lsp.measure.intervals import median_ratio
from pie_lsp.sandbox.contract import Ending, Limits, Sandbox, SandboxCommand
from pie_lsp.sandbox.inputs import input_file
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.measurement import Baseline, Comparison, Cost
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, Link

UNIT = "nanoseconds"
SHORTEST_SECONDS = 0.005
"""Programs whose tests together take less are not timed: starting a process varies by as much."""

_EMPTY_INPUT = TestCase("empty input", b"")
_SINGLE_RUNS = 5
FEWEST_ROUNDS = 12
_MOST_ROUNDS = 60
_BUDGET_SECONDS = 20.0
_SEED = 20230215


class TooShortError(MeasurementError):
    """The tests take too little time to be timed."""


@dataclass(frozen=True, slots=True)
class _Round:
    """Seconds by test of the old program, the new one, and the old one again."""

    old: tuple[float, ...]
    new: tuple[float, ...]
    control: tuple[float, ...]


class NativeBackend:
    """Times programs as they run in the sandbox. Nothing else should run meanwhile."""

    def __init__(
        self,
        sandbox: Sandbox,
        scratch: Path,
        limits: RunLimits,
        budget_seconds: float = _BUDGET_SECONDS,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`budget_seconds` bounds how long one comparison goes on, by the clock `now`."""
        self._sandbox = sandbox
        self._scratch = scratch
        self._limits = limits
        self._budget_seconds = budget_seconds
        self._now = now

    @property
    def name(self) -> str:
        return "native"

    @property
    def model(self) -> str:
        return "processor-time/1"

    @property
    def unit(self) -> str:
        return UNIT

    @property
    def phrase(self) -> str:
        return "on this machine"

    @property
    def expected_error(self) -> float | None:
        return None

    @property
    def is_clock(self) -> bool:
        return True

    @property
    def link(self) -> Link | None:
        return None

    async def measure(self, binary: Binary, test: TestCase) -> Cost:
        """Median of a few runs. Raises MeasurementError where the program does not end by itself."""
        return _cost(median([await self._run(binary, test) for _ in range(_SINGLE_RUNS)]))

    async def baseline(self, old: Binary, floor: Binary, tests: Sequence[TestCase]) -> Baseline:
        """Time the original and the start of an empty program, one run after another."""
        start = await self.measure(floor, _EMPTY_INPUT)
        costs = [await self.measure(old, test) for test in tests]
        return Baseline(self.name, self.model, self.unit, start.amount, tuple(costs))

    async def compare(
        self, baseline: Baseline, old: Binary, new: Binary, tests: Sequence[TestCase]
    ) -> Comparison:
        """Time `old`, `new` and `old` again in rounds, as many as the time allows.

        Raises TooShortError where the tests take too little time to be timed, and MeasurementError where a
        program does not end by itself.
        """
        own = baseline.total - baseline.floor * len(baseline.costs)
        if own < SHORTEST_SECONDS * 1e9:
            raise TooShortError(
                f"The program's tests take {max(own, 0) / 1e6:.1f} ms together without starting up, "
                "too short to be timed: add a larger input (NAME.in beside the other tests)."
            )
        rounds = await self._rounds(old, new, tests)
        return _comparison(rounds, baseline.floor)

    async def _rounds(self, old: Binary, new: Binary, tests: Sequence[TestCase]) -> list[_Round]:
        order = random.Random(_SEED)
        # The first round warms caches and is not counted.
        await self._round(old, new, tests, order)
        started = self._now()
        rounds: list[_Round] = []
        while len(rounds) < _MOST_ROUNDS:
            rounds.append(await self._round(old, new, tests, order))
            if len(rounds) >= FEWEST_ROUNDS and self._now() - started > self._budget_seconds:
                break
        return rounds

    async def _round(
        self, old: Binary, new: Binary, tests: Sequence[TestCase], order: random.Random
    ) -> _Round:
        seconds: list[list[float]] = [[], [], []]
        for test in tests:
            turns = [(0, old), (1, new), (2, old)]
            order.shuffle(turns)
            for which, binary in turns:
                seconds[which].append(await self._run(binary, test))
        return _Round(*map(tuple, seconds))

    async def _run(self, binary: Binary, test: TestCase) -> float:
        stdin = input_file(test.input, self._scratch)
        limits = Limits(
            cpu_seconds=self._limits.cpu_seconds,
            wall_seconds=self._limits.cpu_seconds * 3 + 60.0,
            memory_bytes=self._limits.memory_bytes,
            file_bytes=self._limits.output_bytes,
        )
        outcome = await self._sandbox.run(
            SandboxCommand(argv=("/box/prog",), box=(("prog", binary.path),), stdin=stdin, limits=limits)
        )
        if outcome.ending is not Ending.EXITED:
            raise MeasurementError(
                f"The program did not end by itself on {test.name} ({outcome.ending.value})."
            )
        return outcome.cpu_seconds


def _cost(seconds: float) -> Cost:
    return Cost(round(seconds * 1e9), UNIT)


def _comparison(rounds: Sequence[_Round], floor: int) -> Comparison:
    old = [sum(one.old) for one in rounds]
    new = [sum(one.new) for one in rounds]
    again = [sum(one.control) for one in rounds]
    speedup, interval = median_ratio(old, new, _SEED)
    _, control = median_ratio(old, again, _SEED)
    tests = len(rounds[0].old)
    floors = floor * tests
    return Comparison(
        old=tuple(_cost(median(one.old[test] for one in rounds)) for test in range(tests)),
        new=tuple(_cost(median(one.new[test] for one in rounds)) for test in range(tests)),
        speedup=speedup,
        speedup_net=ratio(net(round(median(old) * 1e9), floors), net(round(median(new) * 1e9), floors)),
        interval=interval,
        control=control,
    )
