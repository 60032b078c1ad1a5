"""The backend on the real gem5, where PIE_LSP_GEM5 names one: tiny programs, some seconds each."""

import asyncio
import subprocess
from pathlib import Path

import pytest

from pie_lsp.sandbox.bubblewrap import Bubblewrap
from pie_lsp.sandbox.landlock import Landlock
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, BuildMode

from ..conftest import Build
from .conftest import Start

PROGRAM = b"""
#include <cstdio>
int main() {
    int n = 0, sum = 0;
    if (std::scanf("%d", &n) != 1) return 3;
    for (int i = 0; i < n; i++) sum += i * i % 7;
    std::printf("%d\\n", sum);
}
"""
SMALL, LARGE = TestCase("small", b"100\n"), TestCase("large", b"20000\n")


async def test_every_sandbox_gives_the_same_figure(real_gem5: Path, start: Start, build: Build) -> None:
    program = await build(PROGRAM)
    one, two = await start(real_gem5, Bubblewrap.find()), await start(real_gem5, Landlock.find())
    answers = [await backend.simulated(program, LARGE) for backend in (one, two)]
    assert answers[0] == answers[1]
    assert one.model == two.model
    assert answers[0].ticks > 1_000_000


async def test_the_figure_grows_with_the_work_and_the_floor_is_below(
    real_gem5: Path, start: Start, build: Build
) -> None:
    program = await build(PROGRAM)
    backend = await start(real_gem5)
    baseline = await backend.baseline(
        program, await build(b"#include <cstdio>\nint main() {}\n"), [SMALL, LARGE]
    )
    assert 50_000 < baseline.floor < baseline.costs[0].amount < baseline.costs[1].amount


async def test_how_much_memory_is_simulated_does_not_show(
    real_gem5: Path, start: Start, build: Build
) -> None:
    program = await build(PROGRAM)
    backends = [await start(real_gem5, limits=RunLimits(memory_bytes=size << 30)) for size in (1, 31)]
    little, much = [await backend.simulated(program, SMALL) for backend in backends]
    assert little == much
    assert backends[0].model == backends[1].model


async def test_the_two_machines_differ(real_gem5: Path, start: Start, build: Build) -> None:
    program = await build(PROGRAM)
    verbatim, pie = await start(real_gem5), await start(real_gem5, model="skylake-pie")
    slow, fast = await verbatim.measure(program, SMALL), await pie.measure(program, SMALL)
    assert slow.amount > fast.amount
    assert verbatim.model.split("-")[-1] != pie.model.split("-")[-1]


async def test_a_program_with_a_thread_is_refused(real_gem5: Path, start: Start, tmp_path: Path) -> None:
    """gem5 starts none, and a program that goes on without would have a figure."""
    source = tmp_path / "thread.cpp"
    source.write_text(
        "#include <pthread.h>\n#include <cstdio>\n"
        'void* work(void*) { std::puts("thread"); return nullptr; }\n'
        "int main() { pthread_t one;\n"
        "    if (pthread_create(&one, nullptr, work, nullptr) == 0) pthread_join(one, nullptr); }\n"
    )
    command = ["g++", "-O2", "-static", "-pthread", "-o", str(tmp_path / "thread"), str(source)]
    await asyncio.to_thread(lambda: subprocess.run(command, check=True))
    program = Binary(tmp_path / "thread", BuildMode.OPTIMIZED, "thread", "thread")
    backend = await start(real_gem5)
    with pytest.raises(MeasurementError, match="differently from how it does on this machine"):
        await backend.measure(program, SMALL)
