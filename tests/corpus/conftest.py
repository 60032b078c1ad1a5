"""A small problem in a folder of its own, to be spoiled."""

import shutil
from pathlib import Path

import pytest

from pie_lsp.corpus.loader import PROBLEMS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the problem ``gcd_pairs``."""
    return Path(
        shutil.copytree(
            PROBLEMS / "gcd_pairs", tmp_path / "gcd_pairs", ignore=shutil.ignore_patterns("__pycache__")
        )
    )
