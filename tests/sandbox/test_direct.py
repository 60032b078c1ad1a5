"""The private folder of the rungs without namespaces."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pie_lsp.sandbox.contract import Sandbox, SandboxCommand
from pie_lsp.values.errors import SandboxError

if TYPE_CHECKING:
    from tests.sandbox.conftest import Attack

PWD = SandboxCommand(("/bin/pwd",))


def test_the_private_folder_goes_with_the_command(rungs: Callable[[str], Sandbox]) -> None:
    folder = Path(asyncio.run(rungs("landlock").run(PWD)).stdout.decode().strip())
    assert folder.name.startswith("pie-box-")
    assert not folder.exists()


async def test_the_path_has_the_same_length_in_every_environment(
    rungs: Callable[[str], Sandbox], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lengths = set()
    for folder in ("/tmp", str(tmp_path)):
        monkeypatch.setenv("TMPDIR", folder)
        lengths.add(len((await rungs("landlock").run(PWD)).stdout))
    assert len(lengths) == 1


async def test_a_box_file_that_is_not_there_is_a_sandbox_error(
    rungs: Callable[[str], Sandbox], tmp_path: Path
) -> None:
    command = SandboxCommand(("/box/prog",), box=(("prog", tmp_path / "missing"),))
    with pytest.raises(SandboxError, match="missing"):
        await rungs("landlock").run(command)


async def test_the_program_cannot_change_the_original_of_its_box(
    rungs: Callable[[str], Sandbox], attack: Attack
) -> None:
    before = attack.program.read_bytes()
    await attack.run(rungs("landlock"), "change", ".box/prog")
    assert attack.program.read_bytes() == before
