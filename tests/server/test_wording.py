from dataclasses import replace

import pytest

from pie_lsp.server import wording
from pie_lsp.values.edit import Edit
from pie_lsp.values.measurement import Interval, NativeAdvice, SystemCalls
from pie_lsp.values.span import Span

from .making import OLD, make_report, make_result, make_suggestion


def test_titles_carry_speedup_backend_tests_and_idea() -> None:
    best, second = make_result().suggestions
    assert wording.apply(best) == "3.40x faster, estimated Skylake cycles, 12 tests: Title 1"
    assert wording.preview(second) == "Preview: 2.40x faster, estimated Skylake cycles, 12 tests: Title 2"
    assert wording.optimize("f") == "Optimize 'f'"
    assert wording.cancel("f", "measuring 3/8") == "Cancel optimizing 'f' (measuring 3/8)"
    assert wording.verify_again("f").startswith("Verify again")


def test_found_counts_versions() -> None:
    best, second = make_result().suggestions
    assert wording.found([best]) == f"1 verified faster version: {best.headline}"
    assert wording.found([best, second]) == f"2 verified faster versions, best {best.headline}"


@pytest.mark.parametrize(
    ("advice", "expected"),
    [
        (
            ("No faster equivalent found: 3 failed tests.",),
            "'f': No faster equivalent found: 3 failed tests.",
        ),
        (("One.", "Two."), "'f': One. Two."),
        ((), "'f': No faster equivalent found."),
    ],
)
def test_the_end_of_a_job_without_suggestions(advice: tuple[str, ...], expected: str) -> None:
    assert wording.finished("f", make_report((), advice)) == expected


def test_the_end_of_a_job_with_suggestions() -> None:
    report = make_result().report
    assert wording.finished("f", report).startswith("'f': 2 verified faster versions, best 3.40x faster")
    assert "the program changed meanwhile" not in wording.finished("f", report)
    assert "the program changed meanwhile" in wording.finished("f", report, stale=True)


def test_the_hover_is_a_table_and_the_best_diff() -> None:
    result = make_result()
    text = wording.hover(result, markdown=True)
    assert "| 2 | 2.40x faster, estimated Skylake cycles, 12 tests | Title 2 |" in text
    assert "```diff\n--- a/a.cpp\n+++ b/a.cpp\n" in text and text.endswith("```")
    assert "-  slow();\n+  fast();" in text and "faster();" not in text
    assert "It does less." in text and "sanitizers clean" in text


def test_the_hover_without_markdown_has_no_markup() -> None:
    text = wording.hover(make_result(), markdown=False)
    assert "```" not in text and "|" not in text and "**" not in text
    assert "1. 3.40x faster" in text and "+  fast();" in text


def test_notes_stand_in_the_hover_and_bars_do_not_break_the_table() -> None:
    edit = Edit(Span(OLD.index("slow"), OLD.index("slow") + 4), b"fast")
    suggestion = replace(make_suggestion(1, edit, notes=("On tiny inputs.",)), title="Use a | b")
    text = wording.hover(make_result(suggestions=(suggestion,)), markdown=True)
    assert "On tiny inputs." in text and "Use a \\| b |" in text


def test_the_clock_of_this_machine_stands_in_titles_and_system_calls_in_the_hover() -> None:
    edit = Edit(Span(OLD.index("slow"), OLD.index("slow") + 4), b"fast")
    slower = NativeAdvice("slower on this machine: 0.80x [0.75, 0.86]", 0.8, Interval(0.75, 0.86))
    suggestion = replace(make_suggestion(1, edit), native=slower, system_calls=SystemCalls(4, 40))
    title = "3.40x faster, estimated Skylake cycles, 12 tests; slower on this machine: 0.80x [0.75, 0.86]"
    assert wording.apply(suggestion) == f"{title}: Title 1"
    assert wording.found([suggestion]) == f"1 verified faster version: {title}"
    text = wording.hover(make_result(suggestions=(suggestion,)), markdown=True)
    assert f"| 1 | {title} | Title 1 |" in text
    assert "4 -> 40 system calls" in text


def test_backticks_in_the_code_do_not_end_the_fence() -> None:
    old = OLD.replace("int g", "/* ````` */ int g")
    text = wording.hover(make_result(old), markdown=True)
    assert text.endswith("`" * 8) and text.count("`" * 8) == 2
    assert wording.longest_backticks("a``b```c`") == 3


def test_a_hover_says_what_became_of_the_share() -> None:
    result = make_result()
    best = replace(result.suggestions[0], share_before=0.925, share_after=0.13)
    result = replace(result, report=make_report((best,)))
    words = "Share of f: 92 % of the program's cost before, 13 % after."
    assert words in wording.hover(result, markdown=True).splitlines()
    assert words in wording.hover(result, markdown=False).splitlines()
    assert "Share of" not in wording.hover(make_result(), markdown=True)


def test_a_share_is_said_with_its_evidence() -> None:
    assert wording.share(0.37, 6, "estimate") == "37 % of the cost on 6 tests (estimate)"
    assert wording.share(0.0, 1, "estimate") == "0 % of the cost on 1 test (estimate)"


def test_what_is_the_same_of_several_functions_is_said_once() -> None:
    ends = [("f", "'f': 1 found."), ("g", "'g': broken."), ("h", "'h': broken."), ("i", "A defect.")]
    assert wording.joined(ends) == "'f': 1 found.\n'g', 'h': broken.\nA defect."


def test_a_long_message_becomes_a_line() -> None:
    assert wording.in_a_line("one\ntwo") == "one"
    line = wording.in_a_line("x" * 300)
    assert len(line) == 200 and line.endswith(" …")
    assert wording.in_a_line("") == ""
