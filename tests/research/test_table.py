import json
from pathlib import Path

import pytest

from pie_lsp.research.rows import Row, Status, row_line
from pie_lsp.research.table import check_place, write_table
from pie_lsp.values.errors import InputError
from pie_lsp.values.measurement import CostPart

from .conftest import Project


def test_the_table_has_the_rows_of_the_manifest_in_its_order(project: Project) -> None:
    project.programs(2, 2)
    line = {"program": "p1.cpp", "inputs": ["2.in", "1.in"]}
    project.lines({**line, "id": "first"}, {"program": "p0.cpp", "inputs": ["1.in"]}, line)
    plan = project.plan()
    keys = [row.key for program in plan for row in program.rows]
    rows = {key: Row(key, Status.CRASHED, reason=f"{place}") for place, key in enumerate(keys)}
    rows[keys[2]] = Row(keys[2], Status.MEASURED, 7, "cycles", 3, (CostPart("a", 2, 7),), 0, "00")
    write_table(project.table, plan, {key: row_line(row) for key, row in reversed(rows.items())})
    labels = project.labels()
    assert [(it["program"], it["input"]) for it in labels] == [
        ("p1.cpp", "2.in"),
        ("p1.cpp", "1.in"),
        ("p0.cpp", "1.in"),
        ("p1.cpp", "2.in"),
        ("p1.cpp", "1.in"),
    ]
    assert [it["key"] for it in labels] == keys
    assert [it.get("id") for it in labels] == ["first", "first", None, None, None]
    measured = labels[2]
    assert (measured["status"], measured["cost"], measured["floor"]) == ("measured", 7, 3)
    assert measured["parts"] == [{"name": "a", "count": 2, "cost": 7}]
    assert (measured["flags"], measured["link"]) == (["-std=c++17", "-O3"], "static")
    assert str(project.folder) not in project.table.read_text()


def test_nothing_of_the_users_is_overwritten(tmp_path: Path) -> None:
    table = tmp_path / "t.jsonl"
    check_place(table)
    for mine in ('{"key": "k"}\n', ""):
        table.write_text(mine)
        check_place(table)
    for theirs in ("int main() {}\n", '{"program": "a.cpp"}\n', "7\n", "\0"):
        table.write_text(theirs)
        with pytest.raises(InputError, match="is no table of labels"):
            check_place(table)
    with pytest.raises(InputError, match="is no table of labels"):
        check_place(tmp_path)
    with pytest.raises(InputError, match="is no folder"):
        check_place(tmp_path / "nowhere" / "t.jsonl")


def test_a_table_that_cannot_be_written_is_told(project: Project) -> None:
    project.programs(1, 1)
    plan = project.plan()
    lines = {row.key: row_line(Row(row.key, Status.CRASHED)) for program in plan for row in program.rows}
    project.table.mkdir()
    with pytest.raises(InputError, match=r"cannot be written.*all rows are kept"):
        write_table(project.table, plan, lines)
    project.table.rmdir()
    write_table(project.table, plan, lines)
    assert json.loads(project.table.read_text())["status"] == "crashed"
