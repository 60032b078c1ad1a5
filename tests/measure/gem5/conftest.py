"""Backends that measure with a stand-in for gem5, and with the real one where there is one."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from pie_lsp.measure.gem5.backend import Gem5Backend
from pie_lsp.measure.registry import choose_backend
from pie_lsp.sandbox.bubblewrap import Bubblewrap
from pie_lsp.sandbox.contract import Sandbox, SandboxCommand
from pie_lsp.sandbox.landlock import Landlock
from pie_lsp.values.errors import PieError
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.toolchain import Binary, Link

from ...gem5_runner.replay import Play, recorded
from ..conftest import Build

Start = Callable[..., Awaitable[Gem5Backend]]
ENDED = recorded("ended")


@pytest.fixture(params=[Bubblewrap.find, Landlock.find], ids=["bubblewrap", "landlock"])
def rung(request: pytest.FixtureRequest, private_cache: Path) -> Sandbox:
    """Each rung that protects files."""
    try:
        sandbox: Sandbox = request.param()
        asyncio.run(sandbox.run(SandboxCommand(("/bin/true",))))
    except PieError as error:
        pytest.skip(f"this sandbox does not work on this machine: {error}")
    return sandbox


@pytest.fixture
def stand_in(tmp_path: Path) -> Path:
    """A program that does what gem5 did in the recorded run; tests write other plays over it."""
    return ENDED.write(tmp_path / "gem5.fast")


@pytest.fixture
def start(tmp_path: Path, sandbox: Sandbox) -> Start:
    """Starts a backend on a binary."""

    async def started(
        gem5: Path, rung: Sandbox = sandbox, limits: RunLimits | None = None, model: str = "skylake-verbatim"
    ) -> Gem5Backend:
        scratch = Path(tempfile.mkdtemp(prefix="scratch-", dir=tmp_path))
        backend = await choose_backend(
            "gem5", model, Link.STATIC, rung, scratch, limits or RunLimits(), gem5=str(gem5)
        )
        assert isinstance(backend, Gem5Backend)
        return backend

    return started


@pytest.fixture
def program(build: Build) -> Binary:
    """It prints what the recorded program printed."""
    text = ENDED.stdout.encode().replace(b"\n", b"\\n")

    async def built() -> Binary:
        return await build(b'#include <cstdio>\nint main() { std::fputs("%s", stdout); }\n' % text)

    return asyncio.run(built())


__all__ = ["ENDED", "Play", "Start"]
