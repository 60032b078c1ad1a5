"""The original program on the workbench: built, learned from, checked and measured, each at most once.

Its parts are tasks, so that candidates wait only for what they need: for the oracle before their
tests, for the baseline before their measurement, for the sanity report before they are offered.
"""

import asyncio
from dataclasses import dataclass

from pie_lsp.build.compiler import build_floor
from pie_lsp.engine.subject import Subject
from pie_lsp.engine.workbench import Workbench, instead_of_cycles, native_backend
from pie_lsp.measure.contract import Backend
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.measurement import Baseline
from pie_lsp.values.toolchain import LAYOUTS, Binary, BuildFailure, BuildMode
from pie_lsp.verify.oracle import Oracle, learn
from pie_lsp.verify.sanity import SanityReport, check_original


@dataclass(frozen=True, slots=True)
class Measured:
    """The original's figures and the backend that they come from; `floor` only starts up and ends."""

    backend: Backend
    baseline: Baseline
    floor: Binary
    advice: tuple[str, ...] = ()


class Original:
    """Starts the work on the original at once; every attribute is a task to await.

    Its other layouts are built when the first finalist asks for them.
    """

    def __init__(self, subject: Subject, bench: Workbench) -> None:
        self._subject = subject
        self._bench = bench
        self.binary: asyncio.Task[Binary] = asyncio.create_task(bench.build_original(subject.unit))
        self.oracle: asyncio.Task[Oracle] = asyncio.create_task(self._learn())
        self.measured: asyncio.Task[Measured] = asyncio.create_task(self._measure())
        self.sanity: asyncio.Task[SanityReport] = asyncio.create_task(self._check())
        self._layouts: dict[BuildMode, Binary | BuildFailure] = {}
        self._turns = {mode: asyncio.Lock() for mode in LAYOUTS}

    async def in_layout(self, mode: BuildMode) -> Binary | BuildFailure:
        """The original in another layout, built once for all that ask."""
        async with self._turns[mode]:
            if mode not in self._layouts:
                self._layouts[mode] = await self._bench.compiler.build(self._subject.unit, mode)
        return self._layouts[mode]

    async def close(self) -> None:
        """Cancel what is still running and wait until it has ended."""
        tasks = (self.binary, self.oracle, self.measured, self.sanity)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _learn(self) -> Oracle:
        binary = await asyncio.shield(self.binary)
        bench, settings = self._bench, self._subject.request.settings
        return await learn(bench.sandbox, binary, self._subject.suite, settings.limits, bench.scratch)

    async def _check(self) -> SanityReport:
        binary = await asyncio.shield(self.binary)
        oracle = await asyncio.shield(self.oracle)
        bench, settings = self._bench, self._subject.request.settings
        return await check_original(
            bench.compiler, bench.sandbox, self._subject.unit, binary, oracle, settings.limits, bench.scratch
        )

    async def _measure(self) -> Measured:
        binary = await asyncio.shield(self.binary)
        building = asyncio.create_task(build_floor(self._bench.compiler, self._subject.unit, binary))
        try:
            oracle = await asyncio.shield(self.oracle)
            floor = await building
        finally:
            # Where the original could not be run, no compiler is left behind.
            building.cancel()
            await asyncio.gather(building, return_exceptions=True)
        backend = self._bench.backend
        try:
            return Measured(backend, await self._baseline(backend, binary, floor, oracle), floor)
        except MeasurementError as error:
            if backend.is_clock:
                raise
            settings, bench = self._subject.request.settings, self._bench
            native = await native_backend(settings, bench.sandbox, bench.scratch)
            baseline = await self._baseline(native, binary, floor, oracle)
            return Measured(native, baseline, floor, (instead_of_cycles(error),))

    async def _baseline(self, backend: Backend, binary: Binary, floor: Binary, oracle: Oracle) -> Baseline:
        async with self._bench.quiet(backend):
            return await backend.baseline(binary, floor, oracle.measurable)
