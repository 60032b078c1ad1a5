"""A helper ends with its owner, however that ends; with real processes that are really killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .waiting import until

OWNER = """\
import subprocess, sys
helper = subprocess.Popen([sys.executable, "-m", "pie_lsp.research.tied", sys.argv[1], "helper"])
helper.wait()
"""
HELPER = """\
import os, subprocess, sys, time
from pathlib import Path
child = subprocess.Popen(["sleep", "600"])
Path("pids.new").write_text(f"{os.getpid()} {child.pid} {os.getpgrp()} {__name__} {len(sys.argv)}")
Path("pids.new").rename("pids")
time.sleep(600)
"""


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def owner(tmp_path: Path) -> "subprocess.Popen[bytes]":
    """A process of its own group that started a helper, which waits for the process to end."""
    (tmp_path / "helper.py").write_text(HELPER)
    script = OWNER.replace("sys.argv[1]", "str(__import__('os').getpid())")
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}:{os.pathsep.join(sys.path)}"}
    return subprocess.Popen(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, start_new_session=True
    )


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_helper_and_all_it_started_end_with_the_owner(
    owner: "subprocess.Popen[bytes]", tmp_path: Path, number: int
) -> None:
    words = until(lambda: (tmp_path / "pids").read_text().split() if (tmp_path / "pids").exists() else [])
    helper, child, group = map(int, words[:3])
    assert words[3:] == ["__main__", "1"]
    assert group == helper != owner.pid
    assert alive(helper)
    assert alive(child)
    owner.send_signal(number)
    owner.wait()
    until(lambda: not alive(helper) and not alive(child))


def test_ctrl_c_for_the_owner_does_not_reach_the_helper(
    owner: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    until((tmp_path / "pids").exists)
    helper = int((tmp_path / "pids").read_text().split()[0])
    assert os.getpgid(helper) != os.getpgid(owner.pid)
    owner.kill()
    owner.wait()
    until(lambda: not alive(helper))


def test_without_an_owner_nothing_starts(tmp_path: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    (tmp_path / "helper.py").write_text("from pathlib import Path\nPath('started').touch()\n")
    words = [sys.executable, "-m", "pie_lsp.research.tied", str(gone.pid), "helper"]
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}:{os.pathsep.join(sys.path)}"}
    done = subprocess.run(words, cwd=tmp_path, env=environment, timeout=240, check=False)
    assert done.returncode == 0
    assert not (tmp_path / "started").exists()
