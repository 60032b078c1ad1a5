"""Originals that cannot be an oracle are told and not optimized (tier T1b)."""

from pathlib import Path
from typing import Any

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.sandbox.contract import Sandbox
from pie_lsp.values.errors import SandboxError
from pie_lsp.values.report import Rejection, Stage
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.testing import TestCase, TestSuite
from pie_lsp.values.toolchain import Binary, BuildMode, Toolchain, TranslationUnit
from pie_lsp.verify.oracle import learn
from pie_lsp.verify.sanitizers import check_sanitized
from pie_lsp.verify.sanity import SANITY_MODES, SanityReport, check_original

LIMITS = RunLimits(cpu_seconds=2)


PATIENT = RunLimits(cpu_seconds=30)
"""For programs that touch much memory, which a busy machine hands out slowly."""


async def report_on(unsound: Any, *inputs: str, limits: RunLimits = LIMITS) -> SanityReport:
    binary, oracle = await unsound.learn(*inputs, limits=limits)
    return await check_original(
        unsound.compiler, unsound.sandbox, unsound.unit, binary, oracle, limits, unsound.scratch
    )


def test_the_builds_that_are_needed_are_said() -> None:
    assert set(SANITY_MODES) == {BuildMode.SANITIZED, BuildMode.INIT_ZERO, BuildMode.INIT_PATTERN}


async def test_a_sound_program_has_no_problem(unsound: Any) -> None:
    report = await report_on(unsound, "plain", "index 2", "fails", "aborts", "overflow 5")
    assert report == SanityReport()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("clock", "does not do the same on every run"),
        ("pointer", "does not do the same on every run"),
        ("heap", "depends on where its memory lies, or on what was in it before"),
        ("unset 2", "reads a variable that was never given a value"),
        ("overflow 99", "undefined behaviour at line {line}: signed integer overflow"),
        ("index 3", "undefined behaviour at line {line}: a container was used wrongly"),
        ("array 7", "undefined behaviour at line {line}: index 7 out of bounds"),
        ("freed", "undefined behaviour at line {line}: heap-use-after-free"),
        ("other", "something else when it is built with sanitizers"),
    ],
)
async def test_a_flaky_or_undefined_program_is_told_and_not_optimized(
    unsound: Any, text: str, words: str
) -> None:
    report = await report_on(unsound, "plain", text)
    assert len(report.problems) == 1
    assert words.format(line=unsound.line_of(text)) in report.problems[0]
    assert text.split()[0] in report.problems[0]
    assert report.problems[0].endswith("It is not optimized.")


async def test_a_test_that_is_too_slow_under_sanitizers_is_not_held_against_the_program(unsound: Any) -> None:
    report = await report_on(unsound, "slow", "plain")
    assert report.problems == ()
    assert report.notes == (
        "Test slow of the original was not checked with sanitizers: "
        "under sanitizers it needs more than 2 s of processor time.",
    )


async def test_a_stack_that_only_overflows_under_sanitizers_is_not_either(unsound: Any) -> None:
    report = await report_on(unsound, "deep 540000", limits=PATIENT)
    assert report.problems == ()
    assert len(report.notes) == 1 and "memory or stack" in report.notes[0]


async def test_a_program_that_cannot_be_built_so_is_noted(
    sandbox: Sandbox, scratch: Path, toolchain: Toolchain
) -> None:
    source = b"#ifdef __SANITIZE_ADDRESS__\n#error no\n#endif\nint main() {}\n"
    unit = TranslationUnit("prog.cpp", scratch, source)
    compiler = Compiler(toolchain, sandbox, scratch)
    binary = await compiler.build(unit, BuildMode.OPTIMIZED)
    assert isinstance(binary, Binary)
    oracle = await learn(sandbox, binary, TestSuite("here", (TestCase("a", b""),)), LIMITS, scratch)
    report = await check_original(compiler, sandbox, unit, binary, oracle, LIMITS, scratch)
    assert report.problems == ()
    assert any("could not be built as sanitized" in note for note in report.notes)
    verdict = await check_sanitized(compiler, sandbox, unit, oracle, LIMITS, scratch)
    assert isinstance(verdict, Rejection) and verdict.stage is Stage.SANITIZERS


async def test_a_sandbox_that_fails_says_so_itself(unsound: Any) -> None:
    binary, oracle = await unsound.learn("plain")
    gone = unsound.scratch / "gone"
    with pytest.raises(SandboxError, match="written to"):
        await check_original(unsound.compiler, unsound.sandbox, unsound.unit, binary, oracle, LIMITS, gone)
