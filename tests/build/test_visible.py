"""What a compiler may see of a folder."""

from pathlib import Path

import pytest

from pie_lsp.build.visible import visible_parts


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "homes" / "me"
    folder.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder))
    return folder


def test_a_project_is_seen_whole(home: Path) -> None:
    assert visible_parts(home / "project") == (home / "project",)


def test_of_a_home_what_is_hidden_stays_hidden(home: Path) -> None:
    for name in (".ssh", "code"):
        (home / name).mkdir()
    for name in (".netrc", "own.h"):
        (home / name).touch()
    assert visible_parts(home) == (home / "code", home / "own.h")


def test_of_the_folders_above_only_their_own_files(home: Path) -> None:
    (home.parent / "other").mkdir()
    (home.parent / "own.h").touch()
    assert visible_parts(home.parent) == (home.parent / "own.h",)


def test_a_folder_that_is_not_there_shows_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "missing"))
    assert visible_parts(tmp_path / "missing") == ()
