"""Measures one program as it is: what `pie-lsp measure` asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.build.compiler import build_floor
from pie_lsp.engine.contract import FunctionSelector
from pie_lsp.engine.region import RegionReport, measure_region
from pie_lsp.engine.settings import find_workspace
from pie_lsp.engine.workbench import Workbench, open_workbench
from pie_lsp.measure.contract import UnsuitableProgramError
from pie_lsp.values.errors import InputError, MeasurementError
from pie_lsp.values.measurement import Baseline
from pie_lsp.values.settings import Settings
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, Toolchain, TranslationUnit
from pie_lsp.verify.discovery import discover
from pie_lsp.verify.runner import incomplete, run_test

_EMPTY = TestCase("empty input", b"")


@dataclass(frozen=True, slots=True)
class MeasureReport:
    """Figures of one program, one cost per case.

    region  of one function, where it was asked for
    notes   sentences that a person should read with the figures
    """

    toolchain: Toolchain
    baseline: Baseline
    cases: tuple[TestCase, ...]
    region: RegionReport | None = None
    notes: tuple[str, ...] = ()


async def measure(
    path: Path,
    source: bytes,
    inputs: Sequence[Path],
    settings: Settings,
    selector: FunctionSelector | None = None,
) -> MeasureReport:
    """Compile `source` and measure it on `inputs`, or on its local tests, or on empty input.

    selector  a function whose own share is measured too, which gem5 alone can do

    Raises SettingsError, InputError, MissingToolError, SandboxError and MeasurementError.
    """
    cases = cases_of(path, inputs, settings)
    unit = TranslationUnit(path.name, path.parent, source)
    async with open_workbench(settings, path, expected_builds=2) as bench:
        binary = await bench.build_original(unit)
        for case in cases:
            await check_that_it_ends(bench, binary, case, settings)
        floor = await build_floor(bench.compiler, unit, binary)
        try:
            baseline = await bench.backend.baseline(binary, floor, cases)
        except UnsuitableProgramError as error:
            raise MeasurementError(
                f"{error} Take --backend native to measure it on the clock of this machine."
            ) from error
        region = None if selector is None else await measure_region(bench, unit, binary, selector, cases)
        notes = (*bench.advice, *_of_cases(path, cases))
        return MeasureReport(bench.toolchain, baseline, cases, region, notes)


def _of_cases(path: Path, cases: Sequence[TestCase]) -> tuple[str, ...]:
    if cases != (_EMPTY,):
        return ()
    return (
        f"There is no test and no --input, so the program read an empty input; put one beside it as "
        f"{path.stem}.tests/1.in, or name one with --input.",
    )


async def check_that_it_ends(bench: Workbench, binary: Binary, case: TestCase, settings: Settings) -> None:
    """A program that does not end costs its limit of seconds here, and sixty times that emulated."""
    outcome = await run_test(bench.sandbox, binary, case, settings.limits, bench.scratch)
    broken = incomplete(outcome, settings.limits)
    if broken is not None:
        raise MeasurementError(f"The program cannot be measured on {case.name}: {broken}.")


def cases_of(path: Path, inputs: Sequence[Path], settings: Settings) -> tuple[TestCase, ...]:
    """What to run on: `inputs`, or the local tests, or empty input. Raises InputError."""
    if not inputs:
        found = discover(path, settings.tests, find_workspace(path)).cases
        return found or (_EMPTY,)
    try:
        return tuple(TestCase(input_path.name, input_path.read_bytes()) for input_path in inputs)
    except OSError as error:
        raise InputError(f"cannot read {error.filename}: {error.strerror}.") from error
