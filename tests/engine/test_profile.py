"""`profile` says where one program's cost goes, and what it compared with."""

import pytest

from pie_lsp.engine.attribution import NEEDS_COUNTERS
from pie_lsp.engine.measure import measure
from pie_lsp.engine.profile import profile
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.events import Event, Progress
from pie_lsp.values.settings import RunLimits, Settings

from .conftest import Project


async def test_the_slow_function_has_the_largest_share(project: Project) -> None:
    events: list[Event] = []
    source = project.path.read_bytes()
    report = await profile(project.path, source, (), Settings(), events.append)
    first, second = report.profile.functions
    assert (first.function.name, second.function.name) == ("repeat", "main")
    assert first.share > 0.7
    assert {"memcpy"} <= {cost.name for cost in first.cost.called}
    assert len(report.tests) == 3
    measured = await measure(project.path, source, (), Settings())
    assert (report.measured, report.floor) == (measured.baseline.total, measured.baseline.floor)
    assert (report.backend, report.model) == (measured.baseline.backend, measured.baseline.model)
    assert report.difference == report.profile.total / report.measured - 1
    assert abs(report.difference) < 0.1
    steps = [event for event in events if isinstance(event, Progress)]
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].percentage == 100


async def test_named_inputs_win(project: Project) -> None:
    given = project.tests / "2.in"
    report = await profile(project.path, project.path.read_bytes(), (given,), Settings())
    assert report.tests == ("2.in",)


async def test_a_program_that_hangs_is_told_before_it_is_emulated(project: Project) -> None:
    settings = Settings(limits=RunLimits(cpu_seconds=1))
    with pytest.raises(MeasurementError, match=r"on empty input: it needs more than 1 s of processor time"):
        await profile(project.path.parent / "hang.cpp", b"int main() { for (;;); }\n", (), settings)


async def test_a_clock_is_refused_before_anything_is_built(project: Project) -> None:
    with pytest.raises(MeasurementError, match=NEEDS_COUNTERS):
        await profile(project.path, b"this does not compile", (), Settings(backend="native"))
