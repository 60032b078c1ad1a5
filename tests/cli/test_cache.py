"""`pie-lsp cache`: what is there, and emptying it."""

from pathlib import Path

import pytest

from pie_lsp.engine.cache import open_cache

from .conftest import Run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_cache(tmp_path / "cache") as cache:
        for number in range(3):
            cache.put(str(number), bytes(50_000))
    return tmp_path / "cache"


def test_its_size_is_told_and_it_is_emptied(pie_lsp: Run, folder: Path) -> None:
    environment = {"PIE_LSP_CACHE_DIR": str(folder)}
    size = pie_lsp("cache", "size", environment=environment)
    assert size.returncode == 0
    words = size.stdout.decode().split()
    assert "," in words[0]
    assert int(words[0].replace(",", "")) > 150_000
    assert words[1:5] == ["bytes", "in", "3", "results,"]
    cleared = pie_lsp("cache", "clear", environment=environment)
    assert cleared.stdout.decode().startswith("3 results removed")
    with open_cache(folder) as cache:
        assert cache.entries() == 0


def test_a_folder_that_cannot_be_used_is_said(pie_lsp: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    told = pie_lsp("cache", "size", environment={"PIE_LSP_CACHE_DIR": str(tmp_path / "file")})
    assert b"cannot be used" in told.stderr or b"no folder" in told.stderr
    assert b"Traceback" not in told.stderr
