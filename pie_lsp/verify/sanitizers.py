"""Tier T3: a candidate under address and undefined-behaviour sanitizers on the tests.

Knows builds and outcomes; nothing of proposers or costs.
"""

from dataclasses import dataclass
from pathlib import Path

from pie_lsp.build.compiler import Compiler
from pie_lsp.sandbox.contract import Ending, Sandbox
from pie_lsp.values.report import Rejection, Stage
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.toolchain import Binary, BuildFailure, BuildMode, TranslationUnit
from pie_lsp.verify.oracle import Answer, Oracle, departure
from pie_lsp.verify.reports import Finding, find_report
from pie_lsp.verify.runner import incomplete, run_test


@dataclass(frozen=True, slots=True)
class Fault:
    """A sanitized run that went wrong.

    reason    a clause: what was reported, or how the run departs from the original's
    reported  by a sanitizer; else the program only did something else than the original
    """

    test: str
    reason: str
    reported: bool


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A sanitized run that says nothing, since sanitizers need several times the time and memory."""

    test: str
    reason: str


@dataclass(frozen=True, slots=True)
class Clean:
    """No sanitizer had anything to report. `unchecked` are the tests on which none could look."""

    unchecked: tuple[Unchecked, ...] = ()


async def check_sanitized(
    compiler: Compiler,
    sandbox: Sandbox,
    unit: TranslationUnit,
    oracle: Oracle,
    limits: RunLimits,
    scratch: Path,
) -> Clean | Rejection:
    """Build `unit` with sanitizers and run it on every test of `oracle`, smallest first.

    Any report is a rejection, and so is a program of which no test could be checked. A test that only
    takes too long under sanitizers counts for nothing. Raises SandboxError.
    """
    built = await compiler.build(unit, BuildMode.SANITIZED)
    if isinstance(built, BuildFailure):
        return Rejection(Stage.SANITIZERS, f"It could not be built with sanitizers: {built.reason}")
    unchecked: list[Unchecked] = []
    for answer in oracle.smallest_first:
        found = await run_sanitized(sandbox, built, unit.name, answer, limits, scratch)
        if isinstance(found, Fault):
            how = "the sanitizers report" if found.reported else "a build with sanitizers shows that"
            return Rejection(Stage.SANITIZERS, f"On test {found.test} {how} {found.reason}.")
        if found is not None:
            unchecked.append(found)
    if len(unchecked) == len(oracle.answers):
        why = unchecked[0].reason if unchecked else "there is no test"
        return Rejection(Stage.SANITIZERS, f"No test could be checked with sanitizers: {why}.")
    return Clean(tuple(unchecked))


async def run_sanitized(
    sandbox: Sandbox, binary: Binary, file_name: str, answer: Answer, limits: RunLimits, scratch: Path
) -> Fault | Unchecked | None:
    """One test of a sanitized build of `file_name`; None where it is clean. Raises SandboxError."""
    outcome = await run_test(sandbox, binary, answer.test, limits, scratch)
    report = find_report(outcome, file_name)
    if report is not None and report.finding is Finding.UNDEFINED:
        return Fault(answer.test.name, report.sentence_part, reported=True)
    if report is not None:
        return Unchecked(answer.test.name, f"under sanitizers its memory or stack runs out ({report.kind})")
    broken = incomplete(outcome, limits)
    if broken is not None and outcome.ending is not Ending.FILE_LIMIT:
        return Unchecked(answer.test.name, f"under sanitizers {broken}")
    if broken is not None:
        return Fault(answer.test.name, broken, reported=False)
    if _aborts_alike(answer, outcome.stderr):
        return None
    difference = departure(answer, outcome)
    return None if difference is None else Fault(answer.test.name, difference, reported=False)


def _aborts_alike(answer: Answer, stderr: bytes) -> bool:
    """Whether both end by `abort`, which the sanitizer's handler turns into an exit with a stack trace."""
    return answer.outcome.signal == _ABORT and b"AddressSanitizer: ABRT" in stderr


_ABORT = 6
