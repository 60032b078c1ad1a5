"""Runs one program on one test in the sandbox, always alike; compares nothing."""

import signal
from pathlib import Path

from pie_lsp.sandbox.contract import Ending, Limits, Outcome, Sandbox, SandboxCommand
from pie_lsp.sandbox.inputs import input_file
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, BuildMode

PROGRAM = "/box/prog"

_WALL_FACTOR, _WALL_EXTRA = 6, 30.0
"""The wall clock is only a guard against programs that sleep: far above what busy machines need."""

SANITIZER_ENVIRONMENT = (
    (
        "ASAN_OPTIONS",
        "detect_leaks=0:handle_abort=1:detect_stack_use_after_return=1:allocator_may_return_null=1:exitcode=86",
    ),
    ("UBSAN_OPTIONS", "print_stacktrace=1:halt_on_error=1:exitcode=86"),
)
"""Leaks are no wrong results, and finding them needs ptrace, which the sandbox does not give."""


async def run_test(
    sandbox: Sandbox,
    binary: Binary,
    test: TestCase,
    limits: RunLimits,
    scratch: Path,
    *,
    environment: tuple[tuple[str, str], ...] = (),
    launcher: tuple[str, ...] = (),
) -> Outcome:
    """Run `binary` as ``/box/prog`` with the test on standard input, a regular file below `scratch`.

    environment  added to the empty one, for example to disturb the heap
    launcher     absolute program with arguments that starts ``/box/prog``

    Raises SandboxError where confinement itself fails, or where `scratch` cannot be written to.
    """
    sanitized = binary.mode is BuildMode.SANITIZED
    command = SandboxCommand(
        argv=(*launcher, PROGRAM),
        box=(("prog", binary.path),),
        stdin=input_file(test.input, scratch),
        environment=(SANITIZER_ENVIRONMENT if sanitized else ()) + environment,
        limits=Limits(
            cpu_seconds=limits.cpu_seconds,
            wall_seconds=_guard_seconds(limits),
            # Sanitizers reserve terabytes of address space, so a limit on it would kill every program.
            memory_bytes=None if sanitized else limits.memory_bytes,
            file_bytes=limits.output_bytes,
        ),
    )
    return await sandbox.run(command)


def _guard_seconds(limits: RunLimits) -> float:
    return limits.cpu_seconds * _WALL_FACTOR + _WALL_EXTRA


def incomplete(outcome: Outcome, limits: RunLimits) -> str | None:
    """Why a run gave no result, as the end of a sentence; None where the program came to its own end."""
    match outcome.ending:
        case Ending.SIGNALED if outcome.signal == signal.SIGKILL:
            # No program ends itself so: the machine ran out of memory, or somebody ended it.
            return "it was killed from outside, most likely because the machine ran out of memory"
        case Ending.EXITED | Ending.SIGNALED:
            return None
        case Ending.CPU_LIMIT:
            return f"it needs more than {limits.cpu_seconds} s of processor time"
        case Ending.FILE_LIMIT:
            return f"it writes more than {limits.output_bytes >> 20} MiB"
        case Ending.WALL_GUARD:
            return f"it had not ended after {_guard_seconds(limits):g} s, the most that a run may take"
