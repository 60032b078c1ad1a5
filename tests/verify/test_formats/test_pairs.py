"""Inputs and outputs that are paired by their names."""

from pathlib import Path
from typing import Any

import pytest

from pie_lsp.verify.discovery import discover


@pytest.mark.parametrize("folder", ["tests", "test"])
def test_shared_folder_as_online_judge_tools_makes_it(put: Any, source: Path, folder: str) -> None:
    put(source.parent, {f"{folder}/sample-1.in": "1", f"{folder}/sample-1.out": "2", f"{folder}/#x#": ""})
    suite = discover(source)
    assert suite.source == f"{folder}/ (1 test)"
    assert suite.cases[0].expected == b"2"


def test_an_answer_file_comes_before_an_output(put: Any, source: Path) -> None:
    put(source.parent, {"tests/1.in": "1", "tests/1.ans": "right", "tests/1.out": "printed"})
    assert discover(source).cases[0].expected == b"right"
