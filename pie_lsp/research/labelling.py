"""Labels one program: built once, run and measured on each input, its faults told from those of the machine.

A fault of the program is a label. A fault of the machine (a full disk, a missing compiler, a process that
was killed from outside) says nothing of the program, so it raises. Writes no label itself.
"""

import functools
import hashlib
import re
import shutil
import signal
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

from pie_lsp.build.compiler import build_floor
from pie_lsp.engine.workbench import Workbench
from pie_lsp.measure.contract import KilledRunError
from pie_lsp.research.program import Program
from pie_lsp.research.rows import Row, Status
from pie_lsp.sandbox.contract import Ending, Outcome
from pie_lsp.values.errors import MeasurementError, SandboxError
from pie_lsp.values.measurement import Cost
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, BuildFailure, BuildMode
from pie_lsp.verify.runner import incomplete, run_test

LEAST_ROOM = 64 << 20
"""With fewer bytes free, what fails may fail for want of them."""

_EMPTY_INPUT = TestCase("empty input", b"")
_MADE_UP = re.compile(r"[^\s'\"`]*/cc\w{6}(?=\.)")
"""The name of an intermediate file: chance decides it, so it must not stand in a label."""
_ENDINGS = {
    Ending.CPU_LIMIT: Status.TIME_LIMIT,
    Ending.WALL_GUARD: Status.TIME_LIMIT,
    Ending.FILE_LIMIT: Status.OUTPUT_LIMIT,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One input that a label is wanted for, and the key of the label."""

    key: str
    case: TestCase


async def labels(
    bench: Workbench, program: Program, wanted: Sequence[Wanted], limits: RunLimits
) -> AsyncGenerator[Row, None]:
    """One row for each of `wanted`, in order, as soon as it is known.

    Raises SandboxError, MissingToolError and OSError for faults of the machine.
    """
    built = await bench.compiler.build(program.unit, BuildMode.OPTIMIZED)
    if isinstance(built, BuildFailure):
        reason = _reason_of(built, bench)
        for one in wanted:
            yield Row(one.key, Status.BUILD_FAILED, reason=reason)
        return
    runnable = _Runnable(bench, built, limits, await _floor(bench, program, built))
    for one in wanted:
        yield await runnable.label(one)


@dataclass(frozen=True, slots=True)
class _Runnable:
    """A program that was built, and what starting it costs."""

    bench: Workbench
    binary: Binary
    limits: RunLimits
    floor: int | None

    async def label(self, wanted: Wanted) -> Row:
        outcome = await run_test(
            self.bench.sandbox, self.binary, wanted.case, self.limits, self.bench.scratch
        )
        fault = _fault(outcome, self.limits)
        if fault is not None:
            status, reason = fault
            return Row(wanted.key, status, reason=reason)
        output = hashlib.sha256(outcome.stdout).hexdigest()
        cost = await _cost(self.bench, self.binary, wanted.case)
        if isinstance(cost, str):
            return Row(
                wanted.key,
                Status.UNMEASURABLE,
                exit_status=outcome.exit_status,
                output=output,
                reason=cost,
            )
        return Row(
            wanted.key,
            Status.MEASURED,
            cost=cost.amount,
            unit=cost.unit,
            floor=self.floor,
            parts=cost.parts,
            exit_status=outcome.exit_status,
            output=output,
        )


def _fault(outcome: Outcome, limits: RunLimits) -> tuple[Status, str] | None:
    """What is wrong with a run, if anything; raises where the machine is to blame."""
    broken = incomplete(outcome, limits)
    if broken is not None:
        status = _ENDINGS.get(outcome.ending)
        if status is None:
            raise SandboxError(f"The program cannot be measured: {broken}.")
        return status, f"It cannot be measured: {broken}."
    if outcome.ending is Ending.SIGNALED:
        name = signal.strsignal(outcome.signal or 0) or f"signal {outcome.signal}"
        return Status.CRASHED, f"It is ended by a signal ({name})."
    return None


async def _floor(bench: Workbench, program: Program, built: Binary) -> int | None:
    """The cost of starting up; None where not even that can be measured."""
    known = None if program.floor is None else _floors().get(program.floor)
    if known is not None:
        return known
    floor = await build_floor(bench.compiler, program.unit, built)
    cost = await _cost(bench, floor, _EMPTY_INPUT)
    if isinstance(cost, str):
        return None
    if program.floor is not None and floor is not built:
        _floors()[program.floor] = cost.amount
    return cost.amount


@functools.cache
def _floors() -> dict[bytes, int]:
    """The floors that this process has measured: most programs of a manifest share theirs."""
    return {}


async def _cost(bench: Workbench, binary: Binary, case: TestCase) -> Cost | str:
    """The cost of a run, or why this program has none, in a sentence."""
    try:
        return await bench.backend.measure(binary, case)
    except KilledRunError as error:
        raise SandboxError(str(error)) from error
    except MeasurementError as error:
        check_room(bench)
        return str(error)


def check_room(bench: Workbench) -> None:
    """Raise SandboxError where the disk is so full that nothing can be concluded."""
    if shutil.disk_usage(bench.scratch).free < LEAST_ROOM:
        raise SandboxError(
            f"The disk is full, so nothing can be measured; make room in {bench.scratch.parent}."
        )


def _reason_of(failure: BuildFailure, bench: Workbench) -> str:
    """Why it cannot be built, without what chance decides; raises where the machine is to blame."""
    if failure.from_outside:
        raise SandboxError(failure.reason)
    check_room(bench)
    return _MADE_UP.sub("program", failure.reason).replace(str(bench.scratch), "scratch")
