"""How far the estimate can be trusted: its speedups against gem5's, on problems that it was not fitted to.

Every program of the held-out problems is built and estimated here, and compared with the recorded figure of
gem5. Another compiler, or other flags, make other programs, of which gem5 has said nothing; then what the
estimate counted when the figures were recorded is compared, and the report says so. Knows no terminal.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pie_lsp.corpus.loader import calibration_problems
from pie_lsp.corpus.problem import Problem, Split, Version
from pie_lsp.engine.workbench import Workbench, open_workbench
from pie_lsp.measure.estimate.formula import Machine, machine_named
from pie_lsp.measure.estimate.plugin import prepare_emulator
from pie_lsp.measure.native import NativeBackend
from pie_lsp.research.agreement import Agreement, Compared, agreement
from pie_lsp.research.labels import Label, Source, Table, key_of, packaged, pair_name
from pie_lsp.research.metered import MeteredEstimate
from pie_lsp.research.recorded_seconds import recorded_seconds
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.settings import Settings
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Toolchain, TranslationUnit

Listener = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class MeasurementBench:
    """What was found on one machine.

    live          whether the programs were estimated now, rather than taken from the recorded counts
    times_native  processor time of the estimate by that of the programs themselves; None where not live
    times_faster_than_gem5   processor time of gem5 by that of the estimate, over the recorded runs;
                             None where no seconds are recorded for the machine
    seconds_outdated         whether those seconds are of an older estimate than today's
    pairs         every pair, so that the worst can be looked at
    """

    machine: str
    gem5: str
    configuration: str
    splits: tuple[str, ...]
    live: bool
    agreement: Agreement
    times_native: float | None
    times_faster_than_gem5: float | None
    seconds_outdated: bool
    pairs: tuple[Compared, ...]


def held_out() -> tuple[Problem, ...]:
    """The problems of the corpus that no fit has seen and no choice was made by."""
    return tuple(problem for problem in calibration_problems() if problem.split is Split.TEST)


async def bench_measurement(
    settings: Settings, chosen: Sequence[Problem], listener: Listener
) -> MeasurementBench:
    """Compare on the problems `chosen`, for the machine `settings.model`.

    Raises InputError where there is no table for it, MeasurementError where it knows fewer than two pairs,
    and what the engine raises where a program cannot be built or run.
    """
    machine = machine_named(settings.model)
    table = packaged(machine.name)
    labels = _labels_of(table, chosen)
    first, version, _ = next(iter(labels))
    async with open_workbench(settings, first.folder / version.file, expected_builds=len(labels)) as bench:
        live = _builds_the_same(bench.toolchain, table.source)
        if live:
            run = _Live(settings, bench, machine)
            estimated = {key: await run.cycles(*key, listener) for key in labels}
            times_native: float | None = run.times_native
        else:
            estimated = {key: recorded_cycles(machine, label) for key, label in labels.items()}
            times_native = None
    compared = tuple(_pairs(estimated, labels))
    recorded = recorded_seconds(machine.name)
    return MeasurementBench(
        machine=machine.name,
        gem5=table.source.gem5,
        configuration=table.source.configuration,
        splits=tuple(sorted({problem.split.value for problem, _, _ in labels})),
        live=live,
        agreement=agreement(compared),
        times_native=times_native,
        times_faster_than_gem5=None if recorded is None else recorded.ratio,
        seconds_outdated=recorded is not None and recorded.outdated,
        pairs=compared,
    )


def recorded_cycles(machine: Machine, label: Label) -> int:
    """What the formula makes of the counts of a label."""
    return sum(count * price for count, price in zip(label.counts, machine.prices, strict=True)) // 100


_Key = tuple[Problem, Version, int]


def _builds_the_same(chain: Toolchain, source: Source) -> bool:
    """Whether the programs that are built here are those that gem5 has run."""
    built_by = (source.compiler, source.flags, source.link)
    return (chain.version, chain.flags, chain.link.value) == built_by


def _labels_of(table: Table, chosen: Sequence[Problem]) -> dict[_Key, Label]:
    """The labels of the chosen problems; a program or a test that was changed since has none."""
    of_name: dict[tuple[str, str], list[Label]] = {}
    for label in table.labels:
        of_name.setdefault((label.problem, label.version), []).append(label)
    found = {}
    for problem in chosen:
        for version in problem.versions:
            for label in of_name.get((problem.name, version.file), ()):
                if label.key == key_of(version.source, problem.test(label.test)):
                    found[problem, version, label.test] = label
    if len(tuple(_pairs(dict.fromkeys(found, 1), found))) < 2:
        raise MeasurementError("The recorded figures are of too few of these programs; two pairs are needed.")
    return found


def _pairs(estimated: Mapping[_Key, int], labels: Mapping[_Key, Label]) -> Iterable[Compared]:
    for before, after in combinations(estimated, 2):
        if before[0] is after[0] and before[2] == after[2]:
            yield Compared(
                pair_name(before[0].name, before[1].file, after[1].file, before[2]),
                estimated[before] / estimated[after],
                labels[before].cycles / labels[after].cycles,
            )


class _Live:
    """Builds, runs and estimates programs one after another, and counts the processor time of both."""

    def __init__(self, settings: Settings, bench: Workbench, machine: Machine) -> None:
        self._bench = bench
        self._estimate = MeteredEstimate(
            prepare_emulator(), machine, settings.link, bench.sandbox, bench.scratch, settings.limits
        )
        self._native = NativeBackend(bench.sandbox, bench.scratch, settings.limits)
        self._estimate_seconds = 0.0
        self._native_seconds = 0.0

    @property
    def times_native(self) -> float:
        return self._estimate_seconds / max(self._native_seconds, 1e-9)

    async def cycles(self, problem: Problem, version: Version, test: int, listener: Listener) -> int:
        listener(f"{problem.name} {version.file}")
        unit = TranslationUnit(version.file, problem.folder, version.source)
        binary = await self._bench.build_original(unit)
        case = TestCase(str(test), problem.test(test))
        estimated = await self._estimate.measure(binary, case)
        native = await self._native.measure(binary, case)
        self._estimate_seconds += estimated.seconds
        self._native_seconds += native.amount / 1e9
        return estimated.cost.amount
