"""A report as the engine makes them, and the real console script."""

import dataclasses
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.text.edits import apply_edits, hull
from pie_lsp.text.source import detect
from pie_lsp.values.candidate import Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.measurement import (
    Baseline,
    Comparison,
    Cost,
    Interval,
    LayoutFigure,
    LayoutRange,
    NativeAdvice,
    SystemCalls,
)
from pie_lsp.values.report import OptimizeReport, Rejected, Rejection, Stage, Suggestion
from pie_lsp.values.span import Span
from pie_lsp.values.testing import LeftOut, TestCase, TestSuite
from pie_lsp.values.toolchain import Toolchain

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def pie_lsp() -> Run:
    """Runs the console script of this environment; keywords go to `subprocess.run`."""
    script = str(Path(sys.executable).parent / "pie-lsp")

    def run(
        *words: str | Path, environment: dict[str, str] | None = None, **keywords: object
    ) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(  # type: ignore[call-overload,no-any-return]
            [script, *map(str, words)],
            **{"capture_output": True, "stdin": subprocess.DEVNULL, "timeout": 300, **keywords},
            env={**os.environ, **(environment or {})},
        )

    return run


def make_report(path: Path, source: bytes, old: bytes, new: bytes) -> OptimizeReport:
    """What the engine would say of `source` when replacing `old` by `new` made it twice as fast."""
    at = source.index(old)
    edits = (Edit(Span(at, at + len(old)), new),)
    function = find_functions(parse(source)).functions[0].ref
    encoding = detect(source).encoding
    costs, halved = (Cost(900, "cycles"), Cost(100, "cycles")), (Cost(440, "cycles"), Cost(60, "cycles"))
    changed = apply_edits(source, edits)
    provenance = Provenance("S1", "1")
    suggestion = Suggestion(
        rank=1,
        title="Append with +=",
        explanation="Quadratic becomes linear.",
        function=function,
        provenance=provenance,
        edit=hull(source, edits, encoding),
        new_source=changed,
        new_text=changed[function.span.start : function.span.end + len(new) - len(old)],
        comparison=Comparison(costs, halved, 2.0, 2.5),
        tests_passed=2,
        tests_total=2,
        assurance="2 tests; sanitizers clean",
        headline="2.00x faster, estimated Skylake cycles, 2 tests",
        layouts=LayoutRange(
            (LayoutFigure("as built", 1000, 500, 2.0), LayoutFigure("code packed", 1100, 500, 2.2))
        ),
        system_calls=SystemCalls(4154, 112),
        native=NativeAdvice("this machine 2.10x [1.90, 2.30]", 2.1, Interval(1.9, 2.3)),
    )
    rejection = Rejection(Stage.SLOWER, "it is slower")
    return OptimizeReport(
        path=path,
        encoding=encoding,
        functions=(function,),
        refused=(),
        toolchain=Toolchain("/usr/bin/g++", "g++ 12", ("-O3",)),
        tests=TestSuite(
            "a.tests/ (2 tests)",
            (TestCase("1", b"1"), TestCase("2", b"2")),
            (LeftOut("3", "the original prints something else"),),
        ),
        baseline=Baseline("estimate", "skylake-verbatim/1", "cycles", 50, costs, 0.06),
        suggestions=(suggestion,),
        rejected=(Rejected(function.name, "Reserve", dataclasses.replace(provenance), rejection),),
        advice=("An advice.",),
        evidence="00ff",
        seconds=1.23456,
    )


SLOW = b"""\
#include <iostream>
#include <string>

std::string repeat(const std::string &word, int n) {
    std::string out;
    for (int i = 0; i < n; ++i) {
        out = out + word;
    }
    return out;
}

int main() {
    std::string word;
    int n = 0;
    std::cin >> word >> n;
    while (n < 0) {
        std::cin.clear();
    }
    std::cout << repeat(word, n).size() << '\\n';
}
"""
"""Quadratic in its second word, and endless where that is negative."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The program `SLOW` with two tests, as ``a program.cpp``."""
    path = tmp_path / "a program.cpp"
    path.write_bytes(SLOW)
    tests = tmp_path / "a program.tests"
    tests.mkdir()
    (tests / "small.in").write_bytes(b"ab 3\n")
    (tests / "small.out").write_bytes(b"6\n")
    (tests / "large.in").write_bytes(b"abcdefgh 3000\n")
    return path
