"""The bench on the packaged labels: recorded counts where programs are built otherwise, else real runs."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from pie_lsp.corpus.loader import problem_named
from pie_lsp.corpus.problem import Problem, Split
from pie_lsp.measure.estimate.backend import cost_digest
from pie_lsp.measure.estimate.counters import Counters
from pie_lsp.measure.estimate.formula import Machine, machine_named, machines
from pie_lsp.measure.estimate.waiting import with_waiting
from pie_lsp.measure.native import NativeBackend
from pie_lsp.research.agreement import agreement
from pie_lsp.research.bench_measurement import MeasurementBench, bench_measurement, held_out, recorded_cycles
from pie_lsp.research.calibrate import default_tests
from pie_lsp.research.clocked import ClockedSandbox
from pie_lsp.research.fitting import estimated, pairs
from pie_lsp.research.labels import Label, packaged
from pie_lsp.research.metered import MeteredEstimate
from pie_lsp.research.recorded_seconds import RecordedSeconds, Recorder, RunSeconds, recorded_seconds
from pie_lsp.sandbox.contract import Outcome, SandboxCommand
from pie_lsp.values.errors import InputError, MeasurementError, SettingsError
from pie_lsp.values.measurement import Cost
from pie_lsp.values.settings import Settings
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, Link, Toolchain

OTHERWISE = Settings(flags=("-std=c++17", "-O2"), flags_are_default=False)
"""Programs that gem5 has not run."""


async def bench(settings: Settings, chosen: Sequence[Problem], *told: list[str]) -> MeasurementBench:
    def listener(sentence: str) -> None:
        for heard in told:
            heard.append(sentence)

    return await bench_measurement(settings, chosen, listener)


def test_what_is_held_out_was_held_out_of_everything() -> None:
    assert len(held_out()) >= 10
    assert {problem.split for problem in held_out()} == {Split.TEST}


@pytest.mark.parametrize("name", [machine.name for machine in machines()])
async def test_recorded_counts_give_the_agreement_of_the_fit(name: str) -> None:
    chosen, table = held_out(), packaged(name)
    names = {problem.name for problem in chosen}
    told: list[str] = []
    found = await bench(replace(OTHERWISE, model=name), chosen, told)
    assert (found.live, found.times_native, told) == (False, None, [])
    assert (found.machine, found.splits) == (name, ("test",))
    assert (found.gem5, found.configuration) == (table.source.gem5, table.source.configuration)
    recorded = recorded_seconds(name)
    if recorded is None:
        assert (found.times_faster_than_gem5, found.seconds_outdated) == (None, False)
    else:
        assert (found.times_faster_than_gem5, found.seconds_outdated) == (recorded.ratio, recorded.outdated)
    machine = machine_named(name)
    labels = [label for label in table.labels if label.problem in names]
    expected = pairs(labels, lambda label: int(estimated(machine.prices, label)))
    assert sorted(found.pairs, key=lambda pair: pair.name) == sorted(expected, key=lambda pair: pair.name)
    assert found.agreement == agreement(found.pairs)
    assert found.agreement.pairs == sum(len(it.pairs()) * len(default_tests(it)) for it in chosen)
    assert len({pair.name for pair in found.pairs}) == len(found.pairs)


def compiler_of_another_version(folder: Path) -> Path:
    path = folder / "cxx"
    path.write_text('#!/bin/sh\ncase "$1" in --version) echo "cxx 99";; *) exec g++ "$@";; esac\n')
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("change", ["compiler", "flags", "link"])
async def test_programs_that_are_built_otherwise_are_not_estimated(change: str, tmp_path: Path) -> None:
    settings = {
        "compiler": Settings(compiler=str(compiler_of_another_version(tmp_path))),
        "flags": OTHERWISE,
        "link": Settings(link=Link.DYNAMIC),
    }[change]
    gcd_pairs = problem_named("gcd_pairs")
    found = await bench(settings, [gcd_pairs])
    assert (found.live, found.times_native) == (False, None)
    assert (found.splits, len(found.pairs)) == (("train",), len(gcd_pairs.pairs()))


async def test_programs_are_built_and_estimated_here(toolchain: Toolchain) -> None:
    source = packaged("skylake-verbatim").source
    if (toolchain.version, toolchain.flags) != (source.compiler, source.flags):
        pytest.skip(f"the packaged labels are of programs of {source.compiler}, not {toolchain.version}")
    problem = problem_named("edit_path")
    few = replace(problem, versions=problem.versions[-3:])
    files = [version.file for version in few.versions]
    told: list[str] = []
    found = await bench(Settings(), [few], told)
    assert found.live
    assert told == [f"edit_path {file}" for file in files]
    assert [pair.name for pair in found.pairs] == [
        f"edit_path {before} {after}" for before, after in combinations(files, 2)
    ]
    recorded = await bench(OTHERWISE, [few])
    for pair, known in zip(found.pairs, recorded.pairs, strict=True):
        assert pair.simulated == known.simulated
        # The estimate counts what it counted when the label was made, but for another C library's start.
        assert pair.estimated == pytest.approx(known.estimated, rel=0.01)
    assert found.times_native is not None and found.times_native > 0


@pytest.mark.parametrize("digest", ["today's", "an older one", None])
async def test_it_says_whether_the_seconds_are_of_todays_estimate(
    digest: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = Recorder("24", "8", cost_digest() if digest == "today's" else str(digest))
    seconds = RecordedSeconds(recorder, (RunSeconds("gcd_pairs", "v1.cpp", 2, 9.0, 0.5),))
    told = None if digest is None else seconds
    monkeypatch.setattr("pie_lsp.research.bench_measurement.recorded_seconds", lambda machine: told)
    found = await bench(OTHERWISE, [problem_named("gcd_pairs")])
    assert (found.times_faster_than_gem5, found.seconds_outdated) == {
        "today's": (18.0, False),
        "an older one": (18.0, True),
        None: (None, False),
    }[digest]


async def test_what_our_own_process_does_is_in_the_factor(
    toolchain: Toolchain, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By clocks that the test turns: 2 s in the sandbox and 40 s of the window, by 0.5 s of the program."""
    source = packaged("skylake-verbatim").source
    if (toolchain.version, toolchain.flags) != (source.compiler, source.flags):
        pytest.skip(f"the packaged labels are of programs of {source.compiler}, not {toolchain.version}")
    turned = [0.0]

    def slow(*arguments: Any) -> Counters:
        turned[0] += 40.0
        return with_waiting(*arguments)

    async def emulated(self: ClockedSandbox, command: SandboxCommand) -> Outcome:
        self.seconds += 2.0
        return await self._inner.run(command)

    async def native(self: NativeBackend, binary: Binary, test: TestCase) -> Cost:
        return Cost(500_000_000, "nanoseconds")

    monkeypatch.setattr("pie_lsp.measure.estimate.backend.with_waiting", slow)
    monkeypatch.setattr(ClockedSandbox, "run", emulated)
    monkeypatch.setattr(NativeBackend, "measure", native)
    metered = partial(MeteredEstimate, process_seconds=lambda: turned[0])
    monkeypatch.setattr("pie_lsp.research.bench_measurement.MeteredEstimate", metered)
    problem = problem_named("edit_path")
    found = await bench(Settings(), [replace(problem, versions=problem.versions[-3:])])
    assert found.times_native == (2.0 + 40.0) / 0.5
    # Three programs, and one to warm up with.
    assert turned == [4 * 40.0]


async def test_a_program_or_a_test_that_was_changed_has_no_label() -> None:
    problem = problem_named("gcd_pairs")
    first, *others = problem.versions
    edited = replace(first, source=first.source + b"\n")
    found = await bench(OTHERWISE, [replace(problem, versions=(edited, *others))])
    assert len(found.pairs) == len(others) * (len(others) - 1) // 2
    assert not [pair for pair in found.pairs if f" {first.file} " in pair.name]
    for unknown in (
        replace(problem, versions=(edited,)),
        replace(problem, versions=(edited, *others[:2])),
        replace(problem, sizes=tuple(size + 1 for size in problem.sizes)),
        replace(problem, name="gcd"),
    ):
        with pytest.raises(MeasurementError, match="too few of these programs"):
            await bench(OTHERWISE, [unknown])


async def test_a_machine_without_a_table_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match="There is no machine model 'pentium'"):
        await bench(replace(OTHERWISE, model="pentium"), held_out())
    pentium = replace(machine_named("skylake-verbatim"), name="pentium")
    monkeypatch.setattr("pie_lsp.research.bench_measurement.machine_named", lambda name: pentium)
    with pytest.raises(InputError, match="no table of labels for the machine 'pentium'"):
        await bench(OTHERWISE, held_out())


def test_recorded_cycles_are_rounded_down_as_the_formula_does() -> None:
    machine = Machine("m", 1, "", 0.0, (250, 33))
    assert recorded_cycles(machine, Label("p", "v1.cpp", 1, "", "", 1, 1, 1, (3, 5))) == 9
