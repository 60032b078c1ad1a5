"""Prints what measuring with `estimate` costs: processor time as a multiple of the program's own.

    python tests/benchmarks/measuring_cost.py [FOLDER]

FOLDER holds programs NAME.cpp with inputs in NAME.tests/; each is run on its largest input. Without it the
bundled examples are taken. The goal is a geometric mean of at most 60. Native time includes starting the
process, and the estimate's includes QEMU, the plug-in, and reading and decoding the counters, with what was
waited for. Each figure is the median of several runs.
"""

import asyncio
import math
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pie_lsp.examples
from pie_lsp.build.compiler import Compiler
from pie_lsp.build.toolchain import find_toolchain
from pie_lsp.measure.estimate.decode import Decoder
from pie_lsp.measure.estimate.dependences import Dependences
from pie_lsp.measure.estimate.emulation import emulate
from pie_lsp.measure.estimate.formula import cost_of, machines
from pie_lsp.measure.estimate.functions import read_functions
from pie_lsp.measure.estimate.latencies import timing_of
from pie_lsp.measure.estimate.plugin import Emulator, prepare_emulator
from pie_lsp.measure.estimate.waiting import with_waiting
from pie_lsp.sandbox.choose import choose_sandbox
from pie_lsp.sandbox.contract import Outcome, Sandbox, SandboxCommand
from pie_lsp.values.settings import RunLimits, Settings
from pie_lsp.values.toolchain import Binary, BuildFailure, BuildMode, TranslationUnit

GOAL = 60.0
NATIVE_RUNS = 15
ESTIMATE_RUNS = 5


@dataclass
class Clocked:
    """A sandbox that remembers the processor time of its last command."""

    inner: Sandbox
    seconds: float = 0.0

    @property
    def name(self) -> str:
        return self.inner.name

    async def run(self, command: SandboxCommand) -> Outcome:
        outcome = await self.inner.run(command)
        self.seconds = outcome.cpu_seconds
        return outcome


@dataclass
class Bench:
    sandbox: Clocked
    emulator: Emulator
    decoder: Decoder
    dependences: Dependences
    scratch: Path

    async def native_seconds(self, program: Path, stdin: Path) -> float:
        command = SandboxCommand(argv=("/box/prog",), box=(("prog", program),), stdin=stdin)
        return statistics.median([(await self.sandbox.run(command)).cpu_seconds for _ in range(NATIVE_RUNS)])

    async def estimate_seconds(self, program: Path, stdin: Path) -> float:
        started = time.process_time()
        run = await emulate(self.emulator, self.sandbox, program, stdin, RunLimits(), self.scratch)
        functions = read_functions(program).located(run.counters.code_start)
        machine = machines()[0]
        counters = with_waiting(run.counters, self.dependences, timing_of(machine.name))
        cost_of(counters, self.decoder, machine, functions)
        return self.sandbox.seconds + time.process_time() - started


@dataclass
class Program:
    """A source and the largest of its inputs."""

    unit: TranslationUnit
    stdin: Path


def programs(folder: Path) -> list[Program]:
    found = []
    for source in sorted(folder.glob("*.cpp")):
        inputs = source.with_suffix(".tests").glob("*.in")
        largest = max(inputs, key=lambda path: path.stat().st_size, default=None)
        if largest is not None:
            found.append(Program(TranslationUnit(source.name, folder, source.read_bytes()), largest))
    if not found:
        raise SystemExit(f"{folder} has no programs with inputs")
    return found


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def build(compiler: Compiler, unit: TranslationUnit) -> Binary:
    built = await compiler.build(unit, BuildMode.OPTIMIZED)
    if isinstance(built, BuildFailure):
        raise SystemExit(f"{unit.name}: {built.reason}\n{built.diagnostics}")
    return built


async def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        sandbox = Clocked(await choose_sandbox(allow_unsandboxed=False))
        bench = Bench(sandbox, prepare_emulator(), Decoder(), Dependences(), scratch)
        toolchain = await find_toolchain(Settings(), folder / "program.cpp")
        compiler = Compiler(toolchain, sandbox, scratch)
        ratios = []
        for program in programs(folder):
            path = (await build(compiler, program.unit)).path
            native = await bench.native_seconds(path, program.stdin)
            estimate = statistics.median(
                [await bench.estimate_seconds(path, program.stdin) for _ in range(ESTIMATE_RUNS)]
            )
            ratios.append(estimate / native)
            name = program.unit.name
            say(f"{name:20} {1000 * native:9.1f} ms {1000 * estimate:9.1f} ms {ratios[-1]:7.1f}x")
        mean = math.exp(statistics.fmean(map(math.log, ratios)))
        say(f"geometric mean {mean:.1f}x over {len(ratios)} programs (goal: at most {GOAL:.0f}x)")


if __name__ == "__main__":
    default = Path(pie_lsp.examples.__file__).parent
    asyncio.run(main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else default))
