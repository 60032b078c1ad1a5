"""The backend `estimate`: cycles of gem5's Skylake from counters under QEMU. Deterministic."""

import asyncio
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pie_lsp.measure.compare import compared
from pie_lsp.measure.estimate.attribution import attributed, described
from pie_lsp.measure.estimate.counters import Counters
from pie_lsp.measure.estimate.decode import Decoder
from pie_lsp.measure.estimate.dependences import Dependences
from pie_lsp.measure.estimate.emulation import emulate
from pie_lsp.measure.estimate.formula import UNIT, Machine, cost_of
from pie_lsp.measure.estimate.functions import FunctionMap, read_functions
from pie_lsp.measure.estimate.latencies import timing_of
from pie_lsp.measure.estimate.plugin import Emulator, plugin_digest
from pie_lsp.measure.estimate.waiting import with_waiting
from pie_lsp.sandbox.beside import all_of
from pie_lsp.sandbox.contract import Sandbox
from pie_lsp.sandbox.inputs import input_file
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.measurement import Baseline, Comparison, Cost
from pie_lsp.values.profile import AttributedCost, CodePiece
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, Link

_EMPTY_INPUT = TestCase("empty input", b"")
_MODEL_FILES = (".py", ".toml")
_COST_FILES = (
    "backend.py",
    "counters.py",
    "decode.py",
    "dependences.py",
    "emulation.py",
    "families.py",
    "formula.py",
    "functions.py",
    "latencies.py",
    "micro_ops.py",
    "stretches.py",
    "waiting.py",
    "window.py",
)
"""All that `EstimateBackend.measure` runs; what only divides costs among functions is not among it."""


@dataclass(frozen=True, slots=True)
class _Measured:
    cost: Cost
    behaviour: str


class EstimateBackend:
    """Measures each pair of binary and input once; figures are equal bit for bit wherever it runs."""

    def __init__(
        self,
        emulator: Emulator,
        machine: Machine,
        link: Link,
        sandbox: Sandbox,
        scratch: Path,
        limits: RunLimits,
    ) -> None:
        self._emulator = emulator
        self._machine = machine
        self._link = link
        self._sandbox = sandbox
        self._scratch = scratch
        self._limits = limits
        self._decoder = Decoder()
        self._dependences = Dependences()
        self._disassembling = asyncio.Lock()
        self._known: dict[tuple[str, str], _Measured] = {}
        self._functions: dict[str, FunctionMap] = {}
        self._turns: dict[tuple[str, str], asyncio.Lock] = {}
        self._free = asyncio.Semaphore(os.cpu_count() or 1)

    @property
    def name(self) -> str:
        return "estimate"

    @property
    def model(self) -> str:
        """Machine, version of its coefficients, digest of all that makes the figure, QEMU's version."""
        machine = self._machine
        return f"{machine.name}/{machine.version}-{model_digest()[:8]}+qemu-{self._emulator.version}"

    @property
    def unit(self) -> str:
        return UNIT

    @property
    def phrase(self) -> str:
        """Says the expected error too."""
        return f"{self._machine.phrase} within {100 * self._machine.expected_error:.0f} %"

    @property
    def expected_error(self) -> float | None:
        """As it was on problems that no fit has seen."""
        return self._machine.expected_error

    @property
    def is_clock(self) -> bool:
        return False

    @property
    def link(self) -> Link | None:
        return self._link

    async def measure(self, binary: Binary, test: TestCase) -> Cost:
        """Cycles of one run. Raises MeasurementError where this program cannot be measured."""
        return (await self._measure(binary, test)).cost

    async def baseline(self, old: Binary, floor: Binary, tests: Sequence[TestCase]) -> Baseline:
        """Measure the original, and the start-up floor on empty input."""
        runs = [self._measure(floor, _EMPTY_INPUT), *(self._measure(old, test) for test in tests)]
        first, *rest = await all_of(runs)
        costs = tuple(measured.cost for measured in rest)
        return Baseline(self.name, self.model, self.unit, first.cost.amount, costs, self.expected_error)

    async def compare(
        self, baseline: Baseline, old: Binary, new: Binary, tests: Sequence[TestCase]
    ) -> Comparison:
        """Measure `new`; raises MeasurementError where it does not behave as `old` does under QEMU."""
        before = await all_of([self._measure(old, test) for test in tests])
        after = await all_of([self._measure(new, test) for test in tests])
        for test, was, now in zip(tests, before, after, strict=True):
            if was.behaviour != now.behaviour:
                raise MeasurementError(f"Under QEMU it answers {test.name} differently from the original.")
        return compared([was.cost for was in before], [now.cost for now in after], baseline.floor)

    async def attribute(
        self, old: Binary, built: Binary, pieces: Sequence[CodePiece], tests: Sequence[TestCase]
    ) -> tuple[AttributedCost, ...]:
        """Divide the cost of `built`; raises MeasurementError where it does not behave as `old` does."""
        return tuple(await all_of([self._attribute(old, built, pieces, test) for test in tests]))

    async def _attribute(
        self, old: Binary, built: Binary, pieces: Sequence[CodePiece], test: TestCase
    ) -> AttributedCost:
        before = await self._measure(old, test)
        functions = self._functions_of(built)
        stdin = input_file(test.input, self._scratch)
        tools = (self._emulator, self._sandbox, built.path, stdin, self._limits, self._scratch)
        async with self._free:
            run = await emulate(*tools, functions=described(functions, pieces))
        if run.behaviour != before.behaviour:
            raise MeasurementError(
                f"With its functions kept out of line, the program answers {test.name} differently."
            )
        counters = await self._waited(run.counters)
        return attributed(counters, self._decoder, self._machine, functions, pieces)

    async def _measure(self, binary: Binary, test: TestCase) -> _Measured:
        digest = hashlib.sha256(test.input).hexdigest()
        key = binary.digest, digest
        # Equal inputs that are asked for at once wait for one run.
        async with self._turns.setdefault(key, asyncio.Lock()), self._free:
            if key not in self._known:
                self._known[key] = await self._run(binary, test.input)
        return self._known[key]

    async def _run(self, binary: Binary, content: bytes) -> _Measured:
        stdin = input_file(content, self._scratch)
        run = await emulate(self._emulator, self._sandbox, binary.path, stdin, self._limits, self._scratch)
        return _Measured(self._cost(await self._waited(run.counters), binary), run.behaviour)

    async def _waited(self, counters: Counters) -> Counters:
        timing = timing_of(self._machine.name)
        # It takes some tenths of a second, and the decoders are not made for several threads.
        async with self._disassembling:
            return await asyncio.to_thread(with_waiting, counters, self._dependences, timing)

    def _cost(self, counters: Counters, binary: Binary) -> Cost:
        functions = self._functions_of(binary)
        return cost_of(counters, self._decoder, self._machine, functions.located(counters.code_start))

    def _functions_of(self, binary: Binary) -> FunctionMap:
        functions = self._functions.get(binary.digest)
        if functions is None:
            functions = self._functions[binary.digest] = read_functions(binary.path)
        return functions


def model_digest() -> str:
    """SHA-256 in hex of the plug-in and of every file beside this one, so that none that figures depend on is
    forgotten and no changed model is taken for the old.
    """
    digest = hashlib.sha256(plugin_digest().encode("ascii"))
    resources = {resource.name: resource for resource in files(__package__).iterdir()}
    for name in sorted(name for name in resources if name.endswith(_MODEL_FILES)):
        data = resources[name].read_bytes()
        digest.update(f"{name} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


def cost_digest() -> str:
    """SHA-256 in hex of the program text that decides how much processor time an estimate takes.

    That is the plug-in and the Python modules. Prices and tables of instructions are left out: other numbers
    make other figures, in the same time, and recorded seconds stay true when they are fitted anew.
    """
    digest = hashlib.sha256(plugin_digest().encode("ascii"))
    for name in _COST_FILES:
        digest.update(files(__package__).joinpath(name).read_bytes())
    return digest.hexdigest()
