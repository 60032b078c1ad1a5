"""What sanitizers say is read for what it is."""

import pytest

from pie_lsp.sandbox.contract import Ending, Outcome
from pie_lsp.verify.reports import Finding, find_report


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
