"""What is dear to make and shared by the whole suite: the sandbox, the compiler and its programs."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from pie_lsp.build.compiler import Compiler
from pie_lsp.build.toolchain import find_toolchain
from pie_lsp.sandbox.choose import choose_sandbox
from pie_lsp.sandbox.contract import Sandbox
from pie_lsp.values.settings import Settings
from pie_lsp.values.toolchain import Toolchain

# Properties are judged by what they find, never by the time that it takes, and find the same in every run.
hypothesis_settings.register_profile(
    "repeatable", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("repeatable")


_GEM5_OF_TESTS = "PIE_LSP_TESTS_GEM5"


def pytest_configure() -> None:
    """Keep the user's gem5 for the tests that ask for it, so that no other has it confirm by chance.

    Processes that pytest starts to share the work get the variable under its second name.
    """
    named = os.environ.pop("PIE_LSP_GEM5", "")
    if named:
        os.environ[_GEM5_OF_TESTS] = named


@pytest.fixture(scope="session")
def real_gem5() -> Path:
    """The gem5 that PIE_LSP_GEM5 names; without one, the test that asks is skipped."""
    named = os.environ.get(_GEM5_OF_TESTS)
    if not named:
        pytest.skip("PIE_LSP_GEM5 names no gem5")
    return Path(named)


@pytest.fixture(scope="session", autouse=True)
def private_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache, data and settings of this test run, so that no test reads or changes the user's own."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIE_LSP_CACHE_DIR", str(folder))
        patch.setenv("PIE_LSP_DATA_DIR", str(folder / "data"))
        (folder / "settings.toml").touch()
        patch.setenv("PIE_LSP_SETTINGS", str(folder / "settings.toml"))
        yield folder


@pytest.fixture(scope="session")
def sandbox(private_cache: Path) -> Sandbox:
    """The strongest sandbox of this machine."""
    return asyncio.run(choose_sandbox(allow_unsandboxed=False))


@pytest.fixture(scope="session")
def toolchain() -> Toolchain:
    """g++ with the default flags."""
    return asyncio.run(find_toolchain(Settings(), Path("program.cpp")))


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the binaries of the whole suite lie."""
    return tmp_path_factory.mktemp("binaries")


@pytest.fixture(scope="session")
def compiler(toolchain: Toolchain, sandbox: Sandbox, scratch: Path) -> Compiler:
    """A compiler with the default flags, statically linked."""
    return Compiler(toolchain, sandbox, scratch)
