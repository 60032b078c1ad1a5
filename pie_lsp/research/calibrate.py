"""Measures the corpus in gem5 and by the estimate, program by program, into a table of labels; resumable.

What is in the table already is not measured again: the table is the only memory. Knows the engine and the
corpus, and no terminal; who waits is told through a listener.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pie_lsp.corpus.problem import Problem, Version
from pie_lsp.engine.workbench import Workbench, open_workbench
from pie_lsp.measure.estimate.formula import PART_NAMES
from pie_lsp.measure.registry import choose_backend
from pie_lsp.research.labels import Source, Table, read, write
from pie_lsp.sandbox.beside import all_of
from pie_lsp.values.errors import InputError, MeasurementError
from pie_lsp.values.settings import Settings

DEFAULT_TESTS = (2,)
"""The tests of a problem that are simulated: a few million instructions each."""

Listener = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What a run added. `failed` are sentences about programs that could not be measured."""

    table: Table
    measured: int
    known: int
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Job:
    problem: Problem
    version: Version
    test: int
    text: bytes
    input: bytes

    @property
    def key(self) -> tuple[str, str]:
        return sha256(self.text).hexdigest(), sha256(self.input).hexdigest()

    @property
    def name(self) -> str:
        return f"{self.problem.name} {self.version.name}, test {self.test}"


async def calibrate(
    problems: Sequence[Problem], tests: Sequence[int], settings: Settings, path: Path, listener: Listener
) -> Calibrated:
    """Label every program of `problems` on `tests` for the machine `settings.model`, into the table `path`.

    Raises MissingToolError without gem5, InputError where the table is one of something else.
    """
    jobs = [
        _Job(problem, version, test, version.source, problem.test(test))
        for problem in problems
        for version in problem.versions
        for test in tests
    ]
    if not jobs:
        raise InputError("There is no program to measure.")
    async with open_workbench(settings, jobs[0].version.path, expected_builds=len(jobs)) as bench:
        run = await _run(bench, settings, path)
        left = [job for job in jobs if job.key not in run.known]
        listener(f"{len(left)} of {len(jobs)} labels are to be measured")
        failed = [fault for fault in await all_of([run.label(job, listener) for job in left]) if fault]
    table = read(path)
    if table is None:
        raise MeasurementError(
            f"No program could be measured: {failed[0] if failed else 'none was asked for'}"
        )
    write(path, table)
    return Calibrated(table, len(left) - len(failed), len(jobs) - len(left), tuple(failed))


async def _run(bench: Workbench, settings: Settings, path: Path) -> "_Run":
    scratch, limits = bench.scratch, settings.limits
    gem5 = await choose_backend("gem5", settings, bench.sandbox, scratch)
    estimate = await choose_backend("estimate", settings, bench.sandbox, scratch)
    chain = bench.toolchain
    machine, version, configuration = await _identity(gem5)
    source = Source(
        machine, version, configuration, chain.version, chain.flags, chain.link.value, tuple(PART_NAMES)
    )
    table = read(path)
    if table is not None:
        if table.source != source:
            raise InputError(
                f"{path} holds labels of another simulator, machine, compiler or version of the estimate; "
                "calibrate into a new folder."
            )
        # A line that was cut off when the last run ended is not continued.
        write(path, table)
    known = {label.key for label in table.labels} if table is not None else set()
    del limits
    return _Run(bench, gem5, estimate, source, path, frozenset(known))
