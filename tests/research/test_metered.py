"""What an estimate is said to cost holds our own process's part, by a clock that the tests turn."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest

import pie_lsp.measure.estimate.backend as backend
from pie_lsp.build.compiler import Compiler
from pie_lsp.measure.estimate.formula import machine_named
from pie_lsp.measure.estimate.plugin import prepare_emulator
from pie_lsp.measure.estimate.waiting import with_waiting
from pie_lsp.research.metered import MeteredEstimate
from pie_lsp.sandbox.contract import Outcome, Sandbox, SandboxCommand
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, BuildMode, Link, TranslationUnit

PROGRAM = b"""\
#include <cstdio>
int main() {
    int n = 0;
    if (std::scanf("%d", &n) != 1) __builtin_trap();
    std::printf("%d\\n", n);
}
"""
EMULATED = 2.0
"""Seconds that the sandbox is made to say of every command."""
HERE = 40.0
"""Seconds that the window is made to take."""


class Telling:
    """Runs in a real sandbox, and says that every command took as long."""

    def __init__(self, inner: Sandbox) -> None:
        self.name = inner.name
        self._inner = inner

    async def run(self, command: SandboxCommand) -> Outcome:
        return replace(await self._inner.run(command), cpu_seconds=EMULATED)


@dataclass
class Turned:
    """A clock that only those who turn it move."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Turned]:
    """Turned by what stands for a slow stage of the estimate in our own process."""
    turned = Turned()
    window: Callable[..., object] = with_waiting

    def slow(*arguments: object) -> object:
        turned.seconds += HERE
        return window(*arguments)

    monkeypatch.setattr(backend, "with_waiting", slow)
    yield turned


@pytest.fixture
def estimate(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory, clock: Turned) -> MeteredEstimate:
    scratch = tmp_path_factory.mktemp("metered")
    return MeteredEstimate(
        prepare_emulator(),
        machine_named("skylake-verbatim"),
        Link.STATIC,
        Telling(sandbox),
        scratch,
        RunLimits(),
        clock,
    )


@pytest.fixture
async def binary(compiler: Compiler, tmp_path_factory: pytest.TempPathFactory) -> Binary:
    folder = tmp_path_factory.mktemp("echo")
    built = await compiler.build(TranslationUnit("echo.cpp", folder, PROGRAM), BuildMode.OPTIMIZED)
    assert isinstance(built, Binary)
    return built


async def test_our_own_process_counts_as_the_emulator_does_and_the_warm_up_does_not(
    estimate: MeteredEstimate, binary: Binary, clock: Turned
) -> None:
    first = await estimate.measure(binary, TestCase("one", b"7\n"))
    assert first.seconds == EMULATED + HERE
    assert clock.seconds == 1000.0 + 2 * HERE
    # The same again is measured again, and not looked up.
    again = await estimate.measure(binary, TestCase("one", b"7\n"))
    assert again == first
    assert clock.seconds == 1000.0 + 3 * HERE
    assert first.cost.amount > 0


async def test_of_estimates_that_are_asked_for_at_once_nothing_counts_twice(
    estimate: MeteredEstimate, binary: Binary, clock: Turned
) -> None:
    tests = [TestCase(str(number), b"%d\n" % number) for number in range(3)]
    found = await asyncio.gather(*(estimate.measure(binary, test) for test in tests))
    assert [one.seconds for one in found] == [EMULATED + HERE] * 3
    assert clock.seconds == 1000.0 + 4 * HERE


async def test_a_program_that_cannot_be_measured_is_told_and_the_next_one_is_measured(
    estimate: MeteredEstimate, binary: Binary
) -> None:
    with pytest.raises(MeasurementError):
        await estimate.measure(binary, TestCase("none", b""))
    found = await estimate.measure(binary, TestCase("one", b"7\n"))
    assert found.seconds == EMULATED + HERE
