"""Finds out where the cost of one program goes: what `pie-lsp profile` and the editor's lenses ask for."""

from collections.abc import Sequence
from pathlib import Path

from pie_lsp.build.compiler import build_floor
from pie_lsp.engine.apart import build_apart
from pie_lsp.engine.attribution import NEEDS_COUNTERS, attribute
from pie_lsp.engine.contract import Listener
from pie_lsp.engine.measure import cases_of, check_that_it_ends
from pie_lsp.engine.meter import Meter
from pie_lsp.engine.workbench import open_workbench
from pie_lsp.measure.contract import Attributing
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.events import Event
from pie_lsp.values.profile import ProfileReport
from pie_lsp.values.settings import Settings
from pie_lsp.values.toolchain import TranslationUnit

_STEPS = 4
_ATTRIBUTING = "measuring with its functions kept out of line"


def _nobody(_event: Event) -> None:
    """Listens where nobody else does."""


async def profile(
    path: Path, source: bytes, inputs: Sequence[Path], settings: Settings, listener: Listener = _nobody
) -> ProfileReport:
    """Divide the cost of `source` on `inputs`, or on its local tests, or on empty input, among its functions.

    Raises InputError, MissingToolError, SandboxError and MeasurementError.
    """
    meter = Meter(listener)
    cases = cases_of(path, inputs, settings)
    unit = TranslationUnit(path.name, path.parent, source)
    async with open_workbench(settings, path, expected_builds=2) as bench:
        if not isinstance(bench.backend, Attributing):
            raise MeasurementError(" ".join((*bench.advice, NEEDS_COUNTERS)))
        meter.expect(_STEPS, "compiling")
        binary = await bench.build_original(unit)
        meter.step("running it")
        for case in cases:
            await check_that_it_ends(bench, binary, case, settings)
        meter.step("measuring")
        floor = await build_floor(bench.compiler, unit, binary)
        baseline = await bench.backend.baseline(binary, floor, cases)
        meter.step(_ATTRIBUTING)
        found = await attribute(bench.backend, await build_apart(bench.compiler, unit), binary, cases)
        meter.step(_ATTRIBUTING)
        return ProfileReport(
            path=path,
            toolchain=bench.toolchain,
            backend=baseline.backend,
            model=baseline.model,
            unit=baseline.unit,
            tests=tuple(case.name for case in cases),
            measured=baseline.total,
            floor=baseline.floor,
            profile=found,
            advice=bench.advice,
        )
