"""Candidates go through the sanitizers (tier T3)."""

from pathlib import Path
from typing import Any

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.sandbox.contract import Sandbox
from pie_lsp.values.report import Rejection, Stage
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.testing import TestCase, TestSuite
from pie_lsp.values.toolchain import Binary, BuildMode, Toolchain, TranslationUnit
from pie_lsp.verify.oracle import learn
from pie_lsp.verify.sanitizers import Clean, check_sanitized

LIMITS = RunLimits(cpu_seconds=2)


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
    unsound: Any,
    texts: tuple[str, ...],
    said: str | None,
) -> None:
    _, oracle = await unsound.learn(*texts)
    verdict = await check_sanitized(
        unsound.compiler, unsound.sandbox, unsound.unit, oracle, LIMITS, unsound.scratch
    )
    if said is None:
        assert isinstance(verdict, Clean)
        assert [one.test for one in verdict.unchecked] == [text for text in texts if text == "slow"]
    else:
        assert isinstance(verdict, Rejection) and verdict.stage is Stage.SANITIZERS
        assert verdict.reason.startswith(said.format(line=unsound.line_of(texts[-1])))


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
        assert isinstance(verdict, Rejection) == rejected
