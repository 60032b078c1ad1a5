"""What is special to the Landlock rung."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pie_lsp.sandbox.contract import Sandbox, SandboxCommand

if TYPE_CHECKING:
    from tests.sandbox.conftest import Attack


@pytest.fixture
def landlock(rungs: Callable[[str], Sandbox]) -> Sandbox:
    return rungs("landlock")


async def test_the_box_is_shown_under_a_path_of_the_same_length(landlock: Sandbox, attack: Attack) -> None:
    outcome = await attack.run(landlock, "describe", "plugin=/box/prog,x=/box/prog")
    said = outcome.stdout.decode().splitlines()
    assert said[0] == "word .box/prog"
    assert said[2] == "word plugin=.box/prog,x=.box/prog"


async def test_files_of_the_box_cannot_be_listed_from_outside(landlock: Sandbox) -> None:
    for folder in ("/", "/tmp", "/home", "/root", "/proc"):
        outcome = await landlock.run(SandboxCommand(("/bin/ls", folder)))
        assert outcome.exit_status != 0
        assert outcome.stdout == b""


async def test_sanitizers_may_read_their_own_maps(landlock: Sandbox) -> None:
    outcome = await landlock.run(SandboxCommand(("/bin/cat", "/proc/self/maps")))
    assert b"[stack]" in outcome.stdout


async def test_what_is_readable_can_be_executed(landlock: Sandbox, tmp_path: Path) -> None:
    """A compiler that is not part of the system starts its own parts."""
    script = tmp_path / "script"
    script.write_text("#!/bin/sh\necho ran\n")
    script.chmod(0o755)
    outcome = await landlock.run(SandboxCommand((str(script),), readable=(tmp_path,)))
    assert outcome.stdout == b"ran\n"
