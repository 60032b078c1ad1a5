"""How far the estimate can be trusted: its speedups against gem5's, on problems that it was not fitted to.

Every program of the held-out problems is built and estimated here, and compared with the recorded figure of
gem5. Another compiler makes other programs, of which gem5 has said nothing; then what the estimate counted
when the figures were recorded is compared, and the report says so. Knows no terminal.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pie_lsp.corpus.loader import problems
from pie_lsp.corpus.problem import Problem, Split, Version
from pie_lsp.engine.workbench import Workbench, open_workbench
from pie_lsp.measure.estimate.backend import EstimateBackend
from pie_lsp.measure.estimate.formula import Machine, machine_named
from pie_lsp.measure.estimate.plugin import prepare_emulator
from pie_lsp.measure.native import NativeBackend
from pie_lsp.research.agreement import Agreement, Compared, agreement
from pie_lsp.research.clocked import ClockedSandbox
from pie_lsp.research.labels import Label, Table, packaged
from pie_lsp.research.recorded_seconds import RecordedSeconds, recorded_seconds
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.settings import Settings
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import TranslationUnit

Listener = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class MeasurementBench:
    """What was found on one machine.

    live          whether the programs were estimated now, rather than taken from the recorded counts
    times_native  processor time of the estimate by that of the programs themselves; None where not live
    times_faster_than_gem5   processor time of gem5 by that of the estimate, over the recorded runs
    pairs         every pair, so that the worst can be looked at
    """

    machine: str
    gem5: str
    configuration: str
    splits: tuple[str, ...]
    live: bool
    agreement: Agreement
    times_native: float | None
    times_faster_than_gem5: float
    pairs: tuple[Compared, ...]


async def bench_measurement(
    settings: Settings, splits: Sequence[Split], listener: Listener
) -> MeasurementBench:
    """Compare on the problems of `splits`, for the machine `settings.model`.

    Raises InputError where there is no table for it, and what the engine raises where a program cannot be
    built or run.
    """
    machine = machine_named(settings.model)
    table = packaged(machine.name)
    chosen = [problem for problem in problems() if problem.split in splits]
    labels = _labels_of(table, chosen)
    first = chosen[0]
    async with open_workbench(
        settings, first.folder / first.versions[0].file, expected_builds=len(labels)
    ) as bench:
        live = bench.toolchain.version == table.source.compiler
        if live:
            run = _Live(settings, bench, machine)
            estimated = {key: await run.cycles(*key, listener) for key in labels}
            times_native: float | None = run.times_native
        else:
            estimated = {key: recorded_cycles(machine, label) for key, label in labels.items()}
            times_native = None
    compared = tuple(_pairs(estimated, labels))
    recorded: RecordedSeconds = recorded_seconds(machine.name)
    return MeasurementBench(
        machine=machine.name,
        gem5=table.source.gem5,
        configuration=table.source.configuration,
        splits=tuple(split.value for split in splits),
        live=live,
        agreement=agreement(compared),
        times_native=times_native,
        times_faster_than_gem5=recorded.ratio,
        pairs=compared,
    )


def recorded_cycles(machine: Machine, label: Label) -> int:
    """What the formula makes of the counts of a label."""
    return sum(count * price for count, price in zip(label.counts, machine.prices, strict=True)) // 100


_Key = tuple[Problem, Version, int]


def _labels_of(table: Table, chosen: Sequence[Problem]) -> dict[_Key, Label]:
    by_name = {(label.problem, label.version): label for label in table.labels}
    found = {}
    for problem in chosen:
        for version in problem.versions:
            label = by_name.get((problem.name, version.file))
            if label is not None:
                found[problem, version, label.test] = label
    if not found:
        raise MeasurementError("The recorded figures are of none of these problems.")
    return found


def _pairs(estimated: Mapping[_Key, int], labels: Mapping[_Key, Label]) -> Iterable[Compared]:
    for before, after in combinations(estimated, 2):
        if before[0] is after[0] and before[2] == after[2]:
            yield Compared(
                f"{before[0].name} {before[1].file} {after[1].file}",
                estimated[before] / estimated[after],
                labels[before].cycles / labels[after].cycles,
            )


class _Live:
    """Builds, runs and estimates programs, and counts the processor time of both."""

    def __init__(self, settings: Settings, bench: Workbench, machine: Machine) -> None:
        self._bench = bench
        self._clock = ClockedSandbox(bench.sandbox)
        self._estimate = EstimateBackend(
            prepare_emulator(), machine, settings.link, self._clock, bench.scratch, settings.limits
        )
        self._native_clock = ClockedSandbox(bench.sandbox)
        self._native = NativeBackend(self._native_clock, bench.scratch, settings.limits)
        self._native_seconds = 0.0

    @property
    def times_native(self) -> float:
        return self._clock.seconds / max(self._native_seconds, 1e-9)

    async def cycles(self, problem: Problem, version: Version, test: int, listener: Listener) -> int:
        listener(f"{problem.name} {version.file}")
        unit = TranslationUnit(version.file, problem.folder, version.source)
        binary = await self._bench.build_original(unit)
        case = TestCase(str(test), problem.test(test))
        cost = await self._estimate.measure(binary, case)
        native = await self._native.measure(binary, case)
        self._native_seconds += native.amount / 1e9
        return cost.amount
