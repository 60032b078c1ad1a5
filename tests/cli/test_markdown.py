"""The comment says what there is, and nothing in it acts but what we wrote."""

import dataclasses
from pathlib import Path

from pie_lsp.cli.markdown import MOST_CHARACTERS, fenced, plain, review_comment
from pie_lsp.cli.outcome import FileOutcome, Outcomes

from .conftest import make_report

SOURCE = b"void f(int s) {\r\n    s = s + 1; // ```\r\n}\r\n"


def outcome(path: Path, title: str = "Append with +=") -> FileOutcome:
    report = make_report(path, SOURCE, b"s = s + 1", b"s += 1")
    best = dataclasses.replace(report.suggestions[0], title=title)
    return FileOutcome(path, SOURCE, dataclasses.replace(report, suggestions=(best,)))


def test_it_has_a_table_the_diff_and_what_was_rejected_behind_a_fold(tmp_path: Path) -> None:
    files = (outcome(tmp_path / "src" / "a.cpp"), FileOutcome(tmp_path / "b.cpp", problem="No main."))
    comment = review_comment(Outcomes(tmp_path.resolve(), files))
    assert comment.startswith("### pie-lsp: 1 faster version, each compiled")
    assert "| **2.00x** | 2/2 | f | src/a.cpp:1 | Append with += |" in comment
    assert "````diff\n--- a/src/a.cpp\n+++ b/src/a.cpp\n" in comment
    assert "\n-    s = s + 1; // ```\n+    s += 1; // ```\n" in comment
    assert comment.count("````") == 2
    assert "<summary>src/a.cpp: not offered</summary>\n\n- f: Reserve (S1): slower: it is slower" in comment
    assert "<summary>b.cpp: not offered</summary>\n\n- not worked on: No main." in comment


def test_without_a_suggestion_it_says_so() -> None:
    assert review_comment(Outcomes(Path("/"), ())) == "### pie-lsp: nothing faster is offered\n"


def test_nothing_of_a_source_or_a_model_acts_as_markdown(tmp_path: Path) -> None:
    evil = "</details><img src=x onerror=y> | `x` [a](http://b) @everyone #1 www.c.d\n# x\x1b[2J\u202e"
    said = plain(evil)
    assert not set(said) & set("<>|`[@\n\x1b\u202e")
    assert "://" not in said and "www." not in said
    comment = review_comment(Outcomes(tmp_path.resolve(), (outcome(tmp_path / "a.cpp", evil),)))
    assert "<img" not in comment and "@everyone" not in comment
    (row,) = (line for line in comment.split("\n") if line.startswith("| **"))
    assert row.count("|") == 6


def test_no_line_ends_its_block() -> None:
    assert fenced("```\n`````\n", "diff") == "``````diff\n```\n`````\n``````\n"


def test_a_comment_fits_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    files = tuple(outcome(tmp_path / f"{number}.cpp", "x" * 400) for number in range(300))
    comment = review_comment(Outcomes(tmp_path.resolve(), files))
    assert "The diff is left out" in comment
    assert "more |" in comment and "more parts are left out" in comment
    assert len(comment) < 65_536
    small = review_comment(Outcomes(tmp_path.resolve(), files[:3]))
    assert "left out" not in small
    assert MOST_CHARACTERS < 65_536
