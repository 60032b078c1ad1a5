"""Records what gem5 and the estimate cost: processor seconds of both over a sample of the corpus; resumable.

One run at a time, so that neither takes the other's caches and nothing is counted twice. What was recorded by
the same tools is kept. Knows no terminal; who waits is told through a listener.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.corpus.problem import Problem, Version
from pie_lsp.engine.workbench import Workbench, open_workbench
from pie_lsp.measure.estimate.backend import cost_digest
from pie_lsp.measure.estimate.formula import machine_named
from pie_lsp.measure.estimate.plugin import prepare_emulator
from pie_lsp.measure.gem5.backend import Gem5Backend
from pie_lsp.measure.gem5.installation import find_installation
from pie_lsp.measure.gem5.simulation import Simulator, simulate
from pie_lsp.research.calibrate import default_tests
from pie_lsp.research.clocked import ClockedSandbox
from pie_lsp.research.metered import MeteredEstimate
from pie_lsp.research.recorded_seconds import RecordedSeconds, Recorder, RunSeconds, read, rounded, write
from pie_lsp.values.errors import InputError, MeasurementError
from pie_lsp.values.settings import Settings
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import TranslationUnit

Listener = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Job:
    """One run that is to be timed."""

    problem: Problem
    version: Version
    test: int

    @property
    def key(self) -> tuple[str, str, int]:
        """As `RunSeconds.key`."""
        return self.problem.name, self.version.file, self.test

    @property
    def name(self) -> str:
        """For people."""
        return f"{self.problem.name} {self.version.file}, test {self.test}"


@dataclass(frozen=True, slots=True)
class Recording:
    """What a run made. `failed` are sentences about programs that could not be measured."""

    seconds: RecordedSeconds
    measured: int
    failed: tuple[str, ...]


def sample(problems: Sequence[Problem], tests: Sequence[int] = ()) -> tuple[Job, ...]:
    """The first and the last version of each problem, on `tests`; without any, on its default ones.

    The last versions come first, so that a record that was stopped has something of every problem.
    """
    jobs = [
        Job(problem, version, test)
        for end in (-1, 0)
        for problem in problems
        for version in (problem.versions[end],)
        for test in tests or default_tests(problem)
    ]
    return tuple(dict.fromkeys(jobs))


async def record_seconds(
    jobs: Sequence[Job], settings: Settings, path: Path, listener: Listener
) -> Recording:
    """Time `jobs` for the machine `settings.model`, into the file `path`, after each run.

    Raises MissingToolError without gem5 or QEMU, InputError where the file is something else, and
    MeasurementError where no program at all can be measured.
    """
    if not jobs:
        raise InputError("There is no program to measure.")
    others = read(path)
    first = jobs[0].problem.folder / jobs[0].version.file
    failed = []
    async with open_workbench(settings, first, expected_builds=len(jobs)) as bench:
        run = await _started(bench, settings)
        known = _kept(others.get(settings.model), run.recorder, jobs)
        measured = len(known)
        for job in jobs:
            if job.key in known:
                continue
            try:
                known[job.key] = await run.time(job)
            except (InputError, MeasurementError) as error:
                failed.append(f"{job.name}: {error}")
                listener(failed[-1])
                continue
            seconds = RecordedSeconds(run.recorder, tuple(known.values()))
            write(path, {**others, settings.model: seconds})
            one = known[job.key]
            listener(f"{job.name}: gem5 {one.gem5:.2f} s, estimate {one.estimate:.3f} s")
    if not known:
        raise MeasurementError(f"No program could be measured. {failed[0]}")
    found = RecordedSeconds(run.recorder, tuple(sorted(known.values(), key=lambda one: one.key)))
    write(path, {**others, settings.model: found})
    return Recording(found, len(known) - measured, tuple(failed))


def _kept(
    before: RecordedSeconds | None, recorder: Recorder, jobs: Sequence[Job]
) -> dict[tuple[str, str, int], RunSeconds]:
    """What was recorded already, by the same tools, of the runs that are asked for."""
    if before is None or before.recorder != recorder:
        return {}
    wanted = {job.key for job in jobs}
    return {run.key: run for run in before.runs if run.key in wanted}


async def _started(bench: Workbench, settings: Settings) -> "_Run":
    installation = find_installation(settings.gem5)
    clock = ClockedSandbox(bench.sandbox)
    simulator = Simulator(installation, settings.model, clock, bench.scratch, settings.limits)
    gem5 = await Gem5Backend.start(simulator, settings.link)
    emulator = await asyncio.to_thread(prepare_emulator)
    machine = machine_named(settings.model)
    estimate = MeteredEstimate(
        emulator, machine, settings.link, bench.sandbox, bench.scratch, settings.limits
    )
    recorder = Recorder(gem5.identity.gem5_version, emulator.version, cost_digest())
    return _Run(bench, simulator, clock, estimate, recorder)


@dataclass(frozen=True, slots=True)
class _Run:
    """One recording at work."""

    bench: Workbench
    simulator: Simulator
    clock: ClockedSandbox
    estimate: MeteredEstimate
    recorder: Recorder

    async def time(self, job: Job) -> RunSeconds:
        """Raises InputError where the program cannot be built, MeasurementError where it cannot be run."""
        unit = TranslationUnit(job.version.file, job.problem.folder, job.version.source)
        case = TestCase(f"{job.problem.name}-{job.test}", job.problem.test(job.test))
        binary = await self.bench.build_original(unit)
        estimated = await self.estimate.measure(binary, case)
        before = self.clock.seconds
        await simulate(self.simulator, binary.path, case.input)
        return rounded(RunSeconds(*job.key, self.clock.seconds - before, estimated.seconds))
