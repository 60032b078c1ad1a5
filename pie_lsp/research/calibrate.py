"""Measures the corpus in gem5 and by the estimate, program by program, into a table of labels; resumable.

What is in the table already is not measured again: the table is the only memory. Knows the engine and the
corpus, and no terminal; who waits is told through a listener.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.corpus.problem import Problem, Version
from pie_lsp.engine.workbench import Workbench, open_workbench
from pie_lsp.measure.estimate.backend import EstimateBackend
from pie_lsp.measure.estimate.formula import PART_NAMES, machine_named
from pie_lsp.measure.estimate.plugin import prepare_emulator
from pie_lsp.measure.gem5.backend import Gem5Backend
from pie_lsp.measure.gem5.installation import find_installation
from pie_lsp.measure.gem5.simulation import Simulator
from pie_lsp.research.labels import USUAL_TEST, Label, Source, Table, append, key_of, read, write
from pie_lsp.sandbox.beside import all_of
from pie_lsp.values.errors import InputError, MeasurementError
from pie_lsp.values.settings import Settings
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import TranslationUnit

_LARGER_TESTS = {"memory": (3,)}
"""Families of problems that are simulated on larger inputs too. On the usual ones all that a program uses
fits into the second cache, so that every miss there is the first touch of a line, which misses in the third
too, and the prices of both cannot be told apart."""

Listener = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What a run added. `failed` are sentences about programs that could not be measured."""

    table: Table
    measured: int
    known: int
    failed: tuple[str, ...]


def default_tests(problem: Problem) -> tuple[int, ...]:
    """The tests of a problem that are simulated where none are named: a few million instructions each."""
    return USUAL_TEST, *_LARGER_TESTS.get(problem.family, ())


@dataclass(frozen=True, slots=True)
class _Job:
    problem: Problem
    version: Version
    test: int
    input: bytes

    @property
    def key(self) -> tuple[str, str]:
        return key_of(self.version.source, self.input)

    @property
    def name(self) -> str:
        return f"{self.problem.name} {self.version.file}, test {self.test}"


async def calibrate(
    problems: Sequence[Problem], tests: Sequence[int], settings: Settings, path: Path, listener: Listener
) -> Calibrated:
    """Label every program of `problems` for the machine `settings.model`, into the table `path`.

    On `tests`, or where there are none, on the default ones of each problem.

    Raises MissingToolError without gem5, InputError where the table is one of something else.
    """
    jobs = [
        _Job(problem, version, test, problem.test(test))
        for problem in problems
        for version in problem.versions
        for test in tests or default_tests(problem)
    ]
    if not jobs:
        raise InputError("There is no program to measure.")
    first = jobs[0].problem.folder / jobs[0].version.file
    async with open_workbench(settings, first, expected_builds=len(jobs)) as bench:
        run = await _started(bench, settings, path)
        left = [job for job in jobs if job.key not in run.known]
        listener(f"{len(left)} of {len(jobs)} labels are to be measured")
        failed = [fault for fault in await all_of([run.label(job, listener) for job in left]) if fault]
    table = read(path)
    if table is None:
        raise MeasurementError(f"No program could be measured. {failed[0] if failed else ''}")
    write(path, table)
    return Calibrated(table, len(left) - len(failed), len(jobs) - len(left), tuple(failed))


async def _started(bench: Workbench, settings: Settings, path: Path) -> "_Run":
    installation = find_installation(settings.gem5)
    simulator = Simulator(installation, settings.model, bench.sandbox, bench.scratch, settings.limits)
    gem5 = await Gem5Backend.start(simulator, settings.link)
    emulator = await asyncio.to_thread(prepare_emulator)
    machine = machine_named(settings.model)
    estimate = EstimateBackend(
        emulator, machine, settings.link, bench.sandbox, bench.scratch, settings.limits
    )
    chain, identity = bench.toolchain, gem5.identity
    source = Source(
        machine=identity.machine,
        gem5=identity.gem5_version,
        configuration=identity.config_hash,
        compiler=chain.version,
        flags=chain.flags,
        link=settings.link.value,
        events=PART_NAMES,
    )
    return _Run(bench, gem5, estimate, source, path, _known(path, source))


def _known(path: Path, source: Source) -> frozenset[tuple[str, str]]:
    """What the table has already. Raises InputError where it is a table of something else."""
    table = read(path)
    if table is None:
        path.unlink(missing_ok=True)
        return frozenset()
    if table.source != source:
        raise InputError(
            f"{path} holds labels of another simulator, machine, compiler or version of the estimate; "
            "calibrate into a new folder."
        )
    # A line that was cut off when the last run ended would otherwise be continued by the next label.
    write(path, table)
    return frozenset(label.key for label in table.labels)


@dataclass(frozen=True, slots=True)
class _Run:
    """One calibration at work."""

    bench: Workbench
    gem5: Gem5Backend
    estimate: EstimateBackend
    source: Source
    path: Path
    known: frozenset[tuple[str, str]]

    async def label(self, job: _Job, listener: Listener) -> str:
        """Measure and commit one label. Returns a sentence where the program cannot be measured, else ""."""
        unit = TranslationUnit(job.version.file, job.problem.folder, job.version.source)
        case = TestCase(f"{job.problem.name}-{job.test}", job.input)
        try:
            binary = await self.bench.build_original(unit)
            cost = await self.estimate.measure(binary, case)
            answer = await self.gem5.simulated(binary, case)
        except (InputError, MeasurementError) as error:
            listener(f"{job.name}: {error}")
            return f"{job.name}: {error}"
        counts = {part.name: part.count for part in cost.parts}
        label = Label(
            problem=job.problem.name,
            version=job.version.file,
            test=job.test,
            source=job.key[0],
            input=job.key[1],
            cycles=answer.cycles,
            instructions=answer.counts.instructions,
            micro_ops=answer.counts.micro_ops,
            counts=tuple(counts[name] for name in PART_NAMES),
        )
        append(self.path, self.source, label)
        listener(f"{job.name}: {answer.cycles:,} cycles")
        return ""
