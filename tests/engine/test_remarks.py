"""What both faces say of a suggestion beside its headline."""

import pytest

from pie_lsp.engine.clock import TOO_SHORT
from pie_lsp.engine.remarks import calls_in_words, figure, folded, remarks, short_figure
from pie_lsp.values.candidate import ProposerKind, Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.measurement import Comparison, Interval, NativeAdvice, SystemCalls
from pie_lsp.values.report import Rejected, Rejection, Stage, Suggestion
from pie_lsp.values.span import Span

HEADLINE = "3.40x faster [3.31, 3.60 over 4 layouts], estimated Skylake cycles, 12 tests"
FASTER = NativeAdvice("this machine 2.10x [1.90, 2.30]", 2.1, Interval(1.9, 2.3))
SLOWER = NativeAdvice("slower on this machine: 0.80x [0.75, 0.86]", 0.8, Interval(0.75, 0.86))


def suggestion(
    native: NativeAdvice | None = None,
    calls: SystemCalls | None = None,
    headline: str = HEADLINE,
    system_time: bool = False,
    notes: tuple[str, ...] = (),
) -> Suggestion:
    function = FunctionRef("f", "f", 1, Span(0, 9), Span(0, 4), Span(0, 4), Span(4, 9), "f" * 64)
    return Suggestion(
        rank=1,
        title="Append",
        explanation="",
        function=function,
        provenance=Provenance("S1", "1"),
        edit=Edit(Span(0, 1), b""),
        new_source=b"",
        new_text=b"",
        comparison=Comparison((), (), 3.4, 3.4),
        tests_passed=12,
        tests_total=12,
        assurance="",
        headline=headline,
        notes=notes,
        system_calls=calls,
        system_time=system_time,
        native=native,
    )


def test_the_clock_stands_behind_the_model() -> None:
    assert figure(suggestion()) == HEADLINE
    assert figure(suggestion(FASTER)) == f"{HEADLINE}; this machine 2.10x [1.90, 2.30]"
    assert figure(suggestion(SLOWER)) == f"{HEADLINE}; slower on this machine: 0.80x [0.75, 0.86]"


def test_without_a_figure_the_title_says_nothing_of_the_clock_and_a_remark_does() -> None:
    short = suggestion(NativeAdvice(TOO_SHORT), notes=("A note.",))
    assert figure(short) == HEADLINE
    assert remarks(short) == ("A note.", "Too short to time on this machine.")
    assert remarks(suggestion(FASTER)) == ()


def test_a_gain_in_system_time_is_not_said_twice() -> None:
    headline = "3.10x less processor time on this machine (system time; 40,012 -> 12 system calls), 6 tests"
    found = suggestion(FASTER, SystemCalls(40_012, 12), headline, system_time=True)
    assert figure(found) == headline
    (remark,) = remarks(found)
    assert remark.startswith(
        "40,012 -> 12 system calls, for which the model charges nothing (it says 3.40x); "
    )


@pytest.mark.parametrize(
    ("native", "said"),
    [
        (FASTER, "; user and system time on this machine 2.10x [1.90, 2.30] less."),
        (SLOWER, "; user and system time on this machine 1.25x [1.16, 1.33] more."),
        (NativeAdvice(TOO_SHORT), "; too short to time on this machine."),
        (None, "."),
    ],
)
def test_a_change_of_the_system_calls_is_told_with_the_time(native: NativeAdvice | None, said: str) -> None:
    calls = "40,012 -> 12 system calls, for which the model charges nothing"
    assert remarks(suggestion(native, SystemCalls(40_012, 12))) == (calls + said,)


def test_system_calls_that_stay_are_not_told() -> None:
    assert remarks(suggestion(FASTER, SystemCalls(12, 12))) == ()
    assert calls_in_words(SystemCalls(1234, 5)) == "1,234 -> 5 system calls"


@pytest.mark.parametrize(
    ("headline", "short"),
    [
        (HEADLINE, "3.40x faster"),
        ("3.40x faster, estimated Skylake cycles, 12 tests", "3.40x faster"),
        (
            "3.10x less processor time on this machine (system time; 40,012 -> 12 system calls), 6 tests",
            "3.10x less processor time on this machine",
        ),
    ],
)
def test_the_short_figure_has_no_brackets(headline: str, short: str) -> None:
    assert short_figure(suggestion(headline=headline)) == short


def rejected(number: int, proposer: str, kind: ProposerKind, reason: str = "Another says it.") -> Rejected:
    rejection = Rejection(Stage.IDENTICAL, reason)
    return Rejected("f", f"Rewrite f (sample {number})", Provenance(proposer, "1", kind), rejection)


def test_answers_of_one_model_that_fell_for_one_reason_are_one_with_a_count() -> None:
    model, rule = ProposerKind.MODEL, ProposerKind.RULE
    equal = [rejected(number, "m", model) for number in range(7)]
    other = rejected(7, "m", model, "It is empty.")
    rules = [rejected(8, "S1", rule), rejected(8, "S1", rule)]
    another = rejected(9, "n", model)
    assert folded([equal[0], other, *rules, *equal[1:], another]) == [
        (equal[0], 7),
        (other, 1),
        (rules[0], 1),
        (rules[1], 1),
        (another, 1),
    ]
    assert folded([]) == []
