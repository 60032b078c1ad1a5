from collections.abc import Callable
from pathlib import Path

import pytest

from pie_lsp.measure.estimate import plugin
from pie_lsp.research.manifest import read_manifest
from pie_lsp.research.plan import chunks, make_plan
from pie_lsp.values.errors import InputError, MissingToolError
from pie_lsp.values.events import Event, Progress
from pie_lsp.values.settings import Settings

from .conftest import LOOP, Project

FOLDER = Path("/nowhere/t.rows")


def keys(project: Project) -> list[str]:
    return [row.key for program in project.plan() for row in program.rows]


def test_keys_rest_on_content_alone(project: Project, another: Callable[[], Project]) -> None:
    project.programs(2, 3)
    elsewhere = another()
    elsewhere.programs(2, 3)
    assert keys(project) == keys(elsewhere)
    assert len(set(keys(project))) == 6


def test_what_differs_in_a_line_differs_in_its_keys(project: Project) -> None:
    project.programs(1, 1)
    line = {"program": "p0.cpp", "inputs": ["1.in"]}
    own = [{"flags": "-O2"}, {"model": "skylake-pie"}, {"link": "dynamic"}, {"id": "x"}]
    project.lines(line, *({**line, **more} for more in own))
    plain, flags, model, link, named = keys(project)
    assert len({plain, flags, model, link}) == 4
    assert named == plain


def test_chunks_hold_what_is_missing_each_key_once(project: Project) -> None:
    project.programs(2, 5)
    project.write("copy.cpp", LOOP % 7)
    names = [f"{number}.in" for number in range(1, 6)]
    project.lines(
        *({"program": name, "inputs": names} for name in ("p0.cpp", "p1.cpp", "copy.cpp")),
        {"program": "p1.cpp", "inputs": ["5.in", "5.in"]},
    )
    plan = project.plan()
    all_keys = [row.key for program in plan for row in program.rows]
    made = chunks(plan, {}, FOLDER, 2)
    assert [len(chunk.keys) for chunk in made] == [2, 2, 1, 2, 2, 1]
    assert [key for chunk in made for key in chunk.keys] == all_keys[:10]
    assert len({chunk.name for chunk in made}) == 6
    assert [path.name for path in made[1].inputs] == ["3.in", "4.in"]
    assert {chunk.builds for chunk in made} == {12}
    there = dict.fromkeys(all_keys[1:9], b"")
    assert [chunk.keys for chunk in chunks(plan, there, FOLDER, 2)] == [(all_keys[0],), (all_keys[9],)]
    assert chunks(plan, dict.fromkeys(all_keys, b""), FOLDER, 2) == ()


def test_reading_is_told(project: Project) -> None:
    project.programs(3, 1)
    events: list[Event] = []
    make_plan(read_manifest(project.manifest, Settings()), events.append)
    assert [event.done for event in events if isinstance(event, Progress)] == [0, 1, 2]


def test_a_line_that_cannot_be_measured_is_told_with_its_number(project: Project) -> None:
    project.programs(1, 1)
    line = {"program": "p0.cpp", "inputs": ["1.in"]}
    project.lines(line, {**line, "model": "pentium"})
    with pytest.raises(InputError, match=r"^Line 2 of the manifest cannot be used: There is no machine"):
        project.plan()
    project.write("big.cpp", " " * (1 << 21))
    project.lines(line, {**line, "program": "big.cpp"})
    with pytest.raises(InputError, match=r"^Line 2 of the manifest cannot be used: .*big\.cpp is larger"):
        project.plan()


def test_a_missing_tool_is_no_fault_of_a_line(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.programs(1, 1)
    with pytest.raises(MissingToolError, match="compiler no-such-compiler was not found"):
        project.plan(Settings(compiler="no-such-compiler"))
    monkeypatch.setattr(plugin, "QEMU", "qemu-that-is-not-there")
    with pytest.raises(MissingToolError, match="qemu-user is not installed"):
        project.plan()
