"""What is dear to make and shared by the whole suite: the sandbox, the compiler and its programs."""

import asyncio
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


@pytest.fixture(scope="session", autouse=True)
def private_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache folder and settings of this test run, so that no test reads or changes the user's own."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIE_LSP_CACHE_DIR", str(folder))
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
