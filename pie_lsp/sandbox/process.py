"""Starts one launcher, waits for its report, and sees to it that nothing outlives the wait.

Two pipes lead to the launcher: one for its report, and the lifeline, whose end here is closed to stop
everything and closes by itself when this process dies, however it dies. Knows the launcher's report and
the wall clock; knows nothing of how a sandbox confines.
"""

import asyncio
import os
import select
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.sandbox.contract import Ending, Limits, Outcome, SandboxCommand
from pie_lsp.sandbox.streams import Streams
from pie_lsp.values.errors import SandboxError

_REPORT, _LIFELINE = "{report}", "{lifeline}"
REPORTING = ("--report", _REPORT, "--lifeline", _LIFELINE)
"""Options of the launcher that stand in every command line; the numbers are filled in at the start."""

_WATCH_SECONDS = 0.25
"""How often the disk is looked at while a program runs."""

_LAST_WORDS_SECONDS = 5.0
"""How long a stopped launcher may take to end before it is killed itself."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the launcher said about the program."""

    exit_status: int | None
    signal: int | None
    cpu_seconds: float


async def run_launcher(
    argv: Sequence[str], command: SandboxCommand, private: tuple[Path, ...] = ()
) -> Outcome:
    """Run a command line that ends in the launcher with the options `REPORTING`.

    private  folders of ours that the program may fill, besides those of `command`

    Raises SandboxError where the program was never started or the launcher was ended by somebody else.
    """
    streams = Streams.open(command.stdin)
    try:
        with _Pipes.open() as pipes:
            process = _start(argv, pipes, streams)
            watch = _Watch(command.limits, (*command.writable, *private))
            stopped = await _wait(process, pipes, watch)
            report = pipes.read_report()
        stdout, stderr = streams.read()
    finally:
        streams.close()
    if stopped is not None:
        return Outcome(stopped, None, signal.SIGKILL, stdout, stderr, 0.0)
    return _outcome(_parse(report, stderr), command.limits, stdout, stderr)


class _Pipes:
    """Our ends and the launcher's ends of both pipes."""

    def __init__(self) -> None:
        self.report, self.launchers_report = os.pipe()
        self.launchers_lifeline, self._lifeline = os.pipe()

    @classmethod
    @contextmanager
    def open(cls) -> Iterator["_Pipes"]:
        pipes = cls()
        try:
            yield pipes
        finally:
            pipes.stop()
            pipes.hand_over()
            os.close(pipes.report)

    def hand_over(self) -> None:
        """Close the launcher's ends, which it has inherited."""
        for name in ("launchers_report", "launchers_lifeline"):
            if getattr(self, name) >= 0:
                os.close(getattr(self, name))
                setattr(self, name, -1)

    def stop(self) -> None:
        """Cut the lifeline: the launcher kills everything that it started, and ends."""
        if self._lifeline >= 0:
            os.close(self._lifeline)
            self._lifeline = -1

    def read_report(self) -> bytes:
        """The report, or nothing once the launcher is gone: it alone holds the other end."""
        ready, _, _ = select.select([self.report], [], [], _LAST_WORDS_SECONDS)
        return os.read(self.report, 4096) if ready else b""


@dataclass(frozen=True, slots=True)
class _Watch:
    """What only we can see from outside: the wall clock, and the sum of all files written."""

    limits: Limits
    folders: tuple[Path, ...]

    def overrun(self, seconds: float) -> Ending | None:
        """The limit that is exceeded after `seconds`."""
        if seconds >= self.limits.wall_seconds:
            return Ending.WALL_GUARD
        # No limit of the kernel counts several files together.
        full = self.folders and sum(map(_disk_bytes, self.folders)) > 2 * self.limits.file_bytes
        return Ending.FILE_LIMIT if full else None


def _disk_bytes(folder: Path) -> int:
    total = 0
    for where, _, names in os.walk(folder):
        for name in names:
            try:
                total += Path(where, name).lstat().st_blocks * 512
            except FileNotFoundError:
                continue
    return total


def _start(argv: Sequence[str], pipes: _Pipes, streams: Streams) -> subprocess.Popen[bytes]:
    numbers = {_REPORT: str(pipes.launchers_report), _LIFELINE: str(pipes.launchers_lifeline)}
    try:
        return subprocess.Popen(
            [numbers.get(word, word) for word in argv],
            stdin=streams.stdin,
            stdout=streams.stdout,
            stderr=streams.stderr,
            env={},
            cwd="/",
            pass_fds=(pipes.launchers_report, pipes.launchers_lifeline),
            # A session of its own: no terminal to read from, and Ctrl-C reaches us alone.
            start_new_session=True,
        )
    except OSError as error:
        raise SandboxError(f"{argv[0]} could not be started: {error.strerror}.") from error
    finally:
        pipes.hand_over()


async def _wait(process: subprocess.Popen[bytes], pipes: _Pipes, watch: _Watch) -> Ending | None:
    """Wait for the end and return the limit that brought it, if one of ours did; it has ended then."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    descriptor = os.pidfd_open(process.pid)
    loop.add_reader(descriptor, ended.set)
    started = loop.time()
    try:
        while not await _within(ended, _WATCH_SECONDS, watch.limits.wall_seconds - loop.time() + started):
            if overrun := watch.overrun(loop.time() - started):
                return overrun
        return None
    finally:
        pipes.stop()
        try:
            await _within(ended, _LAST_WORDS_SECONDS)
        finally:
            loop.remove_reader(descriptor)
            os.close(descriptor)
            _reap(process)


async def _within(event: asyncio.Event, *seconds: float) -> bool:
    """Whether `event` happens within the least of `seconds`."""
    try:
        async with asyncio.timeout(max(0.0, min(seconds))):
            await event.wait()
    except TimeoutError:
        return False
    return True


def _reap(process: subprocess.Popen[bytes]) -> None:
    """Collect the process. A second cancellation may come before its end, so it may still run."""
    try:
        process.wait(_LAST_WORDS_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _parse(line: bytes, stderr: bytes) -> Report:
    words = line.decode("utf-8", "replace").partition("\n")[0].split(maxsplit=2)
    match words:
        case ["exited", status, microseconds]:
            return Report(int(status), None, int(microseconds) / 1e6)
        case ["signaled", number, microseconds]:
            return Report(None, int(number), int(microseconds) / 1e6)
        case ["error", *sentence]:
            raise SandboxError(f"The program could not be confined ({' '.join(sentence)}).")
        case _:
            said = stderr.decode("utf-8", "replace").strip() or "it was ended from outside"
            raise SandboxError(f"The sandbox did not run the program: {said}")


def _outcome(report: Report, limits: Limits, stdout: bytes, stderr: bytes) -> Outcome:
    ending = Ending.EXITED if report.signal is None else Ending.SIGNALED
    # The kernel counts each process by itself, and the program may outlive a child that met its limit.
    if report.signal == signal.SIGXCPU or report.cpu_seconds > limits.cpu_seconds:
        ending = Ending.CPU_LIMIT
    elif report.signal == signal.SIGXFSZ or max(len(stdout), len(stderr)) >= limits.file_bytes:
        ending = Ending.FILE_LIMIT
    return Outcome(ending, report.exit_status, report.signal, stdout, stderr, report.cpu_seconds)
