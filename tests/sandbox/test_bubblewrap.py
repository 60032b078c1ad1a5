"""What only bubblewrap gives: namespaces and a temporary folder of one's own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pie_lsp.sandbox.bubblewrap import Bubblewrap
from pie_lsp.sandbox.contract import Limits, Sandbox, SandboxCommand
from pie_lsp.values.errors import MissingToolError


@pytest.fixture
def bubblewrap(rungs: Callable[[str], Sandbox]) -> Sandbox:
    return rungs("bubblewrap")


async def shell(sandbox: Sandbox, script: str, limits: Limits | None = None) -> str:
    outcome = await sandbox.run(SandboxCommand(("/bin/sh", "-c", script), limits=limits or Limits()))
    return outcome.stdout.decode()


def test_missing_bubblewrap_is_said_with_its_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingToolError, match="sudo apt install bubblewrap"):
        Bubblewrap.find()


async def test_no_process_of_the_machine_is_seen(bubblewrap: Sandbox) -> None:
    processes = (await shell(bubblewrap, "cd /proc; echo [0-9]*")).split()
    assert "1" in processes
    assert len(processes) <= 3


async def test_the_network_is_a_lonely_one(bubblewrap: Sandbox) -> None:
    lines = (await shell(bubblewrap, "cat /proc/net/dev")).splitlines()[2:]
    assert [line.split(":")[0].strip() for line in lines] == ["lo"]


async def test_the_temporary_folder_is_empty_writable_and_small(bubblewrap: Sandbox) -> None:
    limits = Limits(file_bytes=1 << 20)
    script = "ls -A /tmp; pwd; echo x > /tmp/x && cat /tmp/x; df -P -k /tmp | tail -1"
    said = (await shell(bubblewrap, script, limits)).splitlines()
    assert said[:2] == ["/tmp", "x"]
    assert said[2].split()[1] == "2048"


async def test_nothing_of_the_machine_but_the_system_is_there(bubblewrap: Sandbox) -> None:
    there = set((await shell(bubblewrap, "ls /")).split())
    assert there <= {"bin", "lib", "lib32", "lib64", "libx32", "sbin", "usr"} | {
        "dev",
        "etc",
        "proc",
        "tmp",
        "launcher",
    }
