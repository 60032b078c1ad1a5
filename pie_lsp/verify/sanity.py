"""Tier T1b: whether the original is worth comparing with, once per file.

A program that differs from run to run, or that has undefined behaviour, cannot be an oracle: anything
could be claimed to be equal to it. Knows builds and outcomes; nothing of proposers or costs.
"""

import asyncio
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.build.compiler import Compiler
from pie_lsp.sandbox.contract import Ending, Sandbox, SandboxCommand
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.toolchain import Binary, BuildFailure, BuildMode, TranslationUnit
from pie_lsp.verify.oracle import Answer, Oracle, departure
from pie_lsp.verify.runner import incomplete, run_test
from pie_lsp.verify.sanitizers import Fault, Unchecked, run_sanitized

SANITY_MODES = (BuildMode.SANITIZED, BuildMode.INIT_ZERO, BuildMode.INIT_PATTERN)
"""The builds of the original that `check_original` needs besides the one that is optimized."""

_PERTURB = (("MALLOC_PERTURB_", "165"),)
"""Makes glibc fill fresh and freed memory (mallopt(3), M_PERTURB), to expose reads of either."""

_PARALLEL = 2


@dataclass(frozen=True, slots=True)
class SanityReport:
    """What was found out about the original.

    problems  sentences: each is a reason not to optimize this program, the most telling first
    notes     sentences: what could not be checked
    """

    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to run the original that must change nothing.

    blame  sentence about a program for which it does change something, to be continued by the difference
    """

    blame: str
    mode: BuildMode = BuildMode.OPTIMIZED
    environment: tuple[tuple[str, str], ...] = ()
    launcher: tuple[str, ...] = ()


_FLAKY = (
    "This program does not do the same on every run (does it read the clock, random numbers or an address?)"
)
_MEMORY = "This program does not do the same wherever its memory lies and whatever is in it before"
_UNINITIALISED = "This program reads a variable that was never given a value, which is undefined behaviour"


@dataclass(frozen=True, slots=True)
class _Bench:
    sandbox: Sandbox
    unit: TranslationUnit
    oracle: Oracle
    limits: RunLimits
    scratch: Path


async def check_original(
    compiler: Compiler,
    sandbox: Sandbox,
    unit: TranslationUnit,
    binary: Binary,
    oracle: Oracle,
    limits: RunLimits,
    scratch: Path,
) -> SanityReport:
    """Run the original of `oracle` in every way that must change nothing. Raises SandboxError.

    Again in another second of the clock; with memory laid out and filled differently; with uninitialised
    variables filled with zeros and with a pattern (g++ -ftrivial-auto-var-init); under sanitizers.
    """
    bench = _Bench(sandbox, unit, oracle, limits, scratch)
    gate = asyncio.Semaphore(_PARALLEL)
    ways = (
        _Way(_FLAKY),
        _Way(_MEMORY, environment=_PERTURB, launcher=await _without_randomisation(sandbox)),
        _Way(_UNINITIALISED, BuildMode.INIT_ZERO),
        _Way(_UNINITIALISED, BuildMode.INIT_PATTERN),
    )

    async def in_turn(way: _Way | None) -> SanityReport:
        mode = BuildMode.SANITIZED if way is None else way.mode
        built = binary if mode is BuildMode.OPTIMIZED else await compiler.build(unit, mode)
        if isinstance(built, BuildFailure):
            return SanityReport(notes=(f"It could not be built as {mode.value}: {built.reason}",))
        if way is not None and way.blame == _FLAKY:
            await _next_second()
        async with gate:
            return await (_sanitized(bench, built) if way is None else _alike(bench, built, way))

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(in_turn(way)) for way in (None, *ways)]
    return _joined([task.result() for task in tasks])


def _joined(reports: Sequence[SanityReport]) -> SanityReport:
    problems = dict.fromkeys(problem for report in reports for problem in report.problems)
    notes = dict.fromkeys(note for report in reports for note in report.notes)
    return SanityReport(tuple(problems), tuple(notes))


async def _alike(bench: _Bench, binary: Binary, way: _Way) -> SanityReport:
    """Up to the first test on which the way of running makes a difference."""
    notes: list[str] = []
    for answer in bench.oracle.smallest_first:
        outcome = await run_test(
            bench.sandbox,
            binary,
            answer.test,
            bench.limits,
            bench.scratch,
            environment=way.environment,
            launcher=way.launcher,
        )
        broken = incomplete(outcome, bench.limits)
        if broken is not None and outcome.ending is not Ending.FILE_LIMIT:
            notes.append(f"Test {answer.test.name} of the original was not checked again: {broken}.")
            continue
        difference = broken or departure(answer, outcome)
        if difference is not None:
            problem = f"{way.blame}: on test {answer.test.name} {difference}. It is not optimized."
            return SanityReport((problem,), tuple(notes))
    return SanityReport(notes=tuple(notes))


async def _sanitized(bench: _Bench, binary: Binary) -> SanityReport:
    """Up to the first test with a report."""
    notes: list[str] = []
    for answer in bench.oracle.smallest_first:
        found = await _run_sanitized(bench, binary, answer)
        if isinstance(found, Fault):
            problem = (
                f"This program already has undefined behaviour, at {found.reason} (test {found.test}). "
                "It is not optimized."
            )
            return SanityReport((problem,), tuple(notes))
        if found is not None:
            notes.append(
                f"Test {found.test} of the original was not checked with sanitizers: {found.reason}."
            )
    return SanityReport(notes=tuple(notes))


async def _run_sanitized(bench: _Bench, binary: Binary, answer: Answer) -> Fault | Unchecked | None:
    return await run_sanitized(bench.sandbox, binary, bench.unit.name, answer, bench.limits, bench.scratch)


async def _next_second() -> None:
    """Wait until the clock shows another second, so that a program that prints it prints another one."""
    now = time.time()
    await asyncio.sleep(int(now) + 1 - now)


async def _without_randomisation(sandbox: Sandbox) -> tuple[str, ...]:
    """Words that start a program with a fixed memory layout; none where the kernel does not allow it."""
    setarch = shutil.which("setarch", path="/usr/bin:/bin")
    if setarch is None:
        return ()
    words = (setarch, "-R")
    probe = await sandbox.run(SandboxCommand(argv=(*words, "/bin/true")))
    return words if probe.ending is Ending.EXITED and probe.exit_status == 0 else ()
