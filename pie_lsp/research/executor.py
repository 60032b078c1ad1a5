"""Pools of workers on Parsl: on this machine, or wherever a configuration of the user's says.

The only module that knows Parsl; everybody else knows `concurrent.futures.Executor`. Parsl loads when a pool
is opened. The processes that it starts are our own workers, whose programs run in the sandbox as everywhere.
"""

import logging
import os
import re
import runpy
import shlex
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pie_lsp.research.pool import Pool
from pie_lsp.sandbox.private import locked_folder, sweep
from pie_lsp.values.errors import MeasurementError, SettingsError

if TYPE_CHECKING:
    from parsl.config import Config

PATIENCE_SECONDS = 600.0
"""Far above what starting takes on a busy machine. Parsl's workers share a queue with a lock; one that is
killed while it waits there takes the lock with it, and all stand still."""

_FOLDER = "pie-lsp-pool-"
_SCRIPT = "process_worker_pool.py"
_HEARTBEAT_SECONDS = 2
_LOST_SECONDS = 60
_FAILED_STARTS = 5
_CLUSTER_WINDOW = 5_000
"""Parsl asks for machines by the number of tasks that it has, so it must see many."""


@contextmanager
def local_pool(workers: int, patience: float = PATIENCE_SECONDS) -> Iterator[Pool]:
    """So many worker processes on this machine, which end when this process does, however it ends."""
    base = _plain_folder()
    sweep(base, _FOLDER)
    with (
        locked_folder(base, _FOLDER) as folder,
        _opened(_local(workers, folder), 2 * workers, patience) as pool,
    ):
        yield pool


@contextmanager
def configured_pool(file: Path) -> Iterator[Pool]:
    """The workers of the Parsl configuration `config` in the Python file that the user names.

    Raises SettingsError where there is none. The file is a program: only its user may choose it.
    """
    from parsl.config import Config

    try:
        config = runpy.run_path(str(file)).get("config")
    # It is a program of the user's, so anything may go wrong in it, and the user must be told.
    except Exception as error:
        raise SettingsError(f"{file} failed: {type(error).__name__}: {error}") from error
    if not isinstance(config, Config):
        raise SettingsError(f"{file} must set config to a parsl.config.Config.")
    with _scripts_on_path(), _opened(config, _CLUSTER_WINDOW, None) as pool:
        yield pool


@contextmanager
def _scripts_on_path() -> Iterator[None]:
    """Parsl starts scripts of its own by name, and the environment that we run in need not be activated."""
    before = os.environ.get("PATH", os.defpath)
    os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), before))
    try:
        yield
    finally:
        os.environ["PATH"] = before


@contextmanager
def _opened(config: "Config", window: int, patience: float | None) -> Iterator[Pool]:
    from parsl.concurrent import ParslPoolExecutor

    # What concerns the user is said in our own words; without a handler Python prints warnings of any logger.
    logging.getLogger("parsl").addHandler(logging.NullHandler())
    try:
        executor = ParslPoolExecutor(config)
    # Parsl has no common error for what may fail at its start: ports, certificates, a user without a name.
    except Exception as error:
        raise MeasurementError(f"Parsl could not be started: {type(error).__name__}: {error}") from error
    try:
        yield Pool(executor, window, patience)
    finally:
        executor.shutdown(wait=False)


def _local(workers: int, folder: Path) -> "Config":
    from parsl.config import Config
    from parsl.executors import HighThroughputExecutor
    from parsl.executors.high_throughput.executor import DEFAULT_LAUNCH_CMD
    from parsl.jobs.error_handlers import windowed_error_handler
    from parsl.providers import LocalProvider

    package = "parsl.executors.high_throughput"
    # As modules of this very Python: the scripts of an environment need not be on the PATH.
    tied = (sys.executable, "-m", "pie_lsp.research.tied", str(os.getpid()))
    start = " ".join(map(_in_template, (*tied, f"{package}.process_worker_pool")))
    htex = HighThroughputExecutor(
        label="local",
        # Only this machine can reach it, over an encrypted connection; no other address is asked for.
        address="127.0.0.1",
        loopback_address="127.0.0.1",
        encrypted=True,
        max_workers_per_node=workers,
        # The user says how many workers there are, whatever the number of processors.
        cores_per_worker=0.001,
        heartbeat_period=_HEARTBEAT_SECONDS,
        heartbeat_threshold=_LOST_SECONDS,
        launch_cmd=start + DEFAULT_LAUNCH_CMD.removeprefix(_SCRIPT),
        interchange_launch_cmd=[*tied, f"{package}.interchange"],
        block_error_handler=partial(windowed_error_handler, threshold=_FAILED_STARTS),
        provider=LocalProvider(init_blocks=1, min_blocks=1, max_blocks=1),  # type: ignore[no-untyped-call]
    )
    return Config([htex], run_dir=str(folder / "run"), initialize_logging=False, strategy_period=1)


def _in_template(word: str) -> str:
    """A word of a command line that a shell reads after Parsl has formatted it twice."""
    return shlex.quote(word).replace("{", "{{{{").replace("}", "}}}}")


def _plain_folder() -> Path:
    """Where temporary files go, but Parsl writes the path into shell scripts without quoting it."""
    usual = tempfile.gettempdir()
    return Path(usual if re.fullmatch(r"[\w./-]+", usual) else "/tmp")
