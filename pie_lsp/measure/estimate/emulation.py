"""Runs one program on one input under QEMU with the counting plug-in, always in the same surroundings.

Everything that a program can see and that could change its figure is fixed here: its path, folder, arguments,
environment, standard input, processor, kernel release, stack. Knows nothing of micro-ops and cycles.
"""

import asyncio
import hashlib
import shutil
import signal
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from pie_lsp.measure.contract import KilledRunError, UnsuitableProgramError
from pie_lsp.measure.estimate.counters import Counters, parse_counters
from pie_lsp.measure.estimate.decode import AVX_SENTENCE
from pie_lsp.measure.estimate.plugin import Emulator
from pie_lsp.sandbox.contract import Ending, Limits, Outcome, Sandbox, SandboxCommand
from pie_lsp.values.errors import MeasurementError, SandboxError
from pie_lsp.values.settings import RunLimits

ENVIRONMENT = (("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX,-AVX2,-ERMS,-FSRM,-AVX_Fast_Unaligned_Load"),)
"""The whole environment. The C library chooses its copying loops by processor; gem5's has none of these."""

_SLOWEST = 60
"""Times native: how much processor time a run under QEMU may take of what the program itself may."""
_QEMU_MEMORY = 1 << 30
"""Address space of QEMU itself and its translated code."""
_THREADS = "The program starts threads or processes, so its cycles cannot be estimated."


@dataclass(frozen=True, slots=True)
class EmulatedRun:
    """What one run counted, and what it printed, as a digest: a rewrite must print the same here too."""

    counters: Counters
    behaviour: str


async def emulate(
    emulator: Emulator,
    sandbox: Sandbox,
    program: Path,
    stdin: Path,
    limits: RunLimits,
    scratch: Path,
    functions: str | None = None,
) -> EmulatedRun:
    """Run `program` to its end. Raises MeasurementError where that cannot be counted.

    functions  where the user's functions lie, as `attribute.h` reads it, to have costs attributed to them
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix="count-", dir=scratch))
    except OSError as error:
        raise SandboxError(f"No file can be written to {scratch} ({error.strerror}).") from error
    try:
        output = folder / "counters"
        command = _command(emulator, program, stdin, output, limits)
        if functions is not None:
            command = _attributing(command, functions, folder)
        outcome = await sandbox.run(command)
        counters = await asyncio.to_thread(_counters, outcome, output)
        return EmulatedRun(counters, _behaviour(outcome))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _command(
    emulator: Emulator, program: Path, stdin: Path, output: Path, limits: RunLimits
) -> SandboxCommand:
    confined = Limits(
        cpu_seconds=limits.cpu_seconds * _SLOWEST,
        wall_seconds=limits.cpu_seconds * _SLOWEST * 3 + 60.0,
        memory_bytes=limits.memory_bytes + _QEMU_MEMORY,
        file_bytes=max(limits.output_bytes, 64 << 20),
    )
    # QEMU takes a comma for the end of an option, unless it is doubled.
    counters = str(output).replace(",", ",,")
    argv = (
        str(emulator.qemu),
        *("-cpu", "qemu64"),
        *("-seed", "1"),
        *("-r", "6.1.0"),
        *("-s", str(confined.stack_bytes)),
        *("-0", "/box/prog"),
        *("-plugin", f"file=/box/count,out={counters}"),
        "/box/prog",
    )
    return SandboxCommand(
        argv=argv,
        box=(("prog", program), ("count", emulator.plugin)),
        writable=(output.parent,),
        stdin=stdin,
        environment=ENVIRONMENT,
        limits=confined,
    )


def _attributing(command: SandboxCommand, functions: str, folder: Path) -> SandboxCommand:
    """`command` with the plug-in told where the user's functions lie."""
    pieces = folder / "functions"
    pieces.write_text(functions, encoding="ascii")
    option = next(word for word in command.argv if word.startswith("file=/box/count"))
    argv = tuple(f"{word},attribute=/box/functions" if word == option else word for word in command.argv)
    return replace(command, argv=argv, box=(*command.box, ("functions", pieces)))


def _counters(outcome: Outcome, output: Path) -> Counters:
    _check_ending(outcome)
    try:
        text = output.read_text(encoding="ascii")
    except OSError as error:
        raise MeasurementError(f"QEMU did not count the run{_words_of_qemu(outcome)}.") from error
    except UnicodeDecodeError as error:
        raise MeasurementError("The counters of the run were overwritten by the program.") from error
    counters = parse_counters(text)
    if counters.has_threads:
        raise UnsuitableProgramError(_THREADS)
    return counters


def _check_ending(outcome: Outcome) -> None:
    if outcome.ending is Ending.EXITED:
        return
    if outcome.ending in (Ending.CPU_LIMIT, Ending.WALL_GUARD):
        raise MeasurementError(
            "The program takes too long to be estimated; give it smaller inputs or a higher time limit."
        )
    if outcome.ending is Ending.FILE_LIMIT:
        raise MeasurementError(
            "The program prints more than the output limit allows, so it was not measured."
        )
    if outcome.signal == signal.SIGILL:
        raise UnsuitableProgramError(AVX_SENTENCE)
    if outcome.signal == signal.SIGKILL:
        # No program ends itself so: the machine ran out of memory, or somebody ended it.
        raise KilledRunError(
            "The run under QEMU was killed from outside, most likely because the machine ran out of memory."
        )
    name = signal.strsignal(outcome.signal or 0) or f"signal {outcome.signal}"
    raise MeasurementError(f"The program was ended under QEMU ({name}), so its cycles cannot be estimated.")


def _words_of_qemu(outcome: Outcome) -> str:
    lines = outcome.stderr.decode("utf-8", "replace").splitlines()
    return f": {lines[-1]}" if lines else ""


def _behaviour(outcome: Outcome) -> str:
    return f"{outcome.exit_status} {hashlib.sha256(outcome.stdout).hexdigest()}"
