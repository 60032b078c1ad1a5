import dataclasses
import io
import sys
from pathlib import Path

import pytest

from pie_lsp.cli.report import print_report
from pie_lsp.cli.terminal import visible
from pie_lsp.values.candidate import ProposerKind, Provenance
from pie_lsp.values.report import Rejected, Rejection, Stage

from .conftest import make_report

SOURCE = "void f(int &s) {\n    // größer \x1b[31m\n    s = s + 1;\n}\n".encode()


def _printed(monkeypatch: pytest.MonkeyPatch, encoding: str) -> str:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding, errors="backslashreplace"))
    print_report(make_report(Path("/x/a.cpp"), SOURCE, b"s = s + 1", b"s += 1"), SOURCE)
    sys.stdout.flush()
    return raw.getvalue().decode(encoding)


def test_it_says_what_a_person_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = _printed(monkeypatch, "utf-8")
    for words in (
        "2.00x",
        "2.50x",
        "2/2",
        "f@1",
        "2.00x faster, estimated Skylake cycles, 2 tests; this machine 2.10x [1.90, 2.30]",
        "note: 4,154 -> 112 system calls, for which the model charges nothing; user and system time",
        "sanitizers clean",
        "left out: 3: the original prints something else",
        "1,000 cycles in sum, 10 % of it start-up",
        "Reserve (S1): not faster by enough: it is slower",
        "An advice.",
        "\n-    s = s + 1;\n+    s += 1;\n",
    ):
        assert words in printed


def test_control_characters_of_a_source_do_not_reach_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = _printed(monkeypatch, "utf-8")
    assert "\x1b" not in printed
    assert "größer \\x1b[31m" in printed


def test_a_terminal_without_utf8_shows_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = _printed(monkeypatch, "ascii")
    assert "gr\\xf6\\xdfer" in printed
    assert "2.00x" in printed


def test_visible_keeps_tabs_and_line_ends() -> None:
    assert visible("a\tb\nc\x07\u202e\x9b") == "a\tb\nc\\x07\\u202e\\x9b"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (0.925, 0.034, "share: f: 92 % of the program's cost before, 3.4 % after"),
        (0.925, None, "share: f: 92 % of the program's cost before\n"),
        (None, None, None),
    ],
)
def test_the_shares_of_the_function_are_said(
    monkeypatch: pytest.MonkeyPatch, before: float | None, after: float | None, words: str | None
) -> None:
    report = make_report(Path("/x/a.cpp"), SOURCE, b"s = s + 1", b"s += 1")
    best = dataclasses.replace(report.suggestions[0], share_before=before, share_after=after)
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, "utf-8"))
    print_report(dataclasses.replace(report, suggestions=(best,)), SOURCE)
    sys.stdout.flush()
    printed = raw.getvalue().decode()
    assert ("share:" in printed) is (words is not None)
    assert words is None or words in printed


def test_equal_answers_of_a_model_are_one_line_with_their_count(monkeypatch: pytest.MonkeyPatch) -> None:
    report = make_report(Path("/x/a.cpp"), SOURCE, b"s = s + 1", b"s += 1")
    provenance = Provenance("m/few-shot", "1", ProposerKind.MODEL)
    repeated = Rejection(Stage.IDENTICAL, "Another answer says the same.")
    equal = tuple(Rejected("f", f"sample {number}", provenance, repeated) for number in range(2, 9))
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, "utf-8"))
    print_report(dataclasses.replace(report, rejected=(*report.rejected, *equal)), SOURCE)
    sys.stdout.flush()
    lines = [line for line in raw.getvalue().decode().splitlines() if line.startswith("rejected:")]
    assert lines == [
        "rejected: f: Reserve (S1): not faster by enough: it is slower",
        "rejected: f: 7 answers (m/few-shot): identical code: Another answer says the same.",
    ]
