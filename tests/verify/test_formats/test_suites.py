"""Every test has a name of its own."""

from pathlib import Path
from typing import Any

from pie_lsp.verify.discovery import discover


def names(path: Path, *named: Path) -> list[str]:
    return [case.name for case in discover(path, named).cases]


def test_names_are_unique_across_named_folders(put: Any, source: Path) -> None:
    put(source.parent, {"a/1.in": "1", "b/1.in": "2", "b/2.in": "3"})
    assert names(source, source.parent / "a", source.parent / "b") == ["a/1", "b/1", "2"]
    assert names(source, source.parent / "b", source.parent / "b") == ["b/1", "b/2"]
