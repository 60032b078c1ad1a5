"""The backend `gem5`: cycles that the simulator itself counts. Deterministic, and slow."""

import asyncio
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pie_lsp.measure.compare import compared
from pie_lsp.measure.gem5 import probe
from pie_lsp.measure.gem5.cost import UNIT, cost_of
from pie_lsp.measure.gem5.schema import Answer
from pie_lsp.measure.gem5.simulation import Simulator, simulate
from pie_lsp.sandbox.beside import all_of
from pie_lsp.sandbox.contract import Ending, Limits, SandboxCommand
from pie_lsp.sandbox.inputs import input_file
from pie_lsp.values.errors import MeasurementError, SandboxError
from pie_lsp.values.measurement import Baseline, Comparison, Cost
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, Link

_EMPTY_INPUT = TestCase("empty input", b"")
_PHRASES = {
    "skylake-verbatim": "gem5 Skylake cycles",
    "skylake-pie": "gem5 Skylake cycles (PIE's machine)",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes a figure besides the program: the machine, gem5's version, all that it instantiated."""

    machine: str
    gem5_version: str
    config_hash: str


@dataclass(frozen=True, slots=True)
class RegionCost:
    """What a marked part of a program took in one run.

    entries  how often it was entered from outside
    amount   in the unit of the backend, callees included
    whole    of the whole program with its marks
    """

    entries: int
    amount: int
    whole: int


class Gem5Backend:
    """Simulates each pair of binary and input once. Faults are raised, and never kept."""

    def __init__(self, simulator: Simulator, identity: Identity, link: Link) -> None:
        self._simulator = simulator
        self._identity = identity
        self._link = link
        self._known: dict[tuple[str, str], Answer] = {}
        self._turns: dict[tuple[str, str], asyncio.Lock] = {}
        self._free = asyncio.Semaphore(os.cpu_count() or 1)

    @classmethod
    async def start(cls, simulator: Simulator, link: Link) -> "Gem5Backend":
        """Simulate the smallest program, to learn what gem5 this is.

        Raises MissingToolError or MeasurementError, which say what is wrong with it.
        """
        path = simulator.scratch / "gem5-probe"
        try:
            path.write_bytes(probe.program())
            path.chmod(0o755)
        except OSError as error:
            raise SandboxError(f"No file can be written to {path.parent} ({error.strerror}).") from error
        answer = await simulate(simulator, path, b"")
        identity = Identity(simulator.machine, answer.gem5_version, answer.config_hash)
        return cls(simulator, identity, link)

    @property
    def name(self) -> str:
        return "gem5"

    @property
    def identity(self) -> Identity:
        """What simulates, as a table of labels names it."""
        return self._identity

    @property
    def model(self) -> str:
        """Machine, version of gem5, and the beginning of the digest of everything it instantiated."""
        identity = self._identity
        return f"{identity.machine}/gem5-{identity.gem5_version}-{identity.config_hash[:8]}"

    @property
    def unit(self) -> str:
        return UNIT

    @property
    def phrase(self) -> str:
        return _PHRASES[self._identity.machine]

    @property
    def expected_error(self) -> float | None:
        return None

    @property
    def is_clock(self) -> bool:
        return False

    @property
    def link(self) -> Link | None:
        return self._link

    async def measure(self, binary: Binary, test: TestCase) -> Cost:
        """Cycles of one run. Raises MeasurementError where this program cannot be measured."""
        return cost_of(await self.simulated(binary, test))

    async def baseline(self, old: Binary, floor: Binary, tests: Sequence[TestCase]) -> Baseline:
        """Measure the original, and the start-up floor on empty input."""
        first, *rest = await all_of(
            [self.measure(floor, _EMPTY_INPUT), *(self.measure(old, test) for test in tests)]
        )
        return Baseline(self.name, self.model, self.unit, first.amount, tuple(rest))

    async def compare(
        self, baseline: Baseline, old: Binary, new: Binary, tests: Sequence[TestCase]
    ) -> Comparison:
        """Measure `new`; raises MeasurementError where it does not behave as `old` does under gem5."""
        before = await all_of([self.simulated(old, test) for test in tests])
        after = await all_of([self.simulated(new, test) for test in tests])
        for test, was, now in zip(tests, before, after, strict=True):
            if _behaviour(was) != _behaviour(now):
                raise MeasurementError(f"Under gem5 it answers {test.name} differently from the original.")
        return compared([cost_of(was) for was in before], [cost_of(now) for now in after], baseline.floor)

    async def simulated(self, binary: Binary, test: TestCase) -> Answer:
        """All that gem5 says of one run, which behaved as it does on this machine. Raises as `measure`."""
        key = binary.digest, hashlib.sha256(test.input).hexdigest()
        # Equal inputs that are asked for at once wait for one run.
        async with self._turns.setdefault(key, asyncio.Lock()), self._free:
            if key not in self._known:
                self._known[key] = await self._run(binary, test)
        return self._known[key]

    async def measure_region(self, marked: Binary, original: Binary, test: TestCase) -> RegionCost:
        """Simulate `marked`, the program of `original` with marks around a part of it.

        Raises MeasurementError where it does not behave as `original` does. Marks are instructions that no
        processor has, so it runs in the simulator alone.
        """
        before = await self.simulated(original, test)
        async with self._free:
            answer = await simulate(self._simulator, marked.path, test.input)
        if _behaviour(answer) != _behaviour(before):
            raise MeasurementError(f"With the marks around it the program answers {test.name} differently.")
        if answer.region is None:
            return RegionCost(0, 0, answer.cycles)
        amount = answer.region.ticks * answer.cycles // answer.ticks
        return RegionCost(answer.region.entries, amount, answer.cycles)

    async def _run(self, binary: Binary, test: TestCase) -> Answer:
        answer = await simulate(self._simulator, binary.path, test.input)
        identity = replace(self._identity, gem5_version=answer.gem5_version, config_hash=answer.config_hash)
        if identity != self._identity:
            raise MeasurementError("gem5 or its configuration changed while it measured; start anew.")
        # gem5 ends a program that aborts as if it had come to its end, and starts no threads for it.
        if _behaviour(answer) != await native_behaviour(self._simulator, binary, test):
            raise MeasurementError(
                f"Under gem5 the program answers {test.name} differently from how it does on this machine "
                "(threads, AVX, the clock or other processes do this), so gem5 cannot measure it."
            )
        return answer


async def native_behaviour(simulator: Simulator, binary: Binary, test: TestCase) -> str:
    """What the program does where it is not simulated. Raises MeasurementError where it has no end."""
    limits = simulator.limits
    command = SandboxCommand(
        argv=("/box/prog",),
        box=(("prog", binary.path),),
        stdin=input_file(test.input, simulator.scratch),
        limits=Limits(
            cpu_seconds=limits.cpu_seconds,
            wall_seconds=limits.cpu_seconds * 3 + 60.0,
            memory_bytes=limits.memory_bytes,
            file_bytes=limits.output_bytes,
        ),
    )
    outcome = await simulator.sandbox.run(command)
    if outcome.ending is not Ending.EXITED or outcome.exit_status is None:
        raise MeasurementError(f"The program did not end by itself on {test.name} ({outcome.ending.value}).")
    return _described(outcome.exit_status, hashlib.sha256(outcome.stdout).hexdigest())


def _behaviour(answer: Answer) -> str:
    return _described(answer.exit_status, answer.stdout_sha256)


def _described(status: int, stdout: str) -> str:
    return f"{status & 0xFF} {stdout}"
