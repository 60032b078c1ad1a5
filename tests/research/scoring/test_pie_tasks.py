"""PIE's files in both of their formats, with the layout of its tests."""

import json
from pathlib import Path

import pytest

from pie_lsp.research.scoring.pie_tasks import pie_tasks, read_tests
from pie_lsp.values.errors import InputError

from .conftest import COUNT, REPEAT, Pie


def test_each_line_is_a_task_with_its_tests(pie: Pie) -> None:
    first, second = pie.tasks
    assert (first.problem, first.source.decode(), second.source.decode()) == ("p1", REPEAT, COUNT)
    assert [(one.name, one.input, one.expected) for one in first.tests()] == [
        ("0", b"ab 3\n", b"6 2870519715\n"),
        ("1", b"x 0\n", b"0 0\n"),
        ("2", b"abcdefgh 3000\n", None),
    ]


def test_the_column_of_tests_says_which_count(pie: Pie) -> None:
    pie.add("p1", REPEAT, tests=[2, 0])
    assert [one.name for one in pie.tasks[2].tests()] == ["0", "2"]


def test_tests_are_ordered_by_number(pie: Pie) -> None:
    pie.test("p1", 10, "x 1\n")
    assert [one.name for one in pie.tasks[0].tests()] == ["0", "1", "2", "10"]


def test_the_older_format_is_read_too(pie: Pie) -> None:
    line = {
        "problem_id": "p1",
        "language": "C++",
        "submission_id_v0": "s1",
        "submission_id_v1": "s2",
        "status_v1": "Accepted",
        "input": REPEAT,
        "target": COUNT,
    }
    pie.file.write_text(json.dumps(line) + "\n" + json.dumps({**line, "language": "Python"}) + "\n")
    found = pie_tasks(pie.file, pie.tests)
    assert [one.source.decode() for one in found.tasks] == [REPEAT]
    assert [(one.line, "Python" in one.reason) for one in found.left_out] == [(2, True)]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"problem_id": "../p1"}, "no name of a problem"),
        ({"tests": "all"}, "no list of numbers"),
        ({"tgt_code": REPEAT}, "the same"),
    ],
)
def test_a_line_that_gives_no_task_is_told(pie: Pie, more: dict[str, object], words: str) -> None:
    pie.add("p1", REPEAT, **more)
    found = pie_tasks(pie.file, pie.tests)
    assert len(found.tasks) == 2
    assert [(one.line, words in one.reason) for one in found.left_out] == [(3, True)]


def test_only_the_named_problems_are_taken(pie: Pie) -> None:
    assert [one.problem for one in pie_tasks(pie.file, pie.tests, ["p2"]).tasks] == ["p2"]
    with pytest.raises(InputError, match="no program of the problem p3"):
        pie_tasks(pie.file, pie.tests, ["p2", "p3"])


def test_what_is_not_there_is_told(pie: Pie, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no folder"):
        pie_tasks(pie.file, tmp_path / "nothing")
    with pytest.raises(InputError, match="cannot be read"):
        pie_tasks(tmp_path / "nothing", pie.tests)
    assert read_tests(tmp_path / "nothing", None) == ()
