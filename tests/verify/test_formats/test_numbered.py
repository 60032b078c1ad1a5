"""The layout of the paper's data set."""

from pathlib import Path
from typing import Any

from pie_lsp.verify.discovery import discover


def test_the_layout_of_the_paper(put: Any, source: Path) -> None:
    files: dict[str, str | bytes] = {f"tests/input.{n}.txt": str(n) for n in (0, 2, 10)}
    put(source.parent, {**files, "tests/output.2.txt": "two", "tests/output.7.txt": "seven"})
    suite = discover(source)
    assert [c.name for c in suite.cases] == ["input.0", "input.2", "input.10"]
    assert suite.cases[1].expected == b"two"
    assert [left.reason for left in suite.left_out] == ["output.7.txt has no input beside it."]
