"""Parsl itself: real pools of worker processes on this machine."""

import os
import re
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psutil
import pytest

from pie_lsp.research.campaign import LabelReport
from pie_lsp.research.executor import configured_pool, local_pool
from pie_lsp.research.pool import Pool
from pie_lsp.values.errors import SettingsError

from .conftest import Project
from .waiting import until

CONFIG = """\
from parsl.config import Config
from parsl.executors import ThreadPoolExecutor

config = Config(executors=[ThreadPoolExecutor(max_threads=2)], run_dir="{folder}/runinfo")
"""


def family(worker: int, strangers: set[psutil.Process]) -> list[psutil.Process]:
    """Our own children and theirs, and the worker with all that it comes from: its group is its own.

    Other tests may have left `strangers` behind in this process.
    """
    group = os.getpgid(worker)
    members = [it for it in psutil.process_iter() if it.pid and _group_of(it.pid) == group]
    return [it for it in (*psutil.Process().children(recursive=True), *members) if it not in strangers]


def _group_of(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return None


def test_a_local_pool_is_reached_from_this_machine_alone_and_leaves_nothing() -> None:
    folders = set(Path(tempfile.gettempdir()).glob("pie-lsp-pool-*"))
    strangers = set(psutil.Process().children(recursive=True))
    with local_pool(2) as pool:
        assert pool.window == 4
        worker = pool.executor.submit(os.getpid).result()
        assert worker != os.getpid()
        processes = family(worker, strangers)
        listening = [
            connection.laddr.ip.removeprefix("::ffff:")
            for process in processes
            for connection in process.net_connections()
            if connection.status == psutil.CONN_LISTEN
        ]
        assert len(listening) >= 1
        assert set(listening) == {"127.0.0.1"}
        (folder,) = set(Path(tempfile.gettempdir()).glob("pie-lsp-pool-*")) - folders
        assert folder.stat().st_mode & 0o077 == 0
    until(lambda: not any(process.is_running() for process in processes if process.pid != os.getpid()))
    assert not folder.exists()


def test_a_pool_that_stands_still_is_replaced(project: Project) -> None:
    """An idle worker holds the lock of the queue that all share, and takes it along when it is killed."""
    project.programs(2, 2)
    opened = []

    @contextmanager
    def pool() -> Iterator[Pool]:
        opened.append(True)
        with local_pool(1) as fresh:
            if len(opened) > 1:
                yield fresh
                return
            worker = fresh.executor.submit(os.getpid).result()
            # It takes a moment until it waits for its next task.
            time.sleep(0.5)
            os.kill(worker, signal.SIGKILL)
            yield Pool(fresh.executor, fresh.window, patience=8.0)

    assert project.label(pool) == LabelReport(4, 0, 4, ())
    assert len(opened) == 2
    assert len(project.made()) == len(set(project.made())) == 4


def test_a_configuration_of_the_users_makes_the_same_table(project: Project, tmp_path: Path) -> None:
    project.programs(2, 2)
    file = project.write("cluster.py", CONFIG.format(folder=tmp_path))
    assert project.label(partial(configured_pool, file)) == LabelReport(4, 0, 4, ())
    table = project.table.read_bytes()
    project.rows.rename(tmp_path / "kept")
    assert project.label(partial(local_pool, 2)) == LabelReport(4, 0, 4, ())
    assert project.table.read_bytes() == table


def test_the_configuration_in_the_readme_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is opened as far as without Slurm, which a pool asks for only once there is work."""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```python\n(from parsl.*?)```", readme, re.DOTALL)
    file = tmp_path / "cluster.py"
    file.write_text(text)
    monkeypatch.chdir(tmp_path)
    with configured_pool(file) as pool:
        assert pool.patience is None
    assert (tmp_path / "parsl-logs").is_dir()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("config = 3\n", "must set config to a parsl.config.Config"),
        ("", "must set config to a parsl.config.Config"),
        ("raise ValueError('no such queue')\n", "failed: ValueError: no such queue"),
        ("(\n", "failed: SyntaxError"),
    ],
)
def test_a_configuration_that_is_none_is_told(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "cluster.py"
    file.write_text(text)
    with pytest.raises(SettingsError, match=sentence), configured_pool(file):
        pass


def test_a_configuration_that_is_missing_is_told(tmp_path: Path) -> None:
    missing = configured_pool(tmp_path / "cluster.py")
    with pytest.raises(SettingsError, match="failed: FileNotFoundError"), missing:
        pass
