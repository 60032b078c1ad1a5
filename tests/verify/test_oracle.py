"""The old program is the oracle: what is learned from it, and what is left out."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pie_lsp.sandbox.contract import Ending, Sandbox
from pie_lsp.values.errors import SandboxError
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.testing import TestCase, TestSuite
from pie_lsp.values.toolchain import Binary
from pie_lsp.verify.oracle import learn

LIMITS = RunLimits(cpu_seconds=2, output_bytes=1 << 20)


def suite(*words: str, expected: bytes | None = None) -> TestSuite:
    return TestSuite("here", tuple(TestCase(word, word.encode(), expected) for word in words))


async def test_the_oracle_knows_everything_that_the_old_program_does(
    sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    oracle = await learn(sandbox, programs[0], suite("plain", "loud", "fails", "aborts"), LIMITS, scratch)
    seen = [
        (a.outcome.stdout, a.outcome.stderr, a.outcome.exit_status, a.outcome.signal) for a in oracle.answers
    ]
    assert seen == [
        (b"ok plain\n", b"", 0, None),
        (b"ok loud\n", b"loud\n", 0, None),
        (b"ok fails\n", b"", 3, None),
        (b"ok aborts\n", b"", None, 6),
    ]
    assert oracle.left_out == ()
    assert {a.limits.cpu_seconds for a in oracle.answers} == {2}


async def test_a_test_that_the_original_fails_is_left_out_with_the_difference(
    sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    tests = TestSuite(
        "here",
        (
            TestCase("right", b"x", b"ok x  \r\n\n"),
            TestCase("wrong", b"x", b"ok y\n"),
            TestCase("more", b"x", b"ok x\n5\n"),
        ),
    )
    oracle = await learn(sandbox, programs[0], tests, LIMITS, scratch)
    assert [case.name for case in oracle.cases] == ["right"]
    assert [left.reason for left in oracle.left_out] == [
        'The original does not print what is expected on wrong: line 1 is "ok x" instead of "ok y".',
        'The original does not print what is expected on more: line 2, "5", is missing.',
    ]


async def test_a_test_without_a_result_of_the_original_is_left_out(
    sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    oracle = await learn(sandbox, programs[0], suite("spins", "pours", "plain"), LIMITS, scratch)
    assert [case.name for case in oracle.cases] == ["plain"]
    assert [left.reason for left in oracle.left_out] == [
        "The original gives no result on spins: it needs more than 2 s of processor time.",
        "The original gives no result on pours: it writes more than 1 MiB.",
    ]


async def test_a_slow_original_gives_a_candidate_ten_times_its_time_within_the_limit(
    ending: Callable[..., Sandbox], sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    for used, allowed in ((0.0, 1), (0.31, 5), (4.0, 20)):
        oracle = await learn(
            ending(Ending.EXITED, used), programs[0], suite("x"), RunLimits(cpu_seconds=20), scratch
        )
        assert oracle.answers[0].limits.cpu_seconds == allowed


async def test_what_is_ended_by_a_signal_is_compared_and_not_measured(
    sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    oracle = await learn(sandbox, programs[0], suite("plain", "aborts"), LIMITS, scratch)
    assert [case.name for case in oracle.cases] == ["plain", "aborts"]
    assert [case.name for case in oracle.measurable] == ["plain"]
    assert [left.name for left in oracle.compared_only] == ["aborts"]
    assert "signal 6" in oracle.compared_only[0].reason


async def test_what_is_there_to_be_compared_alone_is_not_measured(
    sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    given = suite("plain", "x")
    cases = (given.cases[0], replace(given.cases[1], measured=False))
    oracle = await learn(sandbox, programs[0], replace(given, cases=cases), LIMITS, scratch)
    assert [case.name for case in oracle.cases] == ["plain", "x"]
    assert [case.name for case in oracle.measurable] == ["plain"]


async def test_a_kill_from_outside_is_no_answer(
    ending: Callable[..., Sandbox], programs: tuple[Binary, Binary], scratch: Path
) -> None:
    killed = ending(Ending.SIGNALED, signal=9)
    oracle = await learn(killed, programs[0], suite("plain"), LIMITS, scratch)
    assert oracle.answers == ()
    assert "killed from outside" in oracle.left_out[0].reason


async def test_a_sandbox_that_fails_says_so_itself(
    sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    with pytest.raises(SandboxError, match="cannot be written"):
        await learn(sandbox, programs[0], suite("plain", "loud"), LIMITS, scratch / "gone")
