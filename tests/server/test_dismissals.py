from dataclasses import replace
from pathlib import Path

import pytest

from pie_lsp.server import dismissals
from pie_lsp.server.dismissals import Dismissals

from .making import make_result

FUNCTION = make_result().function


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PIE_LSP_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def test_dismissed_is_one_version_of_one_function_of_one_file() -> None:
    one = Dismissals()
    one.add("d", FUNCTION)
    for known in (one, Dismissals()):
        assert known.has("d", FUNCTION)
        assert not known.has("e", FUNCTION)
        assert not known.has("d", replace(FUNCTION, fingerprint="other"))
        assert not known.has("d", replace(FUNCTION, qualified_name="other"))


def test_nothing_is_made_before_something_is_dismissed_and_it_is_private(folder: Path) -> None:
    known = Dismissals()
    assert not known.has("d", FUNCTION)
    assert not folder.exists() or not list(folder.iterdir())
    known.add("d", FUNCTION)
    known.add("d", FUNCTION)
    (file,) = folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(file.read_text()) == 65


def test_damage_and_a_file_that_cannot_be_read_cost_nothing_else(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    (folder / "dismissed").write_bytes(b"\xff\xfe not hex\n")
    known = Dismissals()
    assert not known.has("d", FUNCTION)
    known.add("d", FUNCTION)
    assert Dismissals().has("d", FUNCTION)
    (folder / "dismissed").unlink()
    (folder / "dismissed").mkdir()
    broken = Dismissals()
    assert not broken.has("d", FUNCTION)
    broken.add("d", FUNCTION)
    assert broken.has("d", FUNCTION), "in this session"


def test_the_oldest_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dismissals, "MOST_BYTES", 130)
    first = Dismissals()
    versions = [replace(FUNCTION, fingerprint=str(number)) for number in range(3)]
    for version in versions:
        first.add("d", version)
    assert [Dismissals().has("d", version) for version in versions] == [False, True, True]
