"""A candidate does on every test what the old program does (tier T2)."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pie_lsp.sandbox.contract import Ending, Sandbox
from pie_lsp.values.report import Rejection, Stage
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.testing import TestCase, TestSuite
from pie_lsp.values.toolchain import Binary
from pie_lsp.verify.candidate import Passed, check
from pie_lsp.verify.oracle import Oracle, learn

LIMITS = RunLimits(cpu_seconds=2, output_bytes=1 << 20)


def suite(*words: str, expected: bytes | None = None) -> TestSuite:
    return TestSuite("here", tuple(TestCase(word, word.encode(), expected) for word in words))


async def test_a_candidate_that_does_the_same_passes_every_test(
    sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    oracle = await learn(sandbox, programs[0], suite("plain", "loud", "fails", "aborts"), LIMITS, scratch)
    assert await check(sandbox, programs[1], oracle, scratch) == Passed(4)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("wrong", 'its standard output differs: line 1 is "ok oddwrong!" instead of "ok oddwrong".'),
        ("space", 'its standard output differs: line 1 is "ok oddspace " instead of "ok oddspace".'),
        ("extra", 'its standard output differs: line 2 is "more" instead of "".'),
        ("stderr", 'its standard error differs: line 1 is "debug" instead of "".'),
        ("status", "it exits with status 1, where the original exits with status 0."),
        ("crash", "it is ended by signal 11, where the original exits with status 0."),
        ("hang", "it needs more than 2 s of processor time."),
        ("flood", "it writes more than 1 MiB."),
    ],
)
async def test_a_candidate_that_does_something_else_is_rejected(
    sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path, how: str, said: str
) -> None:
    tests = suite("a longer word than the other", f"odd{how}")
    oracle = await learn(sandbox, programs[0], tests, LIMITS, scratch)
    verdict = await check(sandbox, programs[1], oracle, scratch)
    assert verdict == Rejection(Stage.TESTS, f"On test odd{how} {said}")


async def test_the_smallest_test_is_the_first_and_the_first_difference_the_last(
    recorder: Any, sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    tests = suite("oddwrong", "x" * 90, "oddextra", "x")
    oracle = await learn(sandbox, programs[0], tests, LIMITS, scratch)
    verdict = await check(recorder, programs[1], oracle, scratch)
    assert isinstance(verdict, Rejection) and "oddextra" in verdict.reason
    assert recorder.inputs == [b"x", b"oddextra"]


async def test_without_a_test_nothing_is_verified(
    sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    verdict = await check(sandbox, programs[1], Oracle((), ()), scratch)
    assert isinstance(verdict, Rejection) and verdict.stage is Stage.UNVERIFIED


async def test_the_wall_clock_and_a_kill_from_outside_reject_nothing_as_wrong(
    ending: Callable[..., Sandbox], sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    oracle = await learn(sandbox, programs[0], suite("plain"), LIMITS, scratch)
    for run in (ending(), ending(Ending.SIGNALED, signal=9)):
        verdict = await check(run, programs[1], oracle, scratch)
        assert isinstance(verdict, Rejection) and verdict.stage is Stage.UNVERIFIED


async def test_a_candidate_that_a_judge_rejects_is_rejected_though_the_old_one_did_not_say(
    sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    oracle = await learn(sandbox, programs[0], suite("oddwrong", expected=b"ok oddwrong"), LIMITS, scratch)
    lie = replace(oracle.answers[0].outcome, stdout=b"ok oddwrong!\n")
    tampered = Oracle((replace(oracle.answers[0], outcome=lie),), ())
    verdict = await check(sandbox, programs[1], tampered, scratch)
    assert isinstance(verdict, Rejection) and "it does not print what is expected" in verdict.reason
