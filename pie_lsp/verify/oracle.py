"""The old program is the oracle: what it does on every test is what a rewrite has to do.

Compares outcomes; knows nothing of how a candidate came about or what it costs.
"""

import asyncio
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pie_lsp.sandbox.beside import all_of
from pie_lsp.sandbox.contract import Ending, Outcome, Sandbox
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.testing import LeftOut, TestCase, TestSuite
from pie_lsp.values.toolchain import Binary
from pie_lsp.verify.compare import byte_difference, expected_difference
from pie_lsp.verify.runner import incomplete, run_test

_PARALLEL = 2
"""Tests that run at a time; processor time is counted per process, so verdicts stay the same."""

_SLOWDOWN, _SLACK = 10, 1
"""A rewrite may take ten times the old processor time and a second: it is wrong in time, not merely slow."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the old program does on one test.

    limits  those of a rewrite on this test
    """

    test: TestCase
    outcome: Outcome
    limits: RunLimits


@dataclass(frozen=True, slots=True)
class Oracle:
    """What the old program does.

    answers   in the order of the suite
    left_out  tests that say nothing about a rewrite, each with the reason
    """

    answers: tuple[Answer, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def cases(self) -> tuple[TestCase, ...]:
        """The tests that count."""
        return tuple(answer.test for answer in self.answers)

    @property
    def measurable(self) -> tuple[TestCase, ...]:
        """The tests that are measured too: on them the old program ends by itself, and not by a signal."""
        ended = [answer.test for answer in self.answers if answer.outcome.ending is Ending.EXITED]
        return tuple(test for test in ended if test.measured)

    @property
    def compared_only(self) -> tuple[LeftOut, ...]:
        """The other tests that count, each with the reason why it has no figure."""
        reason = "The original is ended by signal {} on {}; rewrites are compared on it, but not measured."
        return tuple(
            LeftOut(answer.test.name, reason.format(answer.outcome.signal, answer.test.name))
            for answer in self.answers
            if answer.outcome.ending is not Ending.EXITED
        )

    @property
    def smallest_first(self) -> tuple[Answer, ...]:
        """Cheapest first. By size, since processor time differs from run to run and verdicts may not."""
        return tuple(
            sorted(self.answers, key=lambda a: (len(a.test.input) + len(a.outcome.stdout), a.test.name))
        )


async def learn(
    sandbox: Sandbox, binary: Binary, suite: TestSuite, limits: RunLimits, scratch: Path
) -> Oracle:
    """Run the original on every test of `suite`. Raises SandboxError."""
    gate = asyncio.Semaphore(_PARALLEL)

    async def run(test: TestCase) -> Answer | LeftOut:
        async with gate:
            outcome = await run_test(sandbox, binary, test, limits, scratch)
        return _judge(test, outcome, limits)

    return _sort(await all_of([run(test) for test in suite.cases]))


def _sort(results: Sequence[Answer | LeftOut]) -> Oracle:
    return Oracle(
        tuple(result for result in results if isinstance(result, Answer)),
        tuple(result for result in results if isinstance(result, LeftOut)),
    )


def _judge(test: TestCase, outcome: Outcome, limits: RunLimits) -> Answer | LeftOut:
    broken = incomplete(outcome, limits)
    if broken is not None:
        return LeftOut(test.name, f"The original gives no result on {test.name}: {broken}.")
    if test.expected is not None:
        difference = expected_difference(test.expected, outcome.stdout)
        if difference is not None:
            reason = f"The original does not print what is expected on {test.name}: {difference}."
            return LeftOut(test.name, reason)
    seconds = max(1, math.ceil(_SLOWDOWN * outcome.cpu_seconds + _SLACK))
    allowed = replace(limits, cpu_seconds=min(limits.cpu_seconds, seconds))
    return Answer(test, outcome, allowed)


def departure(answer: Answer, outcome: Outcome) -> str | None:
    """How a complete run departs from the old program's, as a clause; None where nothing can be told apart.

    After that the expected file, which the old output agrees with, so that a fault in the one comparison
    is caught by the other.
    """
    difference = outcome_difference(answer.outcome, outcome)
    if difference is not None or answer.test.expected is None:
        return difference
    difference = expected_difference(answer.test.expected, outcome.stdout)
    return None if difference is None else f"it does not print what is expected: {difference}"


def outcome_difference(old: Outcome, new: Outcome) -> str | None:
    """The first difference in exit status and signal, or byte for byte in standard output and error."""
    if (new.exit_status, new.signal) != (old.exit_status, old.signal):
        return f"it {_ending(new)}, where the original {_ending(old)}"
    for name, before, after in (
        ("standard output", old.stdout, new.stdout),
        ("standard error", old.stderr, new.stderr),
    ):
        difference = byte_difference(before, after)
        if difference is not None:
            return f"its {name} differs: {difference}"
    return None


def _ending(outcome: Outcome) -> str:
    if outcome.signal is not None:
        return f"is ended by signal {outcome.signal}"
    return f"exits with status {outcome.exit_status}"
