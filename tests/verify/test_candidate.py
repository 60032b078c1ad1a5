"""The old program is the oracle, and a candidate does on every test what it does (tiers T1 and T2).

One odd program misbehaves as its input says, so that two compilations serve every test.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.sandbox.contract import Ending, Outcome, Sandbox, SandboxCommand
from pie_lsp.values.errors import SandboxError
from pie_lsp.values.report import Rejection, Stage
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.testing import TestCase, TestSuite
from pie_lsp.values.toolchain import Binary, BuildMode, Toolchain, TranslationUnit
from pie_lsp.verify.candidate import Passed, check
from pie_lsp.verify.identical import reject_identical
from pie_lsp.verify.oracle import Oracle, learn
from pie_lsp.verify.runner import run_test
from pie_lsp.verify.warnings import reject_new_warnings

OLD = r"""
#include <cstdio>
#include <cstdlib>
#include <cstring>
int main() {
    char w[99] = "";
    if (scanf("%98s", w) != 1) return 4;
    printf("ok %s\n", w);
    if (!strcmp(w, "loud")) fprintf(stderr, "loud\n");
    if (!strcmp(w, "fails")) return 3;
    if (!strcmp(w, "aborts")) { fflush(stdout); abort(); }
    if (!strcmp(w, "spins")) for (volatile long k = 0;; k = k + 1) {}
    if (!strcmp(w, "pours")) for (;;) puts("0123456789");
}
"""
ODD = r"""
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>
int main() {
    char w[99] = "";
    if (scanf("%98s", w) != 1) return 4;
    const bool odd = !strncmp(w, "odd", 3);
    const char* how = w + 3;
    printf("ok %s%s\n", w, odd && !strcmp(how, "wrong") ? "!" : odd && !strcmp(how, "space") ? " " : "");
    fflush(stdout);
    if (!strcmp(w, "loud")) fprintf(stderr, "loud\n");
    if (!strcmp(w, "fails")) return 3;
    if (!strcmp(w, "aborts")) abort();
    if (!odd) return 0;
    if (!strcmp(how, "extra")) puts("more");
    if (!strcmp(how, "stderr")) fprintf(stderr, "debug\n");
    if (!strcmp(how, "status")) return 1;
    if (!strcmp(how, "crash")) *(volatile int*)nullptr = 1;
    if (!strcmp(how, "hang")) for (volatile long k = 0;; k = k + 1) {}
    if (!strcmp(how, "flood")) for (;;) puts("0123456789");
}
"""
LIMITS = RunLimits(cpu_seconds=2, output_bytes=1 << 20)


@pytest.fixture(scope="module")
def programs(toolchain: Toolchain, sandbox: Sandbox, scratch: Path) -> tuple[Binary, Binary]:
    """The old program and the odd one."""

    async def build() -> list[object]:
        compiler = Compiler(toolchain, sandbox, scratch)
        units = [TranslationUnit("a.cpp", scratch, source.encode()) for source in (OLD, ODD)]
        return list(await asyncio.gather(*(compiler.build(unit, BuildMode.OPTIMIZED) for unit in units)))

    old, odd = asyncio.run(build())
    assert isinstance(old, Binary) and isinstance(odd, Binary)
    return old, odd


def suite(*words: str, expected: bytes | None = None) -> TestSuite:
    return TestSuite("here", tuple(TestCase(word, word.encode(), expected) for word in words))


async def oracle_of(sandbox: Sandbox, old: Binary, tests: TestSuite, scratch: Path) -> Oracle:
    return await learn(sandbox, old, tests, LIMITS, scratch)


async def test_the_oracle_knows_everything_that_the_old_program_does(
    sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    oracle = await oracle_of(sandbox, programs[0], suite("plain", "loud", "fails", "aborts"), scratch)
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
    oracle = await oracle_of(sandbox, programs[0], tests, scratch)
    assert [case.name for case in oracle.cases] == ["right"]
    assert [left.reason for left in oracle.left_out] == [
        'The original does not print what is expected on wrong: line 1 is "ok x" instead of "ok y".',
        'The original does not print what is expected on more: line 2, "5", is missing.',
    ]


async def test_a_test_without_a_result_of_the_original_is_left_out(
    sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    oracle = await oracle_of(sandbox, programs[0], suite("spins", "pours", "plain"), scratch)
    assert [case.name for case in oracle.cases] == ["plain"]
    assert [left.reason for left in oracle.left_out] == [
        "The original gives no result on spins: it needs more than 2 s of processor time.",
        "The original gives no result on pours: it writes more than 1 MiB.",
    ]


async def test_a_candidate_that_does_the_same_passes_every_test(
    sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    oracle = await oracle_of(sandbox, programs[0], suite("plain", "loud", "fails", "aborts"), scratch)
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
    oracle = await oracle_of(
        sandbox, programs[0], suite("a longer word than the other", f"odd{how}"), scratch
    )
    verdict = await check(sandbox, programs[1], oracle, scratch)
    assert verdict == Rejection(Stage.TESTS, f"On test odd{how} {said}")


async def test_the_smallest_test_is_the_first_and_the_first_difference_the_last(
    sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    tests = suite("oddwrong", "x" * 90, "oddextra", "x")
    oracle = await oracle_of(sandbox, programs[0], tests, scratch)
    recorder = Recorder(sandbox)
    verdict = await check(recorder, programs[1], oracle, scratch)
    assert isinstance(verdict, Rejection) and "oddextra" in verdict.reason
    assert recorder.inputs == [b"x", b"oddextra"]


async def test_without_a_test_nothing_is_verified(
    sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    verdict = await check(sandbox, programs[1], Oracle((), ()), scratch)
    assert isinstance(verdict, Rejection) and verdict.stage is Stage.UNVERIFIED


async def test_the_wall_clock_rejects_nothing_as_wrong(
    sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    oracle = await oracle_of(sandbox, programs[0], suite("plain"), scratch)
    verdict = await check(Waiting(), programs[1], oracle, scratch)
    assert isinstance(verdict, Rejection) and verdict.stage is Stage.UNVERIFIED


async def test_a_candidate_that_a_judge_rejects_is_rejected_though_the_old_one_did_not_say(
    sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    oracle = await oracle_of(sandbox, programs[0], suite("oddwrong", expected=b"ok oddwrong"), scratch)
    lie = replace(oracle.answers[0].outcome, stdout=b"ok oddwrong!\n")
    tampered = Oracle((replace(oracle.answers[0], outcome=lie),), ())
    verdict = await check(sandbox, programs[1], tampered, scratch)
    assert isinstance(verdict, Rejection) and "it does not print what is expected" in verdict.reason


async def test_a_program_runs_alike_whatever_surrounds_it(
    sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    recorder = Recorder(sandbox)
    await run_test(recorder, programs[0], TestCase("t", b"word"), LIMITS, scratch)
    command = recorder.commands[0]
    assert command.argv == ("/box/prog",)
    assert command.environment == ()
    assert (command.limits.cpu_seconds, command.limits.memory_bytes) == (2, 1 << 30)
    assert command.limits.file_bytes == 1 << 20


async def test_an_input_that_cannot_be_written_is_said_in_a_sentence(
    sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    with pytest.raises(SandboxError, match="input of a test cannot be written"):
        await run_test(sandbox, programs[0], TestCase("t", b"word"), LIMITS, scratch / "gone")


async def test_a_slow_original_gives_a_candidate_ten_times_its_time_within_the_limit(
    sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    for used, allowed in ((0.0, 1), (0.31, 5), (4.0, 20)):
        oracle = await learn(
            Waiting(Ending.EXITED, used), programs[0], suite("x"), RunLimits(cpu_seconds=20), scratch
        )
        assert oracle.answers[0].limits.cpu_seconds == allowed


def test_identical_machine_code_is_dropped(programs: tuple[Binary, Binary]) -> None:
    old, odd = programs
    assert reject_identical(old, odd) is None
    rejection = reject_identical(old, replace(odd, code_digest=old.code_digest))
    assert rejection is not None and rejection.stage is Stage.IDENTICAL


@pytest.mark.parametrize(
    ("old", "new", "rejected"),
    [
        ((), (), False),
        (("unused x",), ("unused x",), False),
        (("unused x",), (), False),
        ((), ("unused x",), True),
        (("unused x",), ("unused x", "unused y"), True),
        (("unused x",), ("unused x", "unused x"), True),
    ],
)
def test_a_new_warning_is_rejected(
    programs: tuple[Binary, Binary], old: Sequence[str], new: Sequence[str], rejected: bool
) -> None:
    before, after = (replace(programs[0], warnings=tuple(lines)) for lines in (old, new))
    rejection = reject_new_warnings(before, after)
    assert (rejection is not None) == rejected
    assert rejection is None or (rejection.stage is Stage.BUILD and "unused" in rejection.reason)


class Recorder:
    """The sandbox, noting what it is asked to run."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.commands: list[SandboxCommand] = []
        self.inputs: list[bytes] = []

    @property
    def name(self) -> str:
        return self._sandbox.name

    async def run(self, command: SandboxCommand) -> Outcome:
        assert command.stdin is not None
        self.commands.append(command)
        self.inputs.append(command.stdin.read_bytes())
        return await self._sandbox.run(command)


class Waiting:
    """A machine on which every run ends in the same way, which no real one does on demand."""

    name = "waiting"

    def __init__(self, ending: Ending = Ending.WALL_GUARD, cpu_seconds: float = 0.0) -> None:
        status = 0 if ending is Ending.EXITED else None
        self._outcome = Outcome(ending, status, None, b"", b"", cpu_seconds)

    async def run(self, command: SandboxCommand) -> Outcome:
        return self._outcome
