"""Units, and compilers on each rung of the sandbox that protects files."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.sandbox.bubblewrap import Bubblewrap
from pie_lsp.sandbox.contract import Outcome, Sandbox, SandboxCommand
from pie_lsp.sandbox.landlock import Landlock
from pie_lsp.values.errors import PieError
from pie_lsp.values.toolchain import Binary, Toolchain, TranslationUnit

UnitMaker = Callable[[str], TranslationUnit]
Runner = Callable[..., Outcome]


@pytest.fixture
def unit(tmp_path: Path) -> UnitMaker:
    """Make a unit whose own folder is `tmp_path`; the folder itself is open to all, as people's are."""

    def make(source: str) -> TranslationUnit:
        return TranslationUnit("program.cpp", tmp_path, source.encode())

    return make


@pytest.fixture(params=["bubblewrap", "landlock"])
def confined_compiler(
    request: pytest.FixtureRequest, toolchain: Toolchain, private_cache: Path, scratch: Path
) -> Compiler:
    kinds: dict[str, Callable[[], Sandbox]] = {"bubblewrap": Bubblewrap.find, "landlock": Landlock.find}
    try:
        sandbox = kinds[request.param]()
        asyncio.run(sandbox.run(SandboxCommand(("/bin/true",))))
    except PieError as error:
        pytest.skip(f"{request.param} does not work on this machine: {error}")
    return Compiler(toolchain, sandbox, scratch)


@pytest.fixture
def run(sandbox: Sandbox, tmp_path: Path) -> Runner:
    """Run a binary with some input."""

    def runner(binary: Binary, stdin: bytes = b"") -> Outcome:
        file = tmp_path / "standard-input"
        file.write_bytes(stdin)
        command = SandboxCommand(("/box/prog",), box=(("prog", binary.path),), stdin=file)
        return asyncio.run(sandbox.run(command))

    return runner
