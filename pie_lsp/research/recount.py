"""Counts anew what the estimate counts of labelled programs; gem5 is not asked, and its cycles stay.

What gem5 said of a program holds for as long as the program does. What the estimate counts changes with the
estimate, and its prices can only be fitted to what it counts today. Knows the engine, the corpus and tables
of labels, and no terminal; who waits is told through a listener.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pie_lsp.corpus.problem import Problem, Version
from pie_lsp.engine.workbench import Workbench, open_workbench
from pie_lsp.measure.estimate.backend import EstimateBackend
from pie_lsp.measure.estimate.formula import PART_NAMES, machine_named, machines
from pie_lsp.measure.estimate.plugin import prepare_emulator
from pie_lsp.research.labels import Label, Source, Table, key_of, read, write
from pie_lsp.sandbox.beside import all_of
from pie_lsp.values.errors import InputError
from pie_lsp.values.settings import Settings
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, Toolchain, TranslationUnit

Listener = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Subject:
    """A program of the corpus on one of its tests."""

    problem: Problem
    version: Version
    test: TestCase

    @property
    def unit(self) -> TranslationUnit:
        return TranslationUnit(self.version.file, self.problem.folder, self.version.source)

    @property
    def name(self) -> str:
        return f"{self.problem.name} {self.version.file}, {self.test.name}"


async def recount(
    problems: Sequence[Problem], folder: Path, settings: Settings, listener: Listener
) -> tuple[Table, ...]:
    """Count every label of the tables in `folder` anew; the tables of all machines, as they are now.

    They are written when all their labels are counted, and stay as they are where one cannot be.
    Raises InputError where there is no table, or one of programs that are not built here, and what the engine
    raises where a program cannot be built or run.
    """
    read_from = ((machine.name, read(folder / f"{machine.name}.jsonl")) for machine in machines())
    tables = {name: table for name, table in read_from if table is not None and table.labels}
    if not tables:
        raise InputError(f"There is no table of labels in {folder}; calibrate into it first.")
    found = _subjects(problems, tables.values())
    first = next(iter(found.values())).unit
    async with open_workbench(settings, first.folder / first.name, expected_builds=len(found)) as bench:
        for table in tables.values():
            _check(bench.toolchain, table.source)
        counting = await _Counting.started(bench, settings, tuple(tables), listener)
        counted = dict(zip(found, await all_of([counting.counts(it) for it in found.values()]), strict=True))
    for name, table in tables.items():
        labels = tuple(replace(label, counts=counted[label.key][name]) for label in table.labels)
        tables[name] = Table(replace(table.source, events=PART_NAMES), labels)
        write(folder / f"{name}.jsonl", tables[name])
    return tuple(tables.values())


def _subjects(problems: Sequence[Problem], tables: Iterable[Table]) -> dict[tuple[str, str], _Subject]:
    """What every label is of, by its key. Raises InputError where the corpus has no such program any more."""
    known = {(problem.name, it.file): (problem, it) for problem in problems for it in problem.versions}
    labels = {label.key: label for table in tables for label in table.labels}
    found: dict[tuple[str, str], _Subject] = {}
    for key, label in sorted(labels.items(), key=lambda item: item[1]):
        if (label.problem, label.version) not in known:
            raise InputError(_changed(label))
        problem, version = known[label.problem, label.version]
        content = problem.test(label.test)
        if key_of(version.source, content) != key:
            raise InputError(_changed(label))
        found[key] = _Subject(problem, version, TestCase(f"test {label.test}", content))
    return found


def _changed(label: Label) -> str:
    return (
        f"{label.problem} {label.version}, test {label.test}, is another program now than the one that was "
        "labelled; calibrate into a new folder."
    )


def _check(chain: Toolchain, source: Source) -> None:
    """Raises InputError where other programs would be built here than those that gem5 has run."""
    if (chain.version, chain.flags, chain.link.value) != (source.compiler, source.flags, source.link):
        raise InputError(
            f"The labels of {source.machine} are of programs that {source.compiler} built with "
            f"{' '.join(source.flags)}, {source.link}; recount with that compiler and these flags."
        )


@dataclass(frozen=True, slots=True)
class _Counting:
    """The estimates of several machines at work on one program after another."""

    bench: Workbench
    estimates: Mapping[str, EstimateBackend]
    listener: Listener

    @classmethod
    async def started(
        cls, bench: Workbench, settings: Settings, names: Sequence[str], listener: Listener
    ) -> "_Counting":
        emulator = await asyncio.to_thread(prepare_emulator)
        estimates = {
            name: EstimateBackend(
                emulator, machine_named(name), settings.link, bench.sandbox, bench.scratch, settings.limits
            )
            for name in names
        }
        return cls(bench, estimates, listener)

    async def counts(self, subject: _Subject) -> Mapping[str, tuple[int, ...]]:
        """By machine: how long data are waited for hangs on it."""
        binary = await self.bench.build_original(subject.unit)
        counted = {name: await self._count(it, binary, subject) for name, it in self.estimates.items()}
        self.listener(f"{subject.name}: counted")
        return counted

    async def _count(self, estimate: EstimateBackend, binary: Binary, subject: _Subject) -> tuple[int, ...]:
        cost = await estimate.measure(binary, subject.test)
        counts = {part.name: part.count for part in cost.parts}
        return tuple(counts[name] for name in PART_NAMES)
