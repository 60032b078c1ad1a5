"""Originals that cannot be an oracle are told, and candidates go through the sanitizers (tiers T1b, T3).

One program goes wrong as its input says; only what its builds must show is compiled again.
"""

from pathlib import Path

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.sandbox.contract import Ending, Outcome, Sandbox
from pie_lsp.values.report import Rejection, Stage
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.testing import TestCase, TestSuite
from pie_lsp.values.toolchain import Binary, BuildFailure, BuildMode, Toolchain, TranslationUnit
from pie_lsp.verify.oracle import Oracle, learn
from pie_lsp.verify.reports import Finding, find_report
from pie_lsp.verify.sanitizers import check_sanitized
from pie_lsp.verify.sanity import SANITY_MODES, SanityReport, check_original

SOURCE = r"""
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <vector>
int best(const std::vector<int>& v) {
    int b;
    for (int x : v) if (x > 5) b = x;
    return b;
}
int deep(int n) { volatile char room[400]; room[0] = n; return n ? deep(n - 1) + room[0] : 0; }
int main() {
    char w[99] = "";
    int n = 0;
    if (scanf("%98s %d", w, &n) < 1) return 4;
    std::vector<int> v(3, n);
    printf("%s\n", w);
    if (!strcmp(w, "clock")) printf("%ld\n", (long)time(nullptr));
    if (!strcmp(w, "pointer")) printf("%p\n", (void*)w);
    if (!strcmp(w, "heap")) printf("%d\n", *((int*)malloc(64) + 3));
    if (!strcmp(w, "unset")) printf("%d\n", best(v));
    if (!strcmp(w, "overflow")) printf("%d\n", 2147483600 + n);
    if (!strcmp(w, "index")) printf("%d\n", v[n] > 70000);
    if (!strcmp(w, "array")) { int a[4] = {1}; printf("%d\n", a[n] == 70000); }
    if (!strcmp(w, "freed")) { int* p = new int[4]; delete[] p; printf("%d\n", p[2] == 70000); }
    if (!strcmp(w, "aborts")) { fflush(stdout); abort(); }
    if (!strcmp(w, "fails")) return 3;
    if (!strcmp(w, "deep")) printf("%d\n", deep(n));
#ifdef __SANITIZE_ADDRESS__
    if (!strcmp(w, "slow")) for (volatile long k = 0;; k = k + 1) {}
    if (!strcmp(w, "other")) printf("sanitized\n");
#endif
}
"""
LIMITS = RunLimits(cpu_seconds=2)


def line_of(text: str) -> int:
    """Where the program does what the first word of an input asks for."""
    return next(n for n, line in enumerate(SOURCE.split("\n"), 1) if f'"{text.split()[0]}"' in line)


@pytest.fixture(scope="module")
def unit(scratch: Path) -> TranslationUnit:
    return TranslationUnit("prog.cpp", scratch, SOURCE.encode())


class Once(Compiler):
    """A compiler that builds each mode of each source once for the whole module."""

    built: dict[tuple[bytes, BuildMode], Binary | BuildFailure]

    async def build(self, unit: TranslationUnit, mode: BuildMode) -> Binary | BuildFailure:
        key = (unit.source, mode)
        if key not in self.built:
            self.built[key] = await super().build(unit, mode)
        return self.built[key]


@pytest.fixture(scope="module")
def once(toolchain: Toolchain, sandbox: Sandbox, scratch: Path) -> Once:
    compiler = Once(toolchain, sandbox, scratch)
    compiler.built = {}
    return compiler


async def original(
    once: Once, sandbox: Sandbox, unit: TranslationUnit, scratch: Path, *inputs: str
) -> tuple[Binary, Oracle]:
    binary = await once.build(unit, BuildMode.OPTIMIZED)
    assert isinstance(binary, Binary)
    cases = tuple(TestCase(text.split()[0], text.encode()) for text in inputs)
    return binary, await learn(sandbox, binary, TestSuite("here", cases), LIMITS, scratch)


async def report_on(
    once: Once, sandbox: Sandbox, unit: TranslationUnit, scratch: Path, *inputs: str
) -> SanityReport:
    binary, oracle = await original(once, sandbox, unit, scratch, *inputs)
    return await check_original(once, sandbox, unit, binary, oracle, LIMITS, scratch)


def test_the_builds_that_are_needed_are_said() -> None:
    assert set(SANITY_MODES) == set(BuildMode) - {BuildMode.OPTIMIZED}


async def test_a_sound_program_has_no_problem(
    once: Once, sandbox: Sandbox, unit: TranslationUnit, scratch: Path
) -> None:
    report = await report_on(
        once, sandbox, unit, scratch, "plain", "index 2", "fails", "aborts", "overflow 5"
    )
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
    once: Once, sandbox: Sandbox, unit: TranslationUnit, scratch: Path, text: str, words: str
) -> None:
    report = await report_on(once, sandbox, unit, scratch, "plain", text)
    assert len(report.problems) == 1
    assert words.format(line=line_of(text)) in report.problems[0]
    assert text.split()[0] in report.problems[0]
    assert report.problems[0].endswith("It is not optimized.")


async def test_a_test_that_is_too_slow_under_sanitizers_is_not_held_against_the_program(
    once: Once, sandbox: Sandbox, unit: TranslationUnit, scratch: Path
) -> None:
    report = await report_on(once, sandbox, unit, scratch, "slow", "plain")
    assert report.problems == ()
    assert report.notes == (
        "Test slow of the original was not checked with sanitizers: "
        "under sanitizers it needs more than 2 s of processor time.",
    )


async def test_a_stack_that_only_overflows_under_sanitizers_is_not_either(
    once: Once, sandbox: Sandbox, unit: TranslationUnit, scratch: Path
) -> None:
    report = await report_on(once, sandbox, unit, scratch, "deep 540000")
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
    assert verdict is not None and verdict.stage is Stage.SANITIZERS


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("plain", "fails", "aborts"), None),
        (("plain", "slow"), None),
        (
            ("plain", "overflow 99"),
            "On test overflow the sanitizers report line {line}: signed integer overflow",
        ),
        (("plain", "array 7"), "On test array the sanitizers report line {line}: index 7 out of bounds"),
        (("plain", "other"), "On test other a build with sanitizers shows that its standard output differs"),
        (("slow",), "No test could be checked with sanitizers"),
    ],
)
async def test_a_candidate_with_a_report_is_rejected(
    once: Once,
    sandbox: Sandbox,
    unit: TranslationUnit,
    scratch: Path,
    texts: tuple[str, ...],
    said: str | None,
) -> None:
    _, oracle = await original(once, sandbox, unit, scratch, *texts)
    verdict = await check_sanitized(once, sandbox, unit, oracle, LIMITS, scratch)
    if said is None:
        assert verdict is None
    else:
        assert isinstance(verdict, Rejection) and verdict.stage is Stage.SANITIZERS
        assert verdict.reason.startswith(said.format(line=line_of(texts[-1])))


SHRUNK = """#include <cstdio>
int main() {
    static int p[%s];
    int n = 0;
    if (scanf("%%d", &n) != 1) return 1;
    long s = 0;
    for (int i = 0; i < n; i++) p[i] = i;
    for (int i = 0; i < n; i++) s += p[i];
    printf("%%ld\\n", s);
}
"""


async def test_a_shrunken_array_passes_its_small_tests_and_falls_to_a_large_one(
    sandbox: Sandbox, scratch: Path, toolchain: Toolchain
) -> None:
    compiler = Compiler(toolchain, sandbox, scratch)
    old, new = (TranslationUnit("p.cpp", scratch, (SHRUNK % size).encode()) for size in (200000, 1000))
    binary = await compiler.build(old, BuildMode.OPTIMIZED)
    assert isinstance(binary, Binary)
    for number, rejected in ((900, False), (1500, True)):
        suite = TestSuite("here", (TestCase("n", str(number).encode()),))
        oracle = await learn(sandbox, binary, suite, LIMITS, scratch)
        verdict = await check_sanitized(compiler, sandbox, new, oracle, LIMITS, scratch)
        assert (verdict is not None) == rejected


def outcome(stderr: str) -> Outcome:
    return Outcome(Ending.EXITED, 86, None, b"", stderr.encode(), 0.0)


def test_the_line_is_the_users_own_not_that_of_a_library() -> None:
    text = (
        "/usr/include/c++/12/bits/stl_algo.h:99:3: runtime error: load of misaligned address\n"
        "    #0 0x1 in std::sort /usr/include/c++/12/bits/stl_algo.h:99\n    #1 0x2 in main prog.cpp:7\n"
    )
    report = find_report(outcome(text), "prog.cpp")
    assert report is not None and (report.line, report.kind) == (7, "load of misaligned address")


def test_memory_that_runs_out_is_no_undefined_behaviour() -> None:
    report = find_report(
        outcome("==2==ERROR: AddressSanitizer: allocator is out of memory trying to allocate 0x9 bytes"),
        "prog.cpp",
    )
    assert report is not None and report.finding is Finding.RESOURCES


@pytest.mark.parametrize(
    "text", ["", "some words\n", "prog: prog.cpp:5: int main(): Assertion `n' failed.\n"]
)
def test_what_a_program_says_itself_is_no_report(text: str) -> None:
    assert find_report(outcome(text), "prog.cpp") is None
