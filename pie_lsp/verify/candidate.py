"""Tier T2: a candidate does on every test exactly what the old program does.

Knows outcomes; nothing of sources or costs.
"""

from dataclasses import dataclass
from pathlib import Path

from pie_lsp.sandbox.contract import Ending, Sandbox
from pie_lsp.values.report import Rejection, Stage
from pie_lsp.values.toolchain import Binary
from pie_lsp.verify.oracle import Oracle, departure
from pie_lsp.verify.runner import incomplete, run_test


@dataclass(frozen=True, slots=True)
class Passed:
    """A candidate did the same as the original on `count` tests, which are all there are."""

    count: int


async def check(sandbox: Sandbox, binary: Binary, oracle: Oracle, scratch: Path) -> Passed | Rejection:
    """Run `binary` on the tests of `oracle`, smallest first, up to the first difference.

    Without a test nothing is verified, and that is a rejection. Raises SandboxError.
    """
    if not oracle.answers:
        return Rejection(Stage.UNVERIFIED, "there is no test on which to compare it with the original.")
    for answer in oracle.smallest_first:
        outcome = await run_test(sandbox, binary, answer.test, answer.limits, scratch)
        broken = incomplete(outcome, answer.limits)
        if broken is not None:
            # The guard and a kill from outside say nothing of the candidate.
            by_chance = outcome.ending in (Ending.WALL_GUARD, Ending.SIGNALED)
            stage = Stage.UNVERIFIED if by_chance else Stage.TESTS
            return Rejection(stage, f"On test {answer.test.name} {broken}.")
        difference = departure(answer, outcome)
        if difference is not None:
            return Rejection(Stage.TESTS, f"On test {answer.test.name} {difference}.")
    return Passed(len(oracle.answers))
