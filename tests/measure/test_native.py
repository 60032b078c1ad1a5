import random
from collections.abc import Callable
from pathlib import Path

import pytest

from pie_lsp.measure.gate import decide
from pie_lsp.measure.native import NativeBackend
from pie_lsp.sandbox.contract import Ending, Outcome, Sandbox, SandboxCommand
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.settings import MIN_SPEEDUP, RunLimits
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, BuildMode

from .conftest import Build

TESTS = [TestCase("small", b"1"), TestCase("large", b"2")]
OLD, NEW, EMPTY = (
    Binary(Path(f"/{name}"), BuildMode.OPTIMIZED, name, name) for name in ("old", "new", "empty")
)

WORKS = b"""
int main() { volatile unsigned s = 0; for (unsigned i = 0; i < %d; i++) s = s * 31 + i; }
"""


class Machine:
    """A sandbox whose clock is written down: seconds of a program on an input, and every run in order."""

    name = "written"

    def __init__(self, seconds: Callable[[str, bytes], float]) -> None:
        self.seconds = seconds
        self.runs: list[tuple[str, bytes]] = []
        self.ending = Ending.EXITED

    async def run(self, command: SandboxCommand) -> Outcome:
        assert command.argv == ("/box/prog",)
        assert command.stdin is not None
        program, text = dict(command.box)["prog"].name, command.stdin.read_bytes()
        self.runs.append((program, text))
        return Outcome(self.ending, 0, None, b"", b"", self.seconds(program, text))


def steady(program: str, _: bytes) -> float:
    return {"old": 0.3, "new": 0.1, "empty": 0.001}[program]


async def test_a_comparison_has_an_interval_and_a_control(tmp_path: Path) -> None:
    backend = NativeBackend(Machine(steady), tmp_path, RunLimits(), budget_seconds=0)
    baseline = await backend.baseline(OLD, EMPTY, TESTS)
    assert (baseline.floor, [cost.amount for cost in baseline.costs]) == (1_000_000, [300_000_000] * 2)
    comparison = await backend.compare(baseline, OLD, NEW, TESTS)
    assert comparison.speedup == pytest.approx(3)
    assert comparison.speedup_net == pytest.approx(299 / 99)
    assert comparison.interval is not None
    assert comparison.control is not None
    assert (comparison.interval.low, comparison.control.high) == pytest.approx((3, 1))
    assert [cost.amount for cost in comparison.new] == [100_000_000] * 2
    assert decide(comparison, baseline, MIN_SPEEDUP, is_clock=True).offered


async def test_all_three_run_in_every_round_in_changing_order(tmp_path: Path) -> None:
    machine = Machine(steady)
    backend = NativeBackend(machine, tmp_path, RunLimits(), budget_seconds=0)
    baseline = await backend.baseline(OLD, EMPTY, TESTS)
    machine.runs.clear()
    await backend.compare(baseline, OLD, NEW, TESTS)
    triples = [machine.runs[at : at + 3] for at in range(0, len(machine.runs), 3)]
    # Twelve rounds and one to warm up, of two tests each.
    assert len(triples) == 13 * 2
    for triple in triples:
        assert sorted(program for program, _ in triple) == ["new", "old", "old"]
        assert len({text for _, text in triple}) == 1
    places = {[program for program, _ in triple].index("new") for triple in triples}
    assert places == {0, 1, 2}


async def test_a_machine_that_slows_down_favours_nobody(tmp_path: Path) -> None:
    """Every run takes a little longer than the one before, as on a laptop that grows hot."""
    heat = iter(range(10**6))
    machine = Machine(lambda program, _: 0.0 if program == "empty" else 0.05 * (1 + next(heat) / 200))
    backend = NativeBackend(machine, tmp_path, RunLimits(), budget_seconds=0)
    baseline = await backend.baseline(OLD, EMPTY, [TESTS[0]])
    comparison = await backend.compare(baseline, OLD, NEW, [TESTS[0]])
    assert comparison.speedup == pytest.approx(1, abs=0.02)
    assert not decide(comparison, baseline, MIN_SPEEDUP, is_clock=True).offered


async def test_a_noisy_machine_offers_nothing_that_is_not_certain(tmp_path: Path) -> None:
    draw = random.Random(4)
    noise = Machine(lambda program, _: 0.1 * draw.lognormvariate(0, 0.4) / (1.15 if program == "new" else 1))
    backend = NativeBackend(noise, tmp_path, RunLimits(), budget_seconds=0)
    baseline = await backend.baseline(OLD, EMPTY, [TESTS[0]])
    comparison = await backend.compare(baseline, OLD, NEW, [TESTS[0]])
    assert not decide(comparison, baseline, MIN_SPEEDUP, is_clock=True).offered


async def test_with_more_time_there_are_more_rounds_up_to_a_number(tmp_path: Path) -> None:
    async def rounds(budget: float) -> int:
        now = iter(range(10**6))
        machine = Machine(steady)
        backend = NativeBackend(
            machine, tmp_path, RunLimits(), budget_seconds=budget, now=lambda: float(next(now))
        )
        baseline = await backend.baseline(OLD, EMPTY, [TESTS[0]])
        machine.runs.clear()
        await backend.compare(baseline, OLD, NEW, [TESTS[0]])
        return len(machine.runs) // 3 - 1

    assert [await rounds(budget) for budget in (0, 5, 1e9)] == [12, 17, 60]


async def test_what_is_too_short_to_be_timed_is_said(build: Build, sandbox: Sandbox, tmp_path: Path) -> None:
    empty = await build(b"int main() {}\n")
    backend = NativeBackend(sandbox, tmp_path, RunLimits())
    baseline = await backend.baseline(empty, empty, TESTS)
    with pytest.raises(MeasurementError, match="too short to be timed: add a larger input"):
        await backend.compare(baseline, empty, empty, TESTS)


async def test_a_program_that_does_not_end_is_said(tmp_path: Path) -> None:
    machine = Machine(steady)
    machine.ending = Ending.CPU_LIMIT
    with pytest.raises(MeasurementError, match=r"did not end by itself on small .processor time limit"):
        await NativeBackend(machine, tmp_path, RunLimits()).measure(OLD, TESTS[0])


async def test_real_programs_on_this_machine(build: Build, sandbox: Sandbox, tmp_path: Path) -> None:
    slow, fast = await build(WORKS % 60_000_000), await build(WORKS % 6_000_000)
    backend = NativeBackend(sandbox, tmp_path, RunLimits(), budget_seconds=0)
    baseline = await backend.baseline(slow, await build(b"int main() {}\n"), [TESTS[0]])
    comparison = await backend.compare(baseline, slow, fast, [TESTS[0]])
    assert comparison.interval is not None
    assert 2 < comparison.interval.low <= comparison.speedup <= comparison.interval.high
    assert decide(comparison, baseline, MIN_SPEEDUP, is_clock=True).offered


def test_what_a_title_says(sandbox: Sandbox, tmp_path: Path) -> None:
    backend = NativeBackend(sandbox, tmp_path, RunLimits())
    assert (backend.name, backend.phrase, backend.unit) == ("native", "on this machine", "nanoseconds")
    assert backend.is_clock
    assert backend.link is None
