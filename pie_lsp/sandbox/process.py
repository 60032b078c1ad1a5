"""Starts one launcher, waits for its report, and sees to it that nothing outlives the wait.

Knows the launcher's report and the wall clock; knows nothing of how a sandbox confines.
"""

import asyncio
import os
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from pie_lsp.sandbox.contract import Ending, Limits, Outcome, SandboxCommand
from pie_lsp.sandbox.streams import Streams
from pie_lsp.values.errors import SandboxError

REPORT_FD_WORD = "{report}"
"""Stands in a command line for the number of the report descriptor."""

_LAST_WORDS_SECONDS = 5.0
"""How long a killed launcher may take to end before we wait for it without the event loop."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the launcher said about the program."""

    exit_status: int | None
    signal: int | None
    cpu_seconds: float


async def run_launcher(argv: Sequence[str], command: SandboxCommand, stop_signal: signal.Signals) -> Outcome:
    """Run a command line that ends in the launcher; `stop_signal` is what ends all of it.

    Raises SandboxError where the program was never started or the launcher was ended by somebody else.
    """
    streams = Streams.open(command.stdin)
    try:
        report, guarded = await _supervise(argv, command.limits, streams, stop_signal)
        stdout, stderr = streams.read()
    finally:
        streams.close()
    if guarded:
        return Outcome(Ending.WALL_GUARD, None, signal.SIGKILL, stdout, stderr, 0.0)
    return _outcome(_parse(report, stderr), command.limits, stdout, stderr)


async def _supervise(
    argv: Sequence[str], limits: Limits, streams: Streams, stop_signal: signal.Signals
) -> tuple[bytes, bool]:
    reading, writing = os.pipe()
    try:
        process = _start(argv, writing, streams)
    finally:
        os.close(writing)
    try:
        guarded = await _wait(process, limits.wall_seconds, stop_signal)
        return os.read(reading, 4096), guarded
    finally:
        os.close(reading)


def _start(argv: Sequence[str], report: int, streams: Streams) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            [word.replace(REPORT_FD_WORD, str(report)) for word in argv],
            stdin=streams.stdin,
            stdout=streams.stdout,
            stderr=streams.stderr,
            env={},
            cwd="/",
            pass_fds=(report,),
            # A session of its own: no terminal to read from, and Ctrl-C reaches us alone.
            start_new_session=True,
        )
    except OSError as error:
        raise SandboxError(f"{argv[0]} could not be started: {error.strerror}.") from error


async def _wait(process: subprocess.Popen[bytes], wall_seconds: float, stop: signal.Signals) -> bool:
    """Wait for the end, and say whether the wall guard brought it; whatever happens, it has ended."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    descriptor = os.pidfd_open(process.pid)
    loop.add_reader(descriptor, ended.set)
    try:
        async with asyncio.timeout(wall_seconds):
            await ended.wait()
        return False
    except TimeoutError:
        return True
    finally:
        try:
            if not ended.is_set():
                process.send_signal(stop)
                async with asyncio.timeout(_LAST_WORDS_SECONDS):
                    await ended.wait()
        finally:
            loop.remove_reader(descriptor)
            os.close(descriptor)
            _reap(process)


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
    killed_late = report.signal == signal.SIGKILL and report.cpu_seconds >= limits.cpu_seconds
    if report.signal == signal.SIGXCPU or killed_late:
        ending = Ending.CPU_LIMIT
    elif report.signal == signal.SIGXFSZ or max(len(stdout), len(stderr)) >= limits.file_bytes:
        ending = Ending.FILE_LIMIT
    return Outcome(ending, report.exit_status, report.signal, stdout, stderr, report.cpu_seconds)
