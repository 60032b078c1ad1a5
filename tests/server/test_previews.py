import stat
from pathlib import Path

import pytest

from pie_lsp.server import wording
from pie_lsp.server.previews import write_preview
from pie_lsp.values.errors import PieError

from .making import make_result


def test_a_preview_is_a_private_diff_whose_name_is_stable(private_cache: Path) -> None:
    result = make_result()
    one, two = (write_preview(result, suggestion) for suggestion in result.suggestions)
    assert one.read_bytes() == wording.diff(result, result.suggestions[0])
    assert one != two and one == write_preview(result, result.suggestions[0])
    assert one.name.startswith("a.f.1.") and one.suffix == ".diff"
    assert one.parent.parent == private_cache
    assert stat.S_IMODE(one.parent.stat().st_mode) == 0o700


def test_a_folder_that_is_somebody_elses_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("PIE_LSP_CACHE_DIR", str(tmp_path / "file"))
    result = make_result()
    with pytest.raises(PieError):
        write_preview(result, result.suggestions[0])
