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


async def test_without_a_test_the_empty_input_is_told_and_with_one_it_is_not(project: Project) -> None:
    nothing = await measure(project.path.parent / "other.cpp", b"int main() {}\n", (), Settings())
    (note,) = nothing.notes
    assert "the program read an empty input" in note and "other.tests/1.in" in note
    assert (await measure(project.path, b"int main() {}\n", (), Settings())).notes == ()


async def test_flags_without_optimization_are_told(project: Project) -> None:
    for flags, said in (
        ((), "have no -O"),
        (("-O3", "-O0"), "ask for no optimization"),
        (("-O0", "-Os"), ""),
    ):
        settings = Settings(flags=flags, flags_are_default=False)
        notes = (await measure(project.path, b"int main() {}\n", (), settings)).notes
        assert len(notes) == bool(said) and said in "".join(notes), flags


async def test_what_the_estimate_refuses_is_pointed_to_the_clock(project: Project) -> None:
    avx = (
        b'#pragma GCC target("avx2")\n#include <cstdio>\n'
        b"volatile double a[4] = {1, 2, 3, 4};\n"
        b'int main() { asm volatile("vzeroall"); printf("%g\\n", a[1]); }\n'
    )
    with pytest.raises(MeasurementError, match=r"uses AVX.*Take --backend native"):
        await measure(project.path, avx, (), Settings(backend="estimate"))
