"""The real gem5 where PIE_LSP_GEM5 names one, and requests for it."""

from pathlib import Path

import pytest
from gem5_runner.protocol import Request
from gem5_runner.simulation import Simulator


@pytest.fixture(scope="module")
def gem5(real_gem5: Path) -> Path:
    return real_gem5


@pytest.fixture
def simulator(gem5: Path, tmp_path: Path) -> Simulator:
    (tmp_path / "in").write_text("2000\n")
    return Simulator(gem5, tmp_path, tmp_path)


@pytest.fixture
def request_for(tmp_path: Path) -> Request:
    return Request("1", "skylake-verbatim", "prog", stdin="in", memory="2GiB")
