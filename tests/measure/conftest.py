"""Programs to measure, built once, and backends to measure them with."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.measure.estimate.backend import EstimateBackend
from pie_lsp.measure.estimate.plugin import QEMU, Emulator, find_qemu, prepare_emulator
from pie_lsp.measure.registry import choose_backend
from pie_lsp.sandbox.contract import Sandbox
from pie_lsp.values.errors import MissingToolError
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.toolchain import Binary, BuildMode, Link, TranslationUnit

Build = Callable[[bytes], Awaitable[Binary]]
KERNELS = Path(__file__).parent / "estimate" / "kernels.cpp"


@pytest.fixture(scope="session")
def build(compiler: Compiler, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Builds a source with the default flags, each source once."""
    folder = tmp_path_factory.mktemp("sources")

    known: dict[bytes, Binary] = {}

    async def built(source: bytes) -> Binary:
        if source not in known:
            unit = TranslationUnit("program.cpp", folder, source)
            binary = await compiler.build(unit, BuildMode.OPTIMIZED)
            assert isinstance(binary, Binary), binary
            known[source] = binary
        return known[source]

    return built


@pytest.fixture(scope="session")
def kernels(build: Build) -> Binary:
    async def built() -> Binary:
        return await build(KERNELS.read_bytes())

    return asyncio.run(built())


@pytest.fixture(scope="session")
def emulator(private_cache: Path) -> Emulator:
    try:
        find_qemu()
    except MissingToolError as error:
        pytest.skip(f"{QEMU} is needed: {error}")
    return prepare_emulator()


@pytest.fixture
async def estimate(emulator: Emulator, sandbox: Sandbox, tmp_path: Path) -> EstimateBackend:
    backend = await choose_backend(
        "estimate", "skylake-verbatim", Link.STATIC, sandbox, tmp_path, RunLimits()
    )
    assert isinstance(backend, EstimateBackend)
    return backend
