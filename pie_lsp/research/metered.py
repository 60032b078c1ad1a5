"""The estimate with a meter: all processor time that one estimate takes, in QEMU and in our own process.

The emulator counts in a sandbox, but decoding, reading the stretches and the out-of-order window run here,
and take as long. For figures on what measuring costs; knows no terminal and keeps no figure.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.measure.estimate.backend import EstimateBackend
from pie_lsp.measure.estimate.formula import Machine
from pie_lsp.measure.estimate.plugin import Emulator
from pie_lsp.research.clocked import ClockedSandbox
from pie_lsp.sandbox.contract import Sandbox
from pie_lsp.values.measurement import Cost
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, Link

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Metered:
    """A cost, and the processor seconds that finding it took."""

    cost: Cost
    seconds: float


class MeteredEstimate:
    """Estimates one run at a time, each as if it were the first: nothing that another decoded is reused.

    The clock is that of the whole process, all threads included, so whoever asks does nothing else meanwhile;
    estimates that are asked for at once wait for one another.
    """

    def __init__(
        self,
        emulator: Emulator,
        machine: Machine,
        link: Link,
        sandbox: Sandbox,
        scratch: Path,
        limits: RunLimits,
        process_seconds: Clock = time.process_time,
    ) -> None:
        self._emulator = emulator
        self._machine = machine
        self._link = link
        self._sandbox = ClockedSandbox(sandbox)
        self._scratch = scratch
        self._limits = limits
        self._process_seconds = process_seconds
        self._turn = asyncio.Lock()
        self._warm = False

    async def measure(self, binary: Binary, test: TestCase) -> Metered:
        """Estimate one run. Raises MeasurementError where this program cannot be measured."""
        async with self._turn:
            if not self._warm:
                # To load the disassembler and tables is paid once in a process and belongs to no program.
                await self._fresh().measure(binary, test)
                self._warm = True
            return await self._metered(binary, test)

    async def _metered(self, binary: Binary, test: TestCase) -> Metered:
        backend = self._fresh()
        emulated, here = self._sandbox.seconds, self._process_seconds()
        cost = await backend.measure(binary, test)
        spent_here = self._process_seconds() - here
        return Metered(cost, self._sandbox.seconds - emulated + spent_here)

    def _fresh(self) -> EstimateBackend:
        tools = (self._emulator, self._machine, self._link, self._sandbox, self._scratch, self._limits)
        return EstimateBackend(*tools)
