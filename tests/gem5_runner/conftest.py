"""The real gem5 where PIE_LSP_GEM5 names one, and requests for it."""

import os
from pathlib import Path

import pytest
from gem5_runner.protocol import Request
from gem5_runner.simulation import Simulator

VARIABLE = "PIE_LSP_GEM5"


@pytest.fixture(scope="module")
def gem5() -> Path:
    named = os.environ.get(VARIABLE)
    if not named:
        pytest.skip(f"{VARIABLE} names no gem5")
    return Path(named)


@pytest.fixture
def simulator(gem5: Path, tmp_path: Path) -> Simulator:
    (tmp_path / "in").write_text("2000\n")
    return Simulator(gem5, tmp_path, tmp_path)


@pytest.fixture
def request_for(tmp_path: Path) -> Request:
    return Request("1", "skylake-verbatim", "prog", stdin="in", memory="2GiB")
