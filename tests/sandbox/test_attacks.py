"""What a hostile program tries, on each rung that protects files. None of it may work."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pie_lsp.sandbox.contract import Ending, Limits, Sandbox, SandboxCommand

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.conftest import Attack

SECRET = b"the secret of the user"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file of the user's that anybody on the machine may read and write, so that only we protect it."""
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(folder.stat().st_mode | 0o055)
    path = tmp_path / "secret"
    path.write_bytes(SECRET)
    path.chmod(0o666)
    return path


@pytest.fixture
def listener() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.0)
        yield server.getsockname()[1]
        with pytest.raises(BlockingIOError):
            server.accept()


async def test_the_program_itself_runs(confined: Sandbox, attack: Attack) -> None:
    outcome = await attack.run(confined, "exit", "7")
    assert (outcome.ending, outcome.exit_status, outcome.signal) == (Ending.EXITED, 7, None)


async def test_no_network(confined: Sandbox, attack: Attack, listener: int) -> None:
    outcome = await attack.run(confined, "connect", str(listener))
    assert outcome.stdout.startswith(b"connect ")
    assert b"worked" not in outcome.stdout


async def test_a_secret_next_door_is_not_read(confined: Sandbox, attack: Attack, secret: Path) -> None:
    outcome = await attack.run(confined, "read", str(secret))
    assert outcome.stdout in (b"read No such file or directory\n", b"read Permission denied\n")


async def test_a_secret_beside_a_readable_folder_is_not_read(
    confined: Sandbox, attack: Attack, secret: Path
) -> None:
    folder = secret.parent / "folder"
    folder.mkdir()
    (folder / "link").symlink_to(secret)
    (folder / "own").write_bytes(b"own")
    for name, shown in (("own", True), ("link", False), ("../secret", False)):
        outcome = await attack.run(confined, "read", f"{folder}/{name}", readable=(folder,))
        assert (outcome.stdout == b"own") is shown, outcome
        assert SECRET not in outcome.stdout


@pytest.mark.parametrize("path", ["/etc/shadow", "/etc/passwd", "/proc/{process}/environ"])
async def test_the_systems_secrets_are_not_read(confined: Sandbox, attack: Attack, path: str) -> None:
    outcome = await attack.run(confined, "read", path.format(process=os.getpid()))
    assert outcome.stdout in (b"read No such file or directory\n", b"read Permission denied\n")


def test_what_is_readable_cannot_be_changed(confined: Sandbox, attack: Attack, secret: Path) -> None:
    before = secret.stat()
    outcome = asyncio.run(attack.run(confined, "change", str(secret), readable=(secret.parent,)))
    assert outcome.stdout.count(b"\n") == 6
    assert b"worked" not in outcome.stdout
    assert secret.read_bytes() == SECRET
    assert (secret.stat().st_mode, secret.stat().st_mtime_ns) == (before.st_mode, before.st_mtime_ns)


@pytest.mark.parametrize("path", ["/usr/bin/x", "/etc/x", "/x", "/dev/shm/x", "/var/tmp/x"])
async def test_the_system_is_read_only(confined: Sandbox, attack: Attack, path: str) -> None:
    outcome = await attack.run(confined, "create", path)
    assert outcome.stdout.startswith(b"create ")
    assert b"worked" not in outcome.stdout


async def test_each_command_has_its_own_empty_folder(confined: Sandbox, attack: Attack) -> None:
    for _ in range(2):
        outcome = await attack.run(confined, "create", "note")
        assert outcome.stdout == b"create worked\n"
        outcome = await attack.run(confined, "read", "note")
        assert outcome.stdout == b"read No such file or directory\n"


async def test_only_the_writable_folder_is_written(confined: Sandbox, attack: Attack, tmp_path: Path) -> None:
    writable, other = tmp_path / "writable", tmp_path / "other"
    writable.mkdir()
    other.mkdir(mode=0o777)
    for folder, works in ((writable, True), (other, False)):
        outcome = await attack.run(confined, "create", f"{folder}/x", writable=(writable,))
        assert (outcome.stdout == b"create worked\n") is works
        assert (folder / "x").exists() is works


async def test_memory_is_bounded(limited: Sandbox, attack: Attack) -> None:
    outcome = await attack.run(limited, "memory", limits=Limits(memory_bytes=256 << 20))
    assert outcome.stdout.startswith(b"stopped at ")
    assert int(outcome.stdout.split()[2]) < 256


async def test_memory_without_a_limit(limited: Sandbox) -> None:
    command = SandboxCommand(("/bin/sh", "-c", "ulimit -v"), limits=Limits(memory_bytes=None))
    assert (await limited.run(command)).stdout == b"unlimited\n"


async def test_processor_time_is_bounded(limited: Sandbox, attack: Attack) -> None:
    for words in (("spin",), ("stubborn-spin",)):
        outcome = await attack.run(limited, *words, limits=Limits(cpu_seconds=1))
        assert outcome.ending is Ending.CPU_LIMIT
        assert 0.3 < outcome.cpu_seconds < 10.0
        attack.assert_gone()


async def test_a_sleeper_meets_the_wall_guard(limited: Sandbox, attack: Attack) -> None:
    outcome = await attack.run(limited, "sleep", limits=Limits(wall_seconds=0.5))
    assert outcome.ending is Ending.WALL_GUARD
    attack.assert_gone()


async def test_a_fork_bomb_is_stopped_and_cleared_away(limited: Sandbox, attack: Attack) -> None:
    outcome = await attack.run(limited, "forks", limits=Limits(processes=8))
    assert outcome.ending is Ending.EXITED
    # On a rung without namespaces an ordinary user's other processes count too, hence the slack.
    assert 1 <= int(outcome.stdout.split()[1]) < (8 if os.geteuid() == 0 else 100)
    attack.assert_gone()


async def test_a_wild_fork_bomb_leaves_nothing(limited: Sandbox, attack: Attack) -> None:
    limits = Limits(processes=8, wall_seconds=1.0, cpu_seconds=5)
    outcome = await attack.run(limited, "wild-forks", limits=limits)
    assert outcome.stdout.startswith(b"started\n")
    attack.assert_gone()


async def test_a_daemon_does_not_survive(limited: Sandbox, attack: Attack) -> None:
    outcome = await attack.run(limited, "daemon")
    assert (outcome.stdout, outcome.exit_status) == (b"left one\n", 0)
    attack.assert_gone()


async def test_other_processes_are_out_of_reach(limited: Sandbox, attack: Attack) -> None:
    victim = await asyncio.create_subprocess_exec("/bin/sleep", "600")
    try:
        for target in (victim.pid, os.getpid(), -1):
            outcome = await attack.run(limited, "kill", str(target))
            assert outcome.ending is Ending.EXITED
            assert outcome.stdout.count(b"\n") == 4
            assert b"worked" not in outcome.stdout
        assert victim.returncode is None
    finally:
        victim.kill()
        await victim.wait()


async def test_output_is_bounded(limited: Sandbox, attack: Attack) -> None:
    outcome = await attack.run(limited, "flood", limits=Limits(file_bytes=1 << 20))
    assert outcome.ending is Ending.FILE_LIMIT
    assert len(outcome.stdout) == 1 << 20


async def test_open_files_are_bounded(limited: Sandbox, attack: Attack) -> None:
    outcome = await attack.run(limited, "open", limits=Limits(open_files=32))
    assert 0 < int(outcome.stdout.split()[1]) <= 32


async def test_many_files_do_not_fill_the_disk(limited: Sandbox, attack: Attack) -> None:
    outcome = await attack.run(limited, "fill", limits=Limits(file_bytes=32 << 20, wall_seconds=300.0))
    stopped = outcome.ending is Ending.FILE_LIMIT
    assert stopped or outcome.stdout == b"write No space left on device\n", outcome


async def test_deep_system_calls_are_refused(limited: Sandbox, attack: Attack) -> None:
    outcome = await attack.run(limited, "deep")
    for name in (b"unshare", b"memfd", b"shmget", b"setsid", b"mount"):
        assert name + b" Operation not permitted\n" in outcome.stdout
    # In a user namespace of one's own there is no root that one could become.
    assert b"setuid worked" not in outcome.stdout
    assert b"setuid " in outcome.stdout


async def test_the_program_is_given_nothing_more_than_told(limited: Sandbox, attack: Attack) -> None:
    environment = (("B", "2"), ("A", "1 with spaces"))
    outcome = await attack.run(limited, "describe", environment=environment)
    said = outcome.stdout.decode().splitlines()
    assert len(said[0].removeprefix("word ")) == len("/box/prog")
    assert [line for line in said if line.startswith("environment")] == [
        "environment B=2",
        "environment A=1 with spaces",
    ]
    assert "stdin regular read-only" in said
    assert "user ordinary" in said
    assert not any(line.startswith("descriptor") for line in said)


async def test_standard_input_is_given_byte_for_byte(
    limited: Sandbox, attack: Attack, tmp_path: Path
) -> None:
    data = bytes(range(256)) * 4099
    file = tmp_path / "input"
    file.write_bytes(data)
    outcome = await attack.run(limited, "echo", stdin=file)
    assert outcome.stdout == data
    assert (await attack.run(limited, "echo")).stdout == b""


@pytest.mark.parametrize("name", ["bubblewrap", "landlock"])
def test_an_ordinary_user_is_protected_too(name: str, as_ordinary_user: Callable[..., Any]) -> None:
    """The program then runs under the user's own number, so nothing but the sandbox protects the files."""

    async def attempt(sandbox: Sandbox, attack: Attack, folder: Path) -> list[bytes]:
        secret = folder / "secret"
        secret.write_bytes(SECRET)
        read = await attack.run(sandbox, "read", str(secret))
        changed = await attack.run(sandbox, "change", str(secret))
        shown = await attack.run(sandbox, "change", str(secret), readable=(folder,))
        killed = await attack.run(sandbox, "kill", str(os.getpid()))
        forks = await attack.run(sandbox, "forks")
        wild = await attack.run(sandbox, "wild-forks", limits=Limits(wall_seconds=1.0))
        daemon = await attack.run(sandbox, "daemon")
        assert secret.read_bytes() == SECRET
        outcomes = (read, changed, shown, killed, forks, wild, daemon)
        return [outcome.stdout for outcome in outcomes]

    read, changed, shown, killed, forks, wild, daemon = as_ordinary_user(attempt, name)
    assert read in (b"read No such file or directory\n", b"read Permission denied\n")
    for said, lines in ((changed, 6), (shown, 6), (killed, 4)):
        assert said.count(b"\n") == lines
        assert b"worked" not in said
    assert 1 <= int(forks.split()[1]) < 100
    assert wild.startswith(b"started\n")
    assert daemon == b"left one\n"
