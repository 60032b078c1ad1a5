"""The workbench bounds what runs beside each other and leaves nothing behind."""

import asyncio
import dataclasses
import os
from pathlib import Path

import pytest

from pie_lsp.engine.workbench import ThrottledSandbox, backend_or_native, open_workbench
from pie_lsp.measure.estimate import plugin
from pie_lsp.sandbox.contract import Outcome, Sandbox, SandboxCommand
from pie_lsp.values.errors import MissingToolError
from pie_lsp.values.settings import Settings


class Counting:
    """Counts how many commands of the real sandbox run at the same time."""

    def __init__(self, inner: Sandbox) -> None:
        self.inner = inner
        self.name = inner.name
        self.now = 0
        self.most = 0

    async def run(self, command: SandboxCommand) -> Outcome:
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            return await self.inner.run(command)
        finally:
            self.now -= 1


TRUE = SandboxCommand(argv=("/bin/true",))


async def test_no_more_than_its_hands_run_at_once(sandbox: Sandbox) -> None:
    counting = Counting(sandbox)
    throttled = ThrottledSandbox(counting, 2)
    await asyncio.gather(*(throttled.run(TRUE) for _ in range(6)))
    assert counting.most == 2


async def test_a_clock_has_the_machine_to_itself(sandbox: Sandbox) -> None:
    counting = Counting(sandbox)
    throttled = ThrottledSandbox(counting, 2)

    async def timed() -> None:
        async with throttled.one_at_a_time():
            await asyncio.gather(*(throttled.run(TRUE) for _ in range(3)))

    await asyncio.gather(timed(), timed())
    assert counting.most == 1
    await asyncio.gather(*(throttled.run(TRUE) for _ in range(4)))
    assert counting.most == 2


async def test_the_scratch_folder_is_gone_afterwards(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        async with open_workbench(Settings(), tmp_path / "a.cpp", expected_builds=1) as bench:
            (bench.scratch / "file").write_bytes(b"x")
            raise RuntimeError
    assert not bench.scratch.exists()


async def test_what_a_killed_run_left_is_swept_away_and_what_a_living_one_holds_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    async with open_workbench(Settings(), tmp_path / "a.cpp", expected_builds=1) as living:
        left = tmp_path / "pie-lsp-scratch-abcd_123"
        left.mkdir(mode=0o700)
        for folder in (left, living.scratch):
            os.utime(folder, (0, 0))
        async with open_workbench(Settings(), tmp_path / "a.cpp", expected_builds=1):
            assert living.scratch.is_dir() and not left.exists()


async def test_without_qemu_the_clock_is_used_and_it_is_said(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    backend, advice = await backend_or_native(Settings(), sandbox, tmp_path)
    assert backend.name == "native"
    assert "sudo apt install qemu-user. Times on this machine" in advice[0]


async def test_where_no_clock_may_take_over_the_missing_tool_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plugin, "QEMU", "qemu-that-is-not-there")
    with pytest.raises(MissingToolError, match="qemu-user is not installed"):
        async with open_workbench(Settings(), tmp_path / "a.cpp", expected_builds=1, or_clock=False):
            pass
    async with open_workbench(Settings(), tmp_path / "a.cpp", expected_builds=1) as bench:
        assert bench.backend.is_clock


async def test_a_backend_that_was_asked_for_by_name_is_never_replaced(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    with pytest.raises(MissingToolError, match="gem5"):
        await backend_or_native(Settings(backend="gem5"), sandbox, tmp_path)


async def test_what_a_project_asks_for_in_vain_is_said(tmp_path: Path) -> None:
    source, database = tmp_path / "a.cpp", tmp_path / "compile_commands.json"
    database.write_text(
        f'[{{"directory": "{tmp_path}", "file": "a.cpp", "command": "g++ -O2 -fplugin=evil.so a.cpp"}}]'
    )
    async with open_workbench(Settings(), source, expected_builds=1) as bench:
        assert any("-fplugin=evil.so" in sentence for sentence in bench.advice)
    database.write_text("[")
    async with open_workbench(Settings(), source, expected_builds=1) as bench:
        assert any("is ignored" in sentence for sentence in bench.advice)


@pytest.mark.parametrize(("backend", "most"), [("native", 1), ("estimate", 2)])
async def test_a_workbench_is_quiet_for_a_clock_alone(
    sandbox: Sandbox, tmp_path: Path, backend: str, most: int
) -> None:
    counting = Counting(sandbox)
    async with open_workbench(Settings(backend=backend), tmp_path / "a.cpp", expected_builds=1) as bench:
        watched = dataclasses.replace(bench, sandbox=ThrottledSandbox(counting, 2))
        async with watched.quiet(watched.backend):
            await asyncio.gather(*(watched.sandbox.run(TRUE) for _ in range(6)))
    assert counting.most == most
