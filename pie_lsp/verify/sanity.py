"""Tier T1b: whether the original is worth comparing with, once per file.

A program that differs from run to run, or that has undefined behaviour, cannot be an oracle: anything
could be claimed to be equal to it. Knows builds and outcomes; nothing of proposers or costs.
"""

import asyncio
import shutil
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from pie_lsp.build.compiler import Compiler
from pie_lsp.sandbox.beside import all_of
from pie_lsp.sandbox.contract import Ending, Sandbox, SandboxCommand
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.toolchain import Binary, BuildFailure, BuildMode, TranslationUnit
from pie_lsp.verify.oracle import Oracle, departure, outcome_difference
from pie_lsp.verify.runner import incomplete, run_test
from pie_lsp.verify.sanitizers import Fault, run_sanitized

SANITY_MODES = (BuildMode.SANITIZED, BuildMode.INIT_ZERO, BuildMode.INIT_PATTERN)
"""The builds of the original that `check_original` makes besides the one that is optimized."""

_PERTURB = (("MALLOC_PERTURB_", "165"),)
"""Makes glibc fill fresh and freed memory (mallopt(3), M_PERTURB), to expose reads of either."""

_PARALLEL = 2


@dataclass(frozen=True, slots=True)
class SanityReport:
    """What was found out about the original.

    problems  sentences: each is a reason not to optimize this program
    notes     sentences: what could not be checked
    """

    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to run the original that must change nothing.

    blame  sentence about a program for which it does change something
    """

    blame: str
    environment: tuple[tuple[str, str], ...] = ()
    launcher: tuple[str, ...] = ()


_FLAKY = "This program does not do the same on every run; it may read the clock, random numbers or an address"
_MEMORY = "What this program does depends on where its memory lies, or on what was in it before"
_UNINITIALISED = "This program reads a variable that was never given a value, which is undefined behaviour"
_BY_BUILD = "This program does something else when it is built with sanitizers"


@dataclass(slots=True)
class _Findings:
    """The first difference that each blame was found for, and what could not be checked."""

    undefined: str | None = None
    blamed: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def report(self) -> SanityReport:
        """A differing run says what another does, so that only the most telling reason is told."""
        order = (_FLAKY, _MEMORY, _UNINITIALISED, _BY_BUILD)
        differing = next((f"{blame}: {self.blamed[blame]}." for blame in order if blame in self.blamed), None)
        problem = self.undefined or differing
        problems = () if problem is None else (f"{problem} It is not optimized.",)
        return SanityReport(problems, tuple(sorted(set(self.notes))))


@dataclass(frozen=True, slots=True)
class _Bench:
    compiler: Compiler
    sandbox: Sandbox
    unit: TranslationUnit
    binary: Binary
    oracle: Oracle
    limits: RunLimits
    scratch: Path
    findings: _Findings
    gate: asyncio.Semaphore


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
    bench = _Bench(
        compiler, sandbox, unit, binary, oracle, limits, scratch, _Findings(), asyncio.Semaphore(_PARALLEL)
    )
    await all_of([_sanitized(bench), _again(bench), _elsewhere(bench), _filled(bench)])
    return bench.findings.report()


async def _again(bench: _Bench) -> None:
    """In another second, so that a program that prints the time prints another one."""
    now = time.time()
    await asyncio.sleep(int(now) + 1 - now)
    await _run(bench, bench.binary, _Way(_FLAKY))


async def _elsewhere(bench: _Bench) -> None:
    launcher = await _without_randomisation(bench.sandbox)
    await _run(bench, bench.binary, _Way(_MEMORY, environment=_PERTURB, launcher=launcher))


async def _filled(bench: _Bench) -> None:
    """With every uninitialised variable filled in two ways, which are compared with one another."""
    # Where g++ optimizes, it takes an uninitialised variable for whatever suits it, before it is filled.
    toolchain = replace(bench.compiler.toolchain, flags=(*bench.compiler.toolchain.flags, "-O0"))
    compiler = Compiler(toolchain, bench.sandbox, bench.scratch)
    modes = (BuildMode.INIT_ZERO, BuildMode.INIT_PATTERN)
    zero, pattern = await all_of([_build(bench, compiler, mode) for mode in modes])
    if zero is None or pattern is None:
        return
    for answer in bench.oracle.smallest_first:
        async with bench.gate:
            first = await run_test(bench.sandbox, zero, answer.test, answer.limits, bench.scratch)
            second = await run_test(bench.sandbox, pattern, answer.test, answer.limits, bench.scratch)
        broken = incomplete(first, answer.limits) or incomplete(second, answer.limits)
        if broken is not None:
            note = f"Test {answer.test.name} was not checked for variables without a value: {broken}."
            bench.findings.notes.append(note)
        elif (difference := outcome_difference(first, second)) is not None:
            bench.findings.blamed[_UNINITIALISED] = f"on test {answer.test.name} {difference}"
            return


async def _build(bench: _Bench, compiler: Compiler, mode: BuildMode) -> Binary | None:
    built = await compiler.build(bench.unit, mode)
    if isinstance(built, BuildFailure):
        bench.findings.notes.append(f"The original could not be built as {mode.value}: {built.reason}")
        return None
    return built


async def _run(bench: _Bench, binary: Binary, way: _Way) -> None:
    """Up to the first test on which the way of running makes a difference."""
    for answer in bench.oracle.smallest_first:
        async with bench.gate:
            outcome = await run_test(
                bench.sandbox,
                binary,
                answer.test,
                answer.limits,
                bench.scratch,
                environment=way.environment,
                launcher=way.launcher,
            )
        broken = incomplete(outcome, answer.limits)
        if broken is not None and outcome.ending is not Ending.FILE_LIMIT:
            bench.findings.notes.append(
                f"Test {answer.test.name} of the original was not run again: {broken}."
            )
            continue
        difference = broken or departure(answer, outcome)
        if difference is not None:
            bench.findings.blamed.setdefault(way.blame, f"on test {answer.test.name} {difference}")
            return


async def _sanitized(bench: _Bench) -> None:
    """Up to the first test with a report."""
    built = await _build(bench, bench.compiler, BuildMode.SANITIZED)
    if built is None:
        return
    for answer in bench.oracle.smallest_first:
        async with bench.gate:
            found = await run_sanitized(
                bench.sandbox, built, bench.unit.name, answer, bench.limits, bench.scratch
            )
        if isinstance(found, Fault):
            if found.reported:
                place = f"{found.reason} (test {found.test})"
                bench.findings.undefined = f"This program already has undefined behaviour at {place}."
            else:
                bench.findings.blamed.setdefault(_BY_BUILD, f"on test {found.test} {found.reason}")
            return
        if found is not None:
            note = f"Test {found.test} of the original was not checked with sanitizers: {found.reason}."
            bench.findings.notes.append(note)


async def _without_randomisation(sandbox: Sandbox) -> tuple[str, ...]:
    """Words that start a program with a fixed memory layout; none where the kernel does not allow it."""
    setarch = shutil.which("setarch", path="/usr/bin:/bin")
    if setarch is None:
        return ()
    words = (setarch, "-R")
    probe = await sandbox.run(SandboxCommand(argv=(*words, "/bin/true")))
    return words if probe.ending is Ending.EXITED and probe.exit_status == 0 else ()
