"""The backend on a stand-in for gem5, in the real sandbox: what it keeps, and what it makes of faults."""

import asyncio
import os
from pathlib import Path

import pytest

from pie_lsp.measure.contract import Backend
from pie_lsp.measure.gem5.backend import Gem5Backend
from pie_lsp.sandbox.contract import Outcome, Sandbox, SandboxCommand
from pie_lsp.values.errors import MeasurementError, MissingToolError, PieError
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, BuildMode, Link

from ...gem5_runner.replay import Play, recorded
from ..conftest import Build
from .conftest import ENDED, Start

NOTHING = TestCase("nothing", b"")
CUT = {**ENDED.files, "stats.txt": ENDED.files["stats.txt"][:3000]}
STARTED = "Global frequency set at 1000000000000 ticks per second\n"
MARK = "gem5-runner: "

FAULTS = {
    "wrong isa": (Play(said=f'{STARTED}{MARK}{{"ended": "no-x86"}}\n'), MissingToolError, "without x86"),
    "no gem5": (Play(said="hello\n"), MissingToolError, "does not start as gem5 does"),
    "panic": (
        Play(said=f"{STARTED}src/cpu/o3/commit.cc:9: panic: Nothing commits\n", status=1),
        MeasurementError,
        "panic: Nothing commits",
    ),
    "memory": (
        Play(said=f"{STARTED}src/mem/physical.cc:247: fatal: Could not mmap 1 bytes\n", status=1),
        MeasurementError,
        "too little memory",
    ),
    "crash": (recorded("crash").but(status=1), MeasurementError, "The program crashes in the simulation"),
    "cut off": (ENDED.but(files=CUT), MeasurementError, "could not write its statistics"),
    "limit": (recorded("limit"), MeasurementError, "more than 100,000,000 instructions"),
    "reset": (recorded("reset"), MeasurementError, "reset the statistics"),
    "another answer": (ENDED.but(stdout="else\n"), MeasurementError, "differently from how it does on this"),
    "another machine": (
        ENDED.but(files={**ENDED.files, "config.ini": "[root]\ntype=Root\n"}),
        MeasurementError,
        "changed while it measured",
    ),
}


async def test_a_recorded_run_is_the_figure(
    start: Start, stand_in: Path, rung: Sandbox, program: Binary
) -> None:
    backend: Backend = await start(stand_in, rung)
    cost = await backend.measure(program, NOTHING)
    assert (cost.amount, cost.unit) == (223_106, "cycles")
    assert {part.name: part.count for part in cost.parts}["micro-operations"] == 77_312
    assert (backend.name, backend.is_clock, backend.link) == ("gem5", False, Link.STATIC)
    assert backend.phrase == "gem5 Skylake cycles"
    assert backend.model.startswith("skylake-verbatim/gem5-24.0.0.1-")


@pytest.mark.parametrize("name", FAULTS)
async def test_a_fault_is_a_sentence_and_is_not_kept(
    start: Start, stand_in: Path, program: Binary, name: str
) -> None:
    play, kind, sentence = FAULTS[name]
    backend = await start(stand_in)
    play.write(stand_in)
    with pytest.raises(PieError, match=sentence) as caught:
        await backend.measure(program, NOTHING)
    assert type(caught.value) is kind
    ENDED.write(stand_in)
    assert (await backend.measure(program, NOTHING)).amount == 223_106


@pytest.mark.parametrize("name", ["wrong isa", "no gem5", "panic"])
async def test_a_gem5_that_cannot_work_is_told_at_the_start(start: Start, tmp_path: Path, name: str) -> None:
    play, kind, sentence = FAULTS[name]
    with pytest.raises(kind, match=sentence):
        await start(play.write(tmp_path / "broken"))


async def test_a_run_is_simulated_once(
    start: Start, stand_in: Path, sandbox: Sandbox, program: Binary
) -> None:
    runs: list[str] = []

    class Counting:
        name = "counting"

        async def run(self, command: SandboxCommand) -> Outcome:
            runs.append("natively" if command.argv == ("/box/prog",) else "simulated")
            return await sandbox.run(command)

    backend = await start(stand_in, Counting())
    runs.clear()
    tests = [NOTHING, TestCase("the same", b""), TestCase("another", b"1")]
    baseline = await backend.baseline(program, program, tests)
    comparison = await backend.compare(baseline, program, program, tests)
    assert sorted(runs) == ["natively", "natively", "simulated", "simulated"]
    assert (comparison.speedup, comparison.interval) == (1.0, None)
    assert baseline.floor == baseline.costs[0].amount == 223_106


async def test_a_program_that_answers_otherwise_is_not_compared(
    start: Start, stand_in: Path, program: Binary, build: Build
) -> None:
    other = await build(b'#include <cstdio>\nint main() { std::puts("other"); }\n')
    backend = await start(stand_in)
    baseline = await backend.baseline(program, program, [NOTHING])
    ENDED.but(stdout="other\n").write(stand_in)
    with pytest.raises(MeasurementError, match="answers nothing differently from the original"):
        await backend.compare(baseline, program, other, [NOTHING])


async def test_a_marked_program_runs_in_the_simulator_alone(
    start: Start, stand_in: Path, program: Binary, tmp_path: Path
) -> None:
    backend = await start(stand_in)
    await backend.measure(program, NOTHING)
    recorded("regions").but(stdout=ENDED.stdout).write(stand_in)
    # No processor runs this file, so running it natively would fail.
    (tmp_path / "marked").write_bytes(b"\x7fELF")
    marked = Binary(tmp_path / "marked", BuildMode.OPTIMIZED, "marked", "marked")
    cost = await backend.measure_region(marked, program, NOTHING)
    assert (cost.entries, cost.amount, cost.whole) == (3, 10_047_466 // 286, 58_452_966 // 286)
    ENDED.write(stand_in)
    assert (await backend.measure_region(marked, program, NOTHING)).entries == 0
    ENDED.but(stdout="else\n").write(stand_in)
    with pytest.raises(MeasurementError, match="marks"):
        await backend.measure_region(marked, program, NOTHING)


async def test_cancelling_ends_the_simulator(start: Start, stand_in: Path, program: Binary) -> None:
    backend: Gem5Backend = await start(stand_in)
    ENDED.but(seconds=3600.0).write(stand_in)
    running = asyncio.ensure_future(backend.measure(program, NOTHING))
    async with asyncio.timeout(60):
        while not simulators(stand_in):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert simulators(stand_in) == []


def simulators(gem5: Path) -> list[bytes]:
    """Command lines of the processes that simulate with this binary."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            line = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if os.fsencode(gem5) in line and b"--outdir" in line:
            found.append(line)
    return found
