"""Runs gem5 once for one request and turns what it leaves behind into an answer, or raises a Fault.

The only module that starts a process. gem5 itself gives up changing files, and nothing else is confined:
whoever runs programs that are not trusted starts the runner in a sandbox, since syscall emulation hands the
program's file calls to this machine.
"""

import contextlib
import hashlib
import json
import re
import resource
import secrets
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gem5_runner import faults
from gem5_runner.configuration import configuration_hash
from gem5_runner.protocol import Measured, Region, Request
from gem5_runner.statistics import Statistics, StatisticsError, parse

MACHINES = ("skylake-verbatim", "skylake-pie")
_SCRIPT = Path(__file__).parent / "machine" / "simulate.py"
_MARK = "gem5-runner: "
_WANTED = "24.0."
_VERSION = re.compile(r"gem5 version (\S+)")
_STARTED = re.compile(
    r"^gem5 version|^Global frequency set|^\S+:\d+: (?:info|warn|fatal|panic)", re.MULTILINE
)
"""What only gem5 says. Its banner is lost where it ends by fatal or panic, since nothing is flushed then."""
_LEAST_FREE = 1 << 16
_MOST_SAID = 1 << 20
_FOLDER_LENGTH = 200
"""Characters of the path of a simulation's folder, filled up with chance. A program's C library asks for the
path of the program and gem5 answers with that of the file, whose length shows in the figure."""
_LEAST_CHANCE = 16


@dataclass(frozen=True)
class Simulator:
    """A gem5 binary, the folder that programs' relative paths start from, and where to write."""

    gem5: Path
    root: Path
    scratch: Path


def simulate(simulator: Simulator, request: Request) -> Measured:
    """Raises Fault where no figure can be given."""
    if request.machine not in MACHINES:
        raise faults.Fault(
            faults.BAD_REQUEST, f"There is no machine {request.machine!r}; known are {', '.join(MACHINES)}."
        )
    if not simulator.gem5.is_file():
        raise faults.missing(str(simulator.gem5))
    folder = _make_folder(simulator.scratch)
    try:
        return _answer(simulator, request, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_folder(scratch: Path) -> Path:
    """The program's file calls reach this folder, and two simulations may share a scratch folder."""
    prefix = str(scratch.resolve() / "gem5-")
    chance = _FOLDER_LENGTH - len(prefix)
    if chance < _LEAST_CHANCE:
        raise faults.Fault(
            faults.BAD_REQUEST, f"The path of {scratch} is too long; name another scratch folder."
        )
    folder = Path(prefix + secrets.token_hex(chance)[:chance])
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise faults.disk_full(str(scratch)) from error
    return folder


def _answer(simulator: Simulator, request: Request, folder: Path) -> Measured:
    asked = _asked(simulator, request, folder)
    said = _run(simulator, request, folder, asked)
    last = _last_words(said)
    if last is None:
        full = _STARTED.search(said) is not None and _is_full(folder)
        raise faults.disk_full(str(folder.parent)) if full else faults.not_gem5(str(simulator.gem5), said)
    if last["ended"] == "no-x86":
        raise faults.wrong_isa(str(simulator.gem5))
    if last["ended"] == "unconfined":
        raise faults.unconfined(str(last["detail"]))
    if last["ended"] != faults.BY_ITSELF:
        raise faults.ended_otherwise(str(last["ended"]), request.max_instructions)
    found = _VERSION.search(said)
    version = found.group(1) if found else "of an unknown version"
    if not version.startswith(_WANTED):
        raise faults.wrong_version(str(simulator.gem5), version)
    statistics = _statistics(folder)
    totals = statistics.totals
    final = int(last["final_tick"])
    if totals["ticks"] != final or totals["instructions"] != last["total_instructions"]:
        raise faults.reset_statistics()
    stdout = (folder / "stdout").read_bytes()
    return Measured(
        id=request.id,
        ticks=final,
        cycles=final // statistics.blocks[-1].cycle_ticks,
        instructions=totals["instructions"],
        micro_ops=totals["micro_ops"],
        counts=totals,
        blocks=tuple(block.counts for block in statistics.blocks),
        region=_region(last["regions"]),
        exit_status=int(last["status"]),
        stdout_sha256=hashlib.sha256(stdout).hexdigest(),
        stdout_matches=_matches(stdout, simulator.root, request.expected),
        config_hash=configuration_hash((folder / "config.ini").read_text(encoding="utf-8", errors="replace")),
        gem5_version=version,
        simulator_seconds=sum(block.host_seconds for block in statistics.blocks),
    )


def _asked(simulator: Simulator, request: Request, folder: Path) -> Path:
    program = simulator.root / request.program
    if not program.is_file():
        raise faults.Fault(faults.BAD_REQUEST, f"There is no program {program}.")
    copy = folder / "program"
    shutil.copyfile(program, copy)
    stdin = simulator.root / request.stdin if request.stdin is not None else folder / "no-input"
    if request.stdin is None:
        stdin.touch()
    path = folder / "asked.json"
    values = {
        "machine": request.machine,
        "memory": request.memory,
        "program": str(copy),
        "shown": request.shown,
        "stdin": str(stdin),
        "stdout": str(folder / "stdout"),
        "stderr": str(folder / "stderr"),
        "environment": list(request.environment),
        "max_instructions": request.max_instructions,
    }
    path.write_text(json.dumps(values), encoding="utf-8")
    return path


def _run(simulator: Simulator, request: Request, folder: Path, asked: Path) -> str:
    argv = [str(simulator.gem5), "--outdir", str(folder), "--listener-mode=off", str(_SCRIPT), str(asked)]
    said = folder / "said"
    # Nothing of our own environment can change a figure, or what gem5's Python imports.
    environment = {
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "C",
        "PYTHONDONTWRITEBYTECODE": "1",
        "M5_OVERRIDE_PY_SOURCE": "false",
    }
    try:
        with said.open("wb") as file:
            process = subprocess.Popen(
                argv,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                env=environment,
                cwd=folder,
            )
            status = _status(process, request.wall_seconds)
    except OSError as error:
        raise faults.not_gem5(str(simulator.gem5), str(error)) from error
    # Sentences are the same in every run, so the folder's name is left out of gem5's words.
    text = _shortened(said.read_bytes()).decode("utf-8", "replace").replace(f"{folder}/", "")
    if status is None:
        raise faults.wall_guard(request.wall_seconds)
    if status != 0 and _is_full(folder):
        raise faults.disk_full(str(folder.parent))
    if status < 0:
        raise faults.by_signal(-status, text)
    if status > 0:
        if _STARTED.search(text) is None:
            raise faults.not_gem5(str(simulator.gem5), text)
        raise faults.by_status(status, text)
    return text


def _shortened(said: bytes) -> bytes:
    """Beginning and end: gem5 says its version first and how it ended last, and between them a line for each
    page that the stack grows by."""
    if len(said) <= _MOST_SAID:
        return said
    return said[: _MOST_SAID // 2] + b"\n...\n" + said[-_MOST_SAID // 2 :]


def _status(process: "subprocess.Popen[bytes]", seconds: float) -> int | None:
    """The exit status; None where the guard had to end it."""
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        # A sandbox may refuse to let one process end another; it then ends what is left with the runner.
        if process.poll() is None:
            with contextlib.suppress(PermissionError):
                process.kill()
                process.wait()


def _is_full(folder: Path) -> bool:
    """Whether the disk has no room, or a file has grown to the limit of this process."""
    limit, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    largest = max((path.stat().st_size for path in folder.iterdir()), default=0)
    return shutil.disk_usage(folder).free < _LEAST_FREE or 0 <= limit <= largest


def _last_words(said: str) -> Mapping[str, Any] | None:
    lines = [line for line in said.splitlines() if line.startswith(_MARK)]
    if not lines:
        return None
    words = json.loads(lines[-1].removeprefix(_MARK))
    assert isinstance(words, dict)
    return words


def _statistics(folder: Path) -> Statistics:
    try:
        return parse((folder / "stats.txt").read_text(encoding="utf-8", errors="replace"))
    except (OSError, StatisticsError) as error:
        raise faults.disk_full(str(folder.parent)) from error


def _region(values: Mapping[str, int]) -> Region | None:
    if not values["entries"]:
        return None
    return Region(values["entries"], values["ticks"], values["instructions"])


def _matches(stdout: bytes, root: Path, expected: str | None) -> bool | None:
    return None if expected is None else stdout == (root / expected).read_bytes()
