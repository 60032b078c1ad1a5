"""What a user names is used, and must hold tests."""

import json
from pathlib import Path
from typing import Any

import pytest

from pie_lsp.values.errors import InputError
from pie_lsp.verify.discovery import discover


def problem(source: Path, tests: list[dict[str, object]], **more: object) -> str:
    return json.dumps({"name": "A", "srcPath": str(source), "tests": tests, **more})


def names(path: Path, *named: Path) -> list[str]:
    return [case.name for case in discover(path, named).cases]


def test_named_folder_file_pair_and_problem(put: Any, source: Path) -> None:
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


@pytest.mark.parametrize("choice", ["nowhere", "empty", "empty/none.in"])
def test_what_is_named_must_hold_tests(source: Path, choice: str) -> None:
    (source.parent / "empty").mkdir()
    with pytest.raises(InputError, match=choice):
        discover(source, [source.parent / choice])


def test_a_relative_name_is_looked_for_here_and_in_the_workspace(
    put: Any, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {"ws/given/1.in": "1"})
    assert len(discover(source, [Path("given")], workspace=tmp_path / "ws").cases) == 1
    monkeypatch.chdir(tmp_path / "ws")
    assert len(discover(source, [Path("given")]).cases) == 1
