"""Endings, cancellation and the death of our own process, on every rung."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pie_lsp.sandbox.contract import Ending, Limits, Sandbox, SandboxCommand
from pie_lsp.values.errors import SandboxError

if TYPE_CHECKING:
    from tests.sandbox.conftest import Attack

SERVER = """
import asyncio, sys
from pathlib import Path
from pie_lsp.sandbox.{module} import {name}
from pie_lsp.sandbox.contract import SandboxCommand
command = SandboxCommand(("/box/prog", *sys.argv[2:]), box=(("prog", Path(sys.argv[1])),))
asyncio.run({name}.find().run(command))
"""


async def test_a_signal_is_reported(limited: Sandbox, attack: Attack) -> None:
    outcome = await attack.run(limited, "abort")
    assert (outcome.ending, outcome.signal) == (Ending.SIGNALED, signal.SIGABRT)
    assert outcome.exit_status is None


async def test_output_and_errors_are_kept_apart(limited: Sandbox) -> None:
    outcome = await limited.run(SandboxCommand(("/bin/sh", "-c", "echo out; echo err >&2; exit 3")))
    assert (outcome.stdout, outcome.stderr, outcome.exit_status) == (b"out\n", b"err\n", 3)


async def test_processor_time_of_children_counts(limited: Sandbox) -> None:
    loop = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done"
    outcome = await limited.run(SandboxCommand(("/bin/sh", "-c", f"({loop}); :")))
    assert outcome.exit_status == 0
    assert outcome.cpu_seconds > 0.05


async def test_what_was_written_before_the_guard_is_kept(limited: Sandbox) -> None:
    command = SandboxCommand(("/bin/sh", "-c", "echo early; sleep 600"), limits=Limits(wall_seconds=1.0))
    outcome = await limited.run(command)
    assert (outcome.ending, outcome.stdout) == (Ending.WALL_GUARD, b"early\n")


async def test_a_program_that_is_not_there_is_a_sandbox_error(limited: Sandbox) -> None:
    with pytest.raises(SandboxError, match="No such file"):
        await limited.run(SandboxCommand(("/bin/there-is-no-such-program",)))


async def test_input_that_is_not_there_is_a_sandbox_error(limited: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match="missing"):
        await limited.run(SandboxCommand(("/bin/true",), stdin=tmp_path / "missing"))


@pytest.mark.parametrize("words", [("sleep",), ("spin",), ("wild-forks",)])
async def test_cancelling_kills_everything(limited: Sandbox, attack: Attack, words: tuple[str, ...]) -> None:
    task = asyncio.create_task(attack.run(limited, *words))
    await attack.until_running()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    attack.assert_gone()


async def test_cancelling_twice_kills_everything(limited: Sandbox, attack: Attack) -> None:
    task = asyncio.create_task(attack.run(limited, "daemon"))
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    attack.assert_gone()


async def test_descriptors_do_not_leak(limited: Sandbox, attack: Attack) -> None:
    def count() -> int:
        return len(os.listdir("/proc/self/fd"))  # noqa: PTH208

    await attack.run(limited, "exit", "0")
    before = count()
    await attack.run(limited, "exit", "0")
    await attack.run(limited, "sleep", limits=Limits(wall_seconds=0.2))
    task = asyncio.create_task(attack.run(limited, "sleep"))
    await attack.until_running()
    task.cancel()
    await asyncio.wait([task])
    assert count() == before


@pytest.mark.parametrize("words", [("sleep",), ("wild-forks",)])
def test_our_own_death_leaves_no_process(limited: Sandbox, attack: Attack, words: tuple[str, ...]) -> None:
    kind = type(limited)
    module = kind.__module__.rpartition(".")[2]
    program = SERVER.format(module=module, name=kind.__name__)
    server = subprocess.Popen([sys.executable, "-c", program, str(attack.program), *words, attack.mark])
    # The server's own command line carries the mark too, so its children are what is waited for.
    attack.poll(lambda: len(attack.alive()) > 2 if words[0] == "wild-forks" else _sleeps(attack, server.pid))
    server.send_signal(signal.SIGKILL)
    server.wait()
    attack.assert_gone()


def _sleeps(attack: Attack, server: int) -> bool:
    """Whether the attacker itself runs, and not only what starts it."""
    programs = []
    for pid in attack.alive():
        try:
            programs.append(Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0])
        except OSError:
            continue
    return any(program in (b"/box/prog", b".box/prog") for program in programs)


async def test_several_processes_share_one_time_limit(limited: Sandbox) -> None:
    spin = "(while :; do :; done); (while :; do :; done); exit 0"
    outcome = await limited.run(SandboxCommand(("/bin/sh", "-c", spin), limits=Limits(cpu_seconds=1)))
    assert outcome.ending is Ending.CPU_LIMIT
