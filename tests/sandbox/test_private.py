"""Private folders go, also those whose process was killed."""

import os
import stat
from pathlib import Path

import pytest

from pie_lsp.sandbox import private
from pie_lsp.sandbox.private import private_folder, sweep

LONG_AGO = 1_000_000_000


@pytest.fixture(autouse=True)
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(private, "_BASES", (tmp_path,))
    return tmp_path


def test_the_box_is_a_copy_that_nobody_writes(base: Path) -> None:
    original = base / "original"
    original.write_bytes(b"program")
    with private_folder((("prog", original),), None) as folder:
        copy = folder / ".box" / "prog"
        assert copy.read_bytes() == b"program"
        assert stat.S_IMODE(copy.stat().st_mode) == 0o555
        assert copy.stat().st_ino != original.stat().st_ino
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not folder.exists()


def test_what_a_killed_process_left_is_swept_away(base: Path) -> None:
    left = base / "pie-box-12345678"
    left.mkdir(mode=0o700)
    (left / ".box").mkdir()
    os.utime(left, (LONG_AGO, LONG_AGO))
    sweep()
    assert not left.exists()


def test_what_is_in_use_or_young_or_not_ours_stays(base: Path) -> None:
    young, other = base / "pie-box-youngest", base / "other-box"
    young.mkdir(mode=0o700)
    other.mkdir(mode=0o700)
    with private_folder((), None) as used:
        for folder in (used, other):
            os.utime(folder, (LONG_AGO, LONG_AGO))
        sweep()
        assert used.is_dir()
        assert young.is_dir()
        assert other.is_dir()


def test_a_folder_that_a_person_made_stays_whatever_its_name(base: Path) -> None:
    named, open_to_all = base / "pie-box-of-mine", base / "pie-box-checkout"
    named.mkdir(mode=0o700)
    open_to_all.mkdir(mode=0o755)
    for folder in (named, open_to_all):
        (folder / "work").write_text("of a week")
        os.utime(folder, (LONG_AGO, LONG_AGO))
    sweep()
    assert (named / "work").exists() and (open_to_all / "work").exists()
