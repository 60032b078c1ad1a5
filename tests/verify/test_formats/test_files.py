"""What a workspace holds is read with suspicion."""

import os
from pathlib import Path
from typing import Any

import pytest

from pie_lsp.verify.discovery import discover


def test_a_link_out_of_the_folder_is_left_out(put: Any, tmp_path: Path) -> None:
    put(tmp_path, {"secret": "key", "project/a.cpp": "", "project/tests/2.in": "2", "shared/3.in": "3"})
    (tmp_path / "project/tests/1.in").symlink_to(tmp_path / "secret")
    (tmp_path / "project/tests/4.in").symlink_to("2.in")
    suite = discover(tmp_path / "project/a.cpp")
    assert [case.name for case in suite.cases] == ["2", "4"]
    assert [left.reason for left in suite.left_out] == ["1.in is a link that leads out of the folder."]


def test_pipes_giants_and_broken_links_are_left_out(put: Any, source: Path) -> None:
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
def test_what_may_not_be_read_is_left_out(put: Any, source: Path) -> None:
    put(source.parent, {"tests/1.in": "1", "tests/2.in": "2"})
    (source.parent / "tests/1.in").chmod(0)
    suite = discover(source)
    assert [case.name for case in suite.cases] == ["2"]
    assert "Permission denied" in suite.left_out[0].reason
