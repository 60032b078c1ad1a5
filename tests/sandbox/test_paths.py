"""The cache folder is ours alone."""

import stat
from pathlib import Path

import pytest

from pie_lsp.sandbox.paths import (
    CACHE_VARIABLE,
    DATA_VARIABLE,
    cache_dir,
    cache_root,
    data_dir,
    data_root,
)
from pie_lsp.values.errors import PieError


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_folders_are_private_also_when_they_were_not(root: Path) -> None:
    root.mkdir(mode=0o755)
    folder = cache_dir("a", "b")
    assert folder == root / "a" / "b"
    assert {stat.S_IMODE(path.stat().st_mode) for path in (root, root / "a", folder)} == {0o700}


def test_a_link_is_not_followed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    root.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PieError, match=CACHE_VARIABLE):
        cache_dir()


def test_a_file_in_the_way_is_said(root: Path) -> None:
    root.write_text("x")
    with pytest.raises(PieError, match=CACHE_VARIABLE):
        cache_dir("a")


def test_without_the_variable_it_is_the_users_cache_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(CACHE_VARIABLE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_root() == tmp_path / "pie-lsp"


def test_what_is_to_be_kept_has_a_private_folder_of_its_own(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(DATA_VARIABLE, raising=False)
    assert data_root() != cache_root()
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    folder = data_dir("pairs")
    assert folder == tmp_path / "data" / "pairs"
    assert {stat.S_IMODE(path.stat().st_mode) for path in (folder, folder.parent)} == {0o700}
    folder.rmdir()
    folder.symlink_to(tmp_path)
    with pytest.raises(PieError, match=f"The data folder .*{DATA_VARIABLE}"):
        data_dir("pairs")
