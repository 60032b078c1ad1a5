"""What a model is told about a candidate that fell: short, and about its own lines."""

from pie_lsp.engine.feedback import of_build, of_speed, of_test
from pie_lsp.sandbox.contract import Ending, Outcome
from pie_lsp.values.edit import Edit
from pie_lsp.values.report import Rejection, Stage
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.span import Span
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import BuildFailure
from pie_lsp.verify.oracle import Answer, Oracle

SOURCE = b"int a;\nint b;\nint c;\nint d;\n"
EDITS = (Edit(Span(7, 13), b"wrod b;\nmoer b;"),)
DIAGNOSTICS = """\
In file included from /usr/include/x.h:1,
                 from a.cpp:1:
/usr/include/x.h:2:3: error: not mine
a.cpp:2:1: error: 'wrod' does not name a type; did you mean 'word'?
a.cpp:3:1: error: 'moer' does not name a type
a.cpp:5:1: error: elsewhere
"""


def test_errors_are_cut_to_the_own_lines() -> None:
    told = of_build(BuildFailure("It does not compile.", DIAGNOSTICS), "a.cpp", SOURCE, EDITS)
    assert told == (
        "The compiler refuses it:\n\nerror: 'wrod' does not name a type; did you mean 'word'?\nwrod b;\n"
        "error: 'moer' does not name a type\nmoer b;"
    )


def test_without_an_error_there_the_first_is_told() -> None:
    told = of_build(BuildFailure("It does not link: f.", "a.cpp:9:1: error: x\n"), "a.cpp", SOURCE, EDITS)
    assert told == "The compiler refuses it:\n\nIt does not link: f."


def oracle(name: str, given: bytes, printed: bytes) -> Oracle:
    outcome = Outcome(Ending.EXITED, 0, None, printed, b"", 0.1)
    return Oracle((Answer(TestCase(name, given), outcome, RunLimits()),), ())


def test_of_a_test_the_beginning_is_told() -> None:
    rejection = Rejection(
        Stage.TESTS, 'On test big its standard output differs: line 1 is "2" instead of "1".'
    )
    told = of_test(rejection, oracle("big", b"5\n" * 1000, b"1\n"))
    assert 'line 1 is "2" instead of "1"' in told
    assert "Input of that test:\n\n5\n5\n5\n5\n5\n…\n\nThe program has to print:\n\n1" in told
    assert of_test(rejection, oracle("other", b"", b"")) == f"It fails a test. {rejection.reason}"


def test_speed_is_told_with_what_is_wanted() -> None:
    assert of_speed(0.9, 1.1) == "It is right, but slower: 0.90x. It has to be at least 1.10x as fast."
    assert "hardly faster: 1.05x" in of_speed(1.05, 1.1)
