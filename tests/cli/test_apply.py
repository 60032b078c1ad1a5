import os
import stat
from pathlib import Path

import pytest

from pie_lsp.cli.apply import write_atomically
from pie_lsp.values.errors import InputError


def test_the_new_content_keeps_the_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.cpp"
    path.write_bytes(b"old")
    path.chmod(0o751)
    write_atomically(path, b"old", b"new\r\n")
    assert path.read_bytes() == b"new\r\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o751
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.cpp"]


def test_extended_attributes_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.cpp"
    path.write_bytes(b"old")
    try:
        os.setxattr(path, "user.note", b"mine")
    except OSError:
        pytest.skip("this file system takes no extended attributes")
    write_atomically(path, b"old", b"new")
    assert os.getxattr(path, "user.note") == b"mine"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_the_owner_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.cpp"
    path.write_bytes(b"old")
    os.chown(path, 1234, 4321)
    write_atomically(path, b"old", b"new")
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 4321)


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    behind = tmp_path / "real" / "a.cpp"
    behind.parent.mkdir()
    behind.write_bytes(b"old")
    link = tmp_path / "a.cpp"
    link.symlink_to(behind)
    write_atomically(link, b"old", b"new")
    assert link.is_symlink()
    assert behind.read_bytes() == b"new"


def test_a_changed_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.cpp"
    path.write_bytes(b"edited meanwhile")
    with pytest.raises(InputError, match="changed while it was being optimized"):
        write_atomically(path, b"old", b"new")
    assert path.read_bytes() == b"edited meanwhile"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.cpp"]


def test_a_change_during_the_writing_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.cpp"
    path.write_bytes(b"old")
    real = os.fsync

    def edit_and_sync(descriptor: int) -> None:
        path.write_bytes(b"edited meanwhile")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", edit_and_sync)
    with pytest.raises(InputError, match="changed while"):
        write_atomically(path, b"old", b"new")
    assert path.read_bytes() == b"edited meanwhile"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.cpp"]


def test_a_full_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.cpp"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="No space left on device"):
        write_atomically(path, b"old", b"new")
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.cpp"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_write_protected_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.cpp"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(InputError, match="write-protected"):
        write_atomically(path, b"old", b"new")
    assert path.read_bytes() == b"old"


def test_a_vanished_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        write_atomically(tmp_path / "gone.cpp", b"old", b"new")
