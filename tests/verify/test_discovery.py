"""Tests are found where people and tools put them, the most specific first."""

import json
import os
from hashlib import md5
from pathlib import Path
from typing import Any

from pie_lsp.verify.discovery import discover


def problem(source: Path, tests: list[dict[str, object]], **more: object) -> str:
    return json.dumps({"name": "A", "srcPath": str(source), "tests": tests, **more})


def prob_name(source: Path) -> str:
    return f".cph/.{source.name}_{md5(str(source).encode(), usedforsecurity=False).hexdigest()}.prob"


def names(path: Path, *named: Path) -> list[str]:
    return [case.name for case in discover(path, named).cases]


def test_nothing_is_found_in_an_empty_folder(source: Path) -> None:
    suite = discover(source)
    assert (suite.source, suite.cases, suite.left_out, suite.interactive) == ("no tests", (), (), False)


def test_a_folder_that_is_not_there_is_no_failure(tmp_path: Path) -> None:
    assert discover(tmp_path / "gone" / "a.cpp").cases == ()


def test_own_folder(put: Any, source: Path) -> None:
    put(source.parent, {"sum.tests/10.in": "x", "sum.tests/2.in": "y", "sum.tests/2.out": "z"})
    suite = discover(source)
    assert suite.source == "sum.tests/ (2 tests)"
    assert [(c.name, c.input, c.expected) for c in suite.cases] == [("2", b"y", b"z"), ("10", b"x", None)]


def test_the_shared_folder_is_split_by_name_where_names_say_so(put: Any, source: Path) -> None:
    put(source.parent, {"max.cpp": "", "tests/sum-1.in": "1", "tests/max-1.in": "2", "tests/other.in": "3"})
    assert names(source) == ["sum-1"]
    assert names(source.with_name("max.cpp")) == ["max-1"]
    put(source.parent, {"mean.cpp": ""})
    assert names(source.with_name("mean.cpp")) == ["other"]


def test_beside_the_file_by_name(put: Any, source: Path) -> None:
    put(source.parent, {"max.cpp": "", "sum.in": "1", "sum2.in": "2", "summer.in": "3", "1.in": "4"})
    suite = discover(source)
    assert [case.name for case in suite.cases] == ["sum", "sum2"]
    assert suite.source == "beside sum.cpp (2 tests)"


def test_beside_the_file_by_any_name_only_where_it_is_the_only_source(put: Any, source: Path) -> None:
    put(source.parent, {"1.in": "4", "1.out": "5", "a.out": b"\x7fELF"})
    assert names(source) == ["1"]
    put(source.parent, {"max.cc": ""})
    assert names(source) == []


def test_what_is_more_specific_wins(put: Any, source: Path) -> None:
    put(source.parent, {"sum.in": "beside"})
    order = ["beside"]
    put(source.parent, {"test/1.in": "test"})
    order.append("test")
    assert [case.input.decode() for case in discover(source).cases] == [order[-1]]
    for name in ("tests/1.in", "sum.tests/1.in"):
        put(source.parent, {name: name})
        assert [case.input.decode() for case in discover(source).cases] == [name]
    put(source.parent, {prob_name(source): problem(source, [{"input": "cph", "output": ""}])})
    assert [case.input for case in discover(source).cases] == [b"cph"]
    put(source.parent, {"mine/1.in": "named"})
    assert [case.input for case in discover(source, [source.parent / "mine"]).cases] == [b"named"]


def test_names_that_would_drive_a_terminal_are_escaped(put: Any, source: Path) -> None:
    put(source.parent, {"tests/a\x1b[2J\n.in": "1", "tests/b\u202e.out": "2"})
    (source.parent / "tests" / os.fsdecode(b"c\xff.in")).write_bytes(b"3")
    suite = discover(source)
    assert [case.name for case in suite.cases] == ["a\\x1b[2J\\n", "c\\udcff"]
    assert suite.left_out[0].reason == "b\\u202e.out has no input beside it."
