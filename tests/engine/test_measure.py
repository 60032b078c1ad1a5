"""`measure` prices one program on inputs, on its tests, or on nothing."""

from pathlib import Path

import pytest

from pie_lsp.engine.measure import measure
from pie_lsp.values.errors import InputError, MeasurementError
from pie_lsp.values.settings import RunLimits, Settings

from .conftest import Project


async def test_local_tests_are_the_default_inputs(project: Project) -> None:
    report = await measure(project.path, project.path.read_bytes(), (), Settings())
    assert [case.name for case in report.cases] and len(report.cases) == len(report.baseline.costs) == 3
    assert report.baseline.total == sum(cost.amount for cost in report.baseline.costs)
    assert 0 < report.baseline.floor < max(cost.amount for cost in report.baseline.costs)


async def test_named_inputs_win(project: Project) -> None:
    given = project.tests / "2.in"
    report = await measure(project.path, project.path.read_bytes(), (given,), Settings())
    assert [case.name for case in report.cases] == ["2.in"]


async def test_a_program_that_hangs_is_told_before_it_is_emulated(project: Project) -> None:
    settings = Settings(limits=RunLimits(cpu_seconds=1))
    with pytest.raises(MeasurementError, match=r"on empty input: it needs more than 1 s of processor time"):
        await measure(project.path.parent / "hang.cpp", b"int main() { for (;;); }\n", (), settings)


async def test_an_input_that_cannot_be_read(project: Project) -> None:
    with pytest.raises(InputError, match=r"missing\.in"):
        await measure(project.path, project.path.read_bytes(), (Path("missing.in"),), Settings())
