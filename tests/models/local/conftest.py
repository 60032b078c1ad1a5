"""Checkpoints that the tests of local models share; they are only read."""

import os
from pathlib import Path

import pytest

from tests.models.local.tiny import build_causal, build_translating

# As in the worker, before torch is loaded: threads that wait by spinning starve whatever runs beside.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


@pytest.fixture(scope="session")
def causal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Takes very long prompts, so that computing takes long too."""
    return build_causal(tmp_path_factory.mktemp("causal"), positions=1 << 20)


@pytest.fixture(scope="session")
def translating(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_translating(tmp_path_factory.mktemp("translating"))
