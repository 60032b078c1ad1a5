"""Tests are found where people and tools put them."""

import json
import os
from hashlib import md5
from pathlib import Path

import pytest

from pie_lsp.values.errors import InputError
from pie_lsp.verify.discovery import discover, how_to_add_tests


def put(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def problem(source: Path, tests: list[dict[str, object]], **more: object) -> str:
    return json.dumps({"name": "A", "srcPath": str(source), "tests": tests, **more})


def prob_name(source: Path) -> str:
    return f".cph/.{source.name}_{md5(str(source).encode(), usedforsecurity=False).hexdigest()}.prob"


def names(path: Path, *named: Path) -> list[str]:
    return [case.name for case in discover(path, named).cases]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "sum.cpp"
    path.write_text("int main() {}\n")
    return path


def test_nothing_is_found_in_an_empty_folder(source: Path) -> None:
    suite = discover(source)
    assert (suite.source, suite.cases, suite.left_out, suite.interactive) == ("no tests", (), (), False)


def test_a_folder_that_is_not_there_is_no_failure(tmp_path: Path) -> None:
    assert discover(tmp_path / "gone" / "a.cpp").cases == ()


def test_own_folder(source: Path) -> None:
    put(source.parent, {"sum.tests/10.in": "x", "sum.tests/2.in": "y", "sum.tests/2.out": "z"})
    suite = discover(source)
    assert suite.source == "sum.tests/ (2 tests)"
    assert [(c.name, c.input, c.expected) for c in suite.cases] == [("2", b"y", b"z"), ("10", b"x", None)]


@pytest.mark.parametrize("folder", ["tests", "test"])
def test_shared_folder_as_online_judge_tools_makes_it(source: Path, folder: str) -> None:
    put(source.parent, {f"{folder}/sample-1.in": "1", f"{folder}/sample-1.out": "2", f"{folder}/#x#": ""})
    suite = discover(source)
    assert suite.source == f"{folder}/ (1 test)"
    assert suite.cases[0].expected == b"2"


def test_an_answer_file_comes_before_an_output(source: Path) -> None:
    put(source.parent, {"tests/1.in": "1", "tests/1.ans": "right", "tests/1.out": "printed"})
    assert discover(source).cases[0].expected == b"right"


def test_the_layout_of_the_paper(source: Path) -> None:
    files: dict[str, str | bytes] = {f"tests/input.{n}.txt": str(n) for n in (0, 2, 10)}
    put(source.parent, {**files, "tests/output.2.txt": "two", "tests/output.7.txt": "seven"})
    suite = discover(source)
    assert [c.name for c in suite.cases] == ["input.0", "input.2", "input.10"]
    assert suite.cases[1].expected == b"two"
    assert [left.reason for left in suite.left_out] == ["output.7.txt has no input beside it."]


def test_the_shared_folder_is_split_by_name_where_names_say_so(source: Path) -> None:
    put(source.parent, {"max.cpp": "", "tests/sum-1.in": "1", "tests/max-1.in": "2", "tests/other.in": "3"})
    assert names(source) == ["sum-1"]
    assert names(source.with_name("max.cpp")) == ["max-1"]
    put(source.parent, {"mean.cpp": ""})
    assert names(source.with_name("mean.cpp")) == ["other"]


def test_beside_the_file_by_name(source: Path) -> None:
    put(source.parent, {"max.cpp": "", "sum.in": "1", "sum2.in": "2", "summer.in": "3", "1.in": "4"})
    suite = discover(source)
    assert [case.name for case in suite.cases] == ["sum", "sum2"]
    assert suite.source == "beside sum.cpp (2 tests)"


def test_beside_the_file_by_any_name_only_where_it_is_the_only_source(source: Path) -> None:
    put(source.parent, {"1.in": "4", "1.out": "5", "a.out": b"\x7fELF"})
    assert names(source) == ["1"]
    put(source.parent, {"max.cc": ""})
    assert names(source) == []


def test_cph(source: Path) -> None:
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


def test_cph_after_the_folder_has_moved(source: Path) -> None:
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


def test_what_is_more_specific_wins(source: Path) -> None:
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


def test_interactive_is_known_whatever_tests_are_used(source: Path) -> None:
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
    source: Path, content: str | bytes, reason: str
) -> None:
    put(source.parent, {prob_name(source): content, "tests/1.in": "1"})
    suite = discover(source)
    assert suite.source == "tests/ (1 test)"
    assert [left.reason for left in suite.left_out] == [f"{Path(prob_name(source)).name} {reason}"]


def test_a_bad_test_in_a_problem_file_is_left_out(source: Path) -> None:
    tests: list[dict[str, object]] = [{"input": 5, "output": "x"}, {"input": "1", "output": "2"}]
    put(source.parent, {prob_name(source): problem(source, tests)})
    suite = discover(source)
    assert [case.name for case in suite.cases] == ["cph-2"]
    assert [left.name for left in suite.left_out] == ["cph-1"]


def test_named_folder_file_pair_and_problem(source: Path) -> None:
    folder = source.parent
    put(
        folder,
        {
            "mine/b.in": "1",
            "mine/b.out": "2",
            "big.txt": "3",
            "far/x.prob": problem(source, [{"input": "4", "output": "5"}]),
            "far/input.3.txt": "6",
            "far/output.3.txt": "7",
        },
    )
    assert names(source, folder / "mine") == ["b"]
    assert names(source, folder / "mine" / "b.in") == ["b"]
    assert discover(source, [folder / "mine" / "b.out"]).cases[0].expected == b"2"
    assert discover(source, [folder / "big.txt"]).cases[0].expected is None
    assert discover(source, [folder / "far" / "input.3.txt"]).cases[0].expected == b"7"
    assert names(source, folder / "far" / "x.prob") == ["cph-1"]
    suite = discover(source, [folder / "mine", folder / "big.txt"])
    assert suite.source == "mine/, big.txt (2 tests)"
    assert names(source, folder / "far") == ["input.3", "cph-1"]


def test_names_are_unique_across_named_folders(source: Path) -> None:
    put(source.parent, {"a/1.in": "1", "b/1.in": "2", "b/2.in": "3"})
    assert names(source, source.parent / "a", source.parent / "b") == ["a/1", "b/1", "2"]
    assert names(source, source.parent / "b", source.parent / "b") == ["b/1", "b/2"]


@pytest.mark.parametrize("choice", ["nowhere", "empty", "empty/none.in"])
def test_what_is_named_must_hold_tests(source: Path, choice: str) -> None:
    (source.parent / "empty").mkdir()
    with pytest.raises(InputError, match=choice):
        discover(source, [source.parent / choice])


def test_a_relative_name_is_looked_for_here_and_in_the_workspace(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {"ws/given/1.in": "1"})
    assert len(discover(source, [Path("given")], workspace=tmp_path / "ws").cases) == 1
    monkeypatch.chdir(tmp_path / "ws")
    assert len(discover(source, [Path("given")]).cases) == 1


def test_a_link_out_of_the_folder_is_left_out(tmp_path: Path) -> None:
    put(tmp_path, {"secret": "key", "project/a.cpp": "", "project/tests/2.in": "2", "shared/3.in": "3"})
    (tmp_path / "project/tests/1.in").symlink_to(tmp_path / "secret")
    (tmp_path / "project/tests/4.in").symlink_to("2.in")
    suite = discover(tmp_path / "project/a.cpp")
    assert [case.name for case in suite.cases] == ["2", "4"]
    assert [left.reason for left in suite.left_out] == ["1.in is a link that leads out of the folder."]


def test_pipes_giants_and_broken_links_are_left_out(source: Path) -> None:
    folder = source.parent / "sum.tests"
    put(folder, {"ok.in": "1"})
    os.mkfifo(folder / "pipe.in")
    (folder / "broken.in").symlink_to("nowhere")
    (folder / "loop.in").symlink_to("loop.in")
    with (folder / "giant.in").open("wb") as giant:
        giant.truncate((64 << 20) + 1)
    suite = discover(source)
    assert [case.name for case in suite.cases] == ["ok"]
    reasons = {left.name: left.reason for left in suite.left_out}
    assert reasons["pipe"] == "pipe.in is not a regular file."
    assert reasons["giant"] == "giant.in is larger than 64 MiB."
    assert reasons["broken"].startswith("broken.in cannot be read")
    assert reasons["loop"].startswith("loop.in cannot be read")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_what_may_not_be_read_is_left_out(source: Path) -> None:
    put(source.parent, {"tests/1.in": "1", "tests/2.in": "2"})
    (source.parent / "tests/1.in").chmod(0)
    suite = discover(source)
    assert [case.name for case in suite.cases] == ["2"]
    assert "Permission denied" in suite.left_out[0].reason


def test_advice_names_the_files(source: Path) -> None:
    assert "sum.tests/1.in" in how_to_add_tests(source)
