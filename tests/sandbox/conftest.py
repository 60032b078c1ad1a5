"""The rungs of the ladder, a program that attacks them, and ways to see what it leaves behind."""

import asyncio
import os
import pickle
import shutil
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.sandbox.bubblewrap import Bubblewrap
from pie_lsp.sandbox.contract import Limits, Outcome, Sandbox, SandboxCommand
from pie_lsp.sandbox.landlock import Landlock
from pie_lsp.sandbox.limits_only import LimitsOnly
from pie_lsp.values.errors import PieError
from pie_lsp.values.toolchain import Binary, BuildMode, TranslationUnit

FINDERS: dict[str, Callable[[], Sandbox]] = {
    "bubblewrap": Bubblewrap.find,
    "landlock": Landlock.find,
    "limits": LimitsOnly.find,
}
DEADLINE_SECONDS = 60.0
ORDINARY_USER = 54321


def working(name: str) -> Sandbox:
    try:
        sandbox = FINDERS[name]()
        asyncio.run(sandbox.run(SandboxCommand(("/bin/true",))))
    except PieError as error:
        pytest.skip(f"{name} does not work on this machine: {error}")
    return sandbox


@pytest.fixture(scope="session")
def rungs(private_cache: Path) -> Callable[[str], Sandbox]:
    known: dict[str, Sandbox] = {}

    def rung(name: str) -> Sandbox:
        if name not in known:
            known[name] = working(name)
        return known[name]

    return rung


@pytest.fixture(params=["bubblewrap", "landlock"])
def confined(request: pytest.FixtureRequest, rungs: Callable[[str], Sandbox]) -> Sandbox:
    """Each rung that protects files."""
    return rungs(request.param)


@pytest.fixture(params=["bubblewrap", "landlock", "limits"])
def limited(request: pytest.FixtureRequest, rungs: Callable[[str], Sandbox]) -> Sandbox:
    """Every rung, for what even the last one promises."""
    return rungs(request.param)


@pytest.fixture(scope="session")
def attacker(compiler: Compiler) -> Path:
    path = Path(__file__).with_name("attacker.cpp")
    unit = TranslationUnit(path.name, path.parent, path.read_bytes())
    built = asyncio.run(compiler.build(unit, BuildMode.OPTIMIZED))
    assert isinstance(built, Binary), built
    return built.path


@dataclass(frozen=True)
class Attack:
    """Runs the attacker; `mark` stands in its command line, so that its processes can be found."""

    program: Path
    mark: str

    def command(self, *words: str, limits: Limits | None = None, **more: Any) -> SandboxCommand:
        return SandboxCommand(
            argv=("/box/prog", *words, self.mark),
            box=(("prog", self.program),),
            limits=limits or Limits(),
            **more,
        )

    async def run(self, sandbox: Sandbox, *words: str, limits: Limits | None = None, **more: Any) -> Outcome:
        return await sandbox.run(self.command(*words, limits=limits, **more))

    def alive(self) -> list[int]:
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    line = (entry / "cmdline").read_bytes()
                except OSError:
                    continue
                if self.mark.encode() in line:
                    found.append(int(entry.name))
        return found

    def poll(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + DEADLINE_SECONDS
        while not condition():
            assert time.monotonic() < deadline, f"still waiting; alive: {self.alive()}"
            time.sleep(0.01)

    async def until_running(self) -> None:
        deadline = time.monotonic() + DEADLINE_SECONDS
        while not self.alive():
            assert time.monotonic() < deadline
            await asyncio.sleep(0.01)

    def assert_gone(self) -> None:
        self.poll(lambda: not self.alive())


@pytest.fixture
def attack(attacker: Path) -> Iterator[Attack]:
    one = Attack(attacker, f"mark-{uuid.uuid4().hex}")
    yield one
    assert one.alive() == [], "a process outlived its test"


@pytest.fixture
def as_ordinary_user(attacker: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    """Run ``await function(sandbox_name, attack, folder)`` as an ordinary user, also where we are root.

    The user owns `folder` and everything in it. Only pickled values come back.
    """
    folder = Path(tempfile.mkdtemp(prefix="pie-lsp-user-", dir="/tmp"))
    program = folder / "attacker"
    shutil.copyfile(attacker, program)
    program.chmod(0o755)
    monkeypatch.setenv("PIE_LSP_CACHE_DIR", str(folder / "cache"))
    if os.geteuid() == 0:
        for path in (folder, program):
            os.chown(path, ORDINARY_USER, ORDINARY_USER)

    def run(function: Callable[[Sandbox, Attack, Path], Awaitable[Any]], name: str) -> Any:
        attack = Attack(program, f"mark-{uuid.uuid4().hex}")
        result = in_child(lambda: asyncio.run(_run(function, name, attack, folder)))
        attack.assert_gone()
        return result

    yield run
    shutil.rmtree(folder, ignore_errors=True)


async def _run(function: Callable[..., Awaitable[Any]], name: str, attack: Attack, folder: Path) -> Any:
    try:
        sandbox = FINDERS[name]()
        await sandbox.run(SandboxCommand(("/bin/true",)))
    except PieError as error:
        return pytest.skip.Exception(f"{name} does not work for ordinary users here: {error}")
    return await function(sandbox, attack, folder)


def in_child(function: Callable[[], Any]) -> Any:
    """Return what `function` returns in a forked process of an ordinary user, or raise what it raises."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setresgid(ORDINARY_USER, ORDINARY_USER, ORDINARY_USER)
                os.setresuid(ORDINARY_USER, ORDINARY_USER, ORDINARY_USER)
            result = function()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the parent raises it again
            result = AssertionError(repr(error))
        os.write(writing, pickle.dumps(result))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        result = pickle.loads(pipe.read())
    os.waitpid(child, 0)
    if isinstance(result, BaseException):
        raise result
    return result
