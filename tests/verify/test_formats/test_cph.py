"""Problem files of Competitive Programming Helper."""

import json
import os
from hashlib import md5
from pathlib import Path
from typing import Any

import pytest

from pie_lsp.verify.discovery import discover


def problem(source: Path, tests: list[dict[str, object]], **more: object) -> str:
    return json.dumps({"name": "A", "srcPath": str(source), "tests": tests, **more})


def prob_name(source: Path) -> str:
    return f".cph/.{source.name}_{md5(str(source).encode(), usedforsecurity=False).hexdigest()}.prob"


def test_cph(put: Any, source: Path) -> None:
    tests: list[dict[str, object]] = [
        {"id": 1, "input": "1\n", "output": "2\n"},
        {"input": "ü", "output": ""},
    ]
    put(source.parent, {prob_name(source): problem(source, tests)})
    suite = discover(source)
    assert suite.source == f"{prob_name(source)} (2 tests)"
    assert [(c.name, c.input, c.expected) for c in suite.cases] == [
        ("cph-1", b"1\n", b"2\n"),
        ("cph-2", "ü".encode(), None),
    ]


def test_a_source_whose_name_is_no_utf_8(put: Any, source: Path) -> None:
    odd = source.with_name(os.fsdecode(b"gr\xf6\xdfe.cpp"))
    digest = md5(os.fsencode(odd), usedforsecurity=False).hexdigest()
    content = problem(source, [{"input": "1", "output": "1"}])
    put(source.parent, {f".cph/.{odd.name}_{digest}.prob": content})
    assert [case.input for case in discover(odd).cases] == [b"1"]


def test_cph_after_the_folder_has_moved(put: Any, source: Path) -> None:
    here = f"C:\\contest\\{source.parent.name}\\sum.cpp"
    put(
        source.parent,
        {
            ".cph/.sum.cpp_aaa.prob": json.dumps({"srcPath": "/else/sum.cpp", "tests": []}),
            ".cph/.sum.cpp_bbb.prob": json.dumps({"srcPath": here, "tests": [{"input": "1", "output": "1"}]}),
            ".cph/.max.cpp_aaa.prob": json.dumps({"tests": [{"input": "9", "output": "9"}]}),
        },
    )
    assert [case.input for case in discover(source).cases] == [b"1"]


def test_interactive_is_known_whatever_tests_are_used(put: Any, source: Path) -> None:
    put(source.parent, {"mine/1.in": "1", prob_name(source): problem(source, [], interactive=True)})
    assert discover(source).interactive
    assert discover(source, [source.parent / "mine"]).interactive
    put(source.parent, {prob_name(source): problem(source, [], interactive=False)})
    assert not discover(source).interactive


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{not json", "is not JSON."),
        (b"\xff\xfe\x00", "is not JSON."),
        ("[" * 100_000, "is not JSON."),
        ("[]", "is not a problem file of CPH."),
        ('{"tests": 5}', "has no list of tests."),
    ],
)
def test_a_bad_problem_file_is_said_and_the_search_goes_on(
    put: Any, source: Path, content: str | bytes, reason: str
) -> None:
    put(source.parent, {prob_name(source): content, "tests/1.in": "1"})
    suite = discover(source)
    assert suite.source == "tests/ (1 test)"
    assert [left.reason for left in suite.left_out] == [f"{Path(prob_name(source)).name} {reason}"]


def test_a_bad_test_in_a_problem_file_is_left_out(put: Any, source: Path) -> None:
    tests: list[dict[str, object]] = [{"input": 5, "output": "x"}, {"input": "1", "output": "2"}]
    put(source.parent, {prob_name(source): problem(source, tests)})
    suite = discover(source)
    assert [case.name for case in suite.cases] == ["cph-2"]
    assert [left.name for left in suite.left_out] == ["cph-1"]
