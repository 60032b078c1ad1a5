import pytest

from pie_lsp.measure.compare import CLOCK_READS, SYSTEM_CALLS, UNREAD_DIVISIONS, compared
from pie_lsp.measure.gate import (
    LARGER_INPUT,
    UNSTEADY,
    Verdict,
    decide,
    decide_by_clock,
    may_gain_in_the_system,
    system_calls,
)
from pie_lsp.values.measurement import Baseline, Comparison, Cost, CostPart, Interval, SystemCalls
from pie_lsp.values.settings import MIN_SPEEDUP


def costs(*amounts: int) -> tuple[Cost, ...]:
    return tuple(Cost(amount, "cycles") for amount in amounts)


def baseline(floor: int, *amounts: int) -> Baseline:
    return Baseline("estimate", "skylake-verbatim/1", "cycles", floor, costs(*amounts))


def judge(old: int, new: int, floor: int, least: float = MIN_SPEEDUP) -> Verdict:
    return decide(compared(costs(old), costs(new), floor), baseline(floor, old), least, is_clock=False)


@pytest.mark.parametrize(
    ("new", "offered"), [(5000, True), (9090, True), (9091, False), (10000, False), (12000, False)]
)
def test_the_gate_is_a_ratio_of_1_10(new: int, offered: bool) -> None:
    verdict = judge(10000, new, floor=100)
    assert verdict.offered is offered
    assert verdict.ratio == 10000 / new
    assert verdict.notes == ()
    assert bool(verdict.reason) is not offered


def test_the_gate_is_the_one_that_was_asked_for() -> None:
    assert not judge(10000, 5000, floor=100, least=2.5).offered
    assert "at least 2.50x" in judge(10000, 5000, floor=100, least=2.5).reason
    assert "slower, 0.50x" in judge(10000, 20000, floor=100).reason


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (9091, "faster by too little, 1.0999x"),
        (9524, "faster by too little, 1.05x"),
        (9999, "no faster, 1.00x"),
        (10049, "no faster, 1.00x"),
        (10060, "slower, 0.99x"),
    ],
)
def test_a_reason_does_not_contradict_itself(new: int, said: str) -> None:
    reason = judge(10000, new, floor=100).reason
    assert reason == f"It is {said}; at least 1.10x is asked for."


@pytest.mark.parametrize(("floor", "tiny"), [(5000, False), (5001, True)])
def test_above_half_of_floor_the_net_figure_is_judged(floor: int, tiny: bool) -> None:
    verdict = judge(10000, 8000, floor)
    assert verdict.offered
    assert verdict.ratio == pytest.approx((10000 - floor) / (8000 - floor) if tiny else 1.25)
    assert verdict.notes == ((LARGER_INPUT,) if tiny else ())


def test_the_floor_of_every_test_counts() -> None:
    comparison = compared(costs(1000, 1000, 1000), costs(800, 800, 800), floor=600)
    verdict = decide(comparison, baseline(600, 1000, 1000, 1000), MIN_SPEEDUP, is_clock=False)
    assert verdict.ratio == comparison.speedup_net == 2.0


def test_a_net_figure_below_the_gate_is_not_offered() -> None:
    assert not judge(10000, 9700, floor=6000).offered


@pytest.mark.parametrize("old", [6000, 6100, 6599])
def test_where_hardly_anything_but_start_up_is_left_nothing_is_said(old: int) -> None:
    verdict = judge(old, 6010, floor=6000)
    assert not verdict.offered
    assert "hardly more than starting the program" in verdict.reason
    assert "Add a larger input" in verdict.reason


def test_a_program_that_costs_nothing_is_not_faster() -> None:
    assert not judge(0, 0, floor=0).offered


def timed(speedup: float, low: float, high: float, control: tuple[float, float]) -> Comparison:
    return Comparison(
        costs(1000), costs(500), speedup, speedup, Interval(low, high), Interval(control[0], control[1])
    )


@pytest.mark.parametrize(
    ("low", "control", "offered"),
    [
        (1.30, (0.98, 1.02), True),
        (1.10, (0.98, 1.02), False),
        (1.05, (0.98, 1.02), False),
        (1.30, (0.98, 1.31), False),
        (1.30, (0.70, 1.02), False),
        (1.30, (0.98, 1.29), True),
    ],
)
def test_a_clock_needs_its_whole_interval_above_the_gate_and_the_control(
    low: float, control: tuple[float, float], offered: bool
) -> None:
    comparison = timed(1.5, low, 1.7, control)
    verdict = decide(comparison, baseline(0, 1000), MIN_SPEEDUP, is_clock=True)
    assert verdict.offered is offered
    assert verdict.ratio == 1.5
    if not offered:
        assert "on this machine" in verdict.reason


def test_a_clock_is_never_trusted_below_1_10() -> None:
    comparison = timed(1.07, 1.06, 1.08, (1.0, 1.0))
    assert not decide(comparison, baseline(0, 1000), 1.01, is_clock=True).offered
    assert not decide_by_clock(comparison, 1.01).offered


def calling(*calls: int) -> list[Cost]:
    return [Cost(1000, "cycles", (CostPart(SYSTEM_CALLS, count, 0),)) for count in calls]


def test_system_calls_are_summed_over_the_tests_and_unknown_where_nobody_counts_them() -> None:
    counted = compared(calling(40_000, 12), calling(6, 6), 0)
    assert system_calls(counted) == SystemCalls(40_012, 12)
    assert system_calls(compared(costs(5), costs(4), 0)) is None


@pytest.mark.parametrize(
    ("calls", "may"),
    [
        (SystemCalls(100, 10), True),
        (SystemCalls(99, 10), False),
        (SystemCalls(10, 0), True),
        (SystemCalls(0, 0), False),
        (SystemCalls(12, 12), False),
        (None, False),
    ],
)
def test_a_clock_is_asked_where_system_calls_fall_tenfold(calls: SystemCalls | None, may: bool) -> None:
    assert may_gain_in_the_system(calls) is may


def test_a_clock_without_a_control_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="control"):
        decide(compared(costs(2), costs(1), 0), baseline(0, 2), MIN_SPEEDUP, is_clock=True)


def test_a_program_that_reads_the_clock_is_said_to_vary() -> None:
    asks = Cost(10000, "cycles", (CostPart(CLOCK_READS, 1, 0),))
    comparison = compared([asks], [Cost(5000, "cycles")], floor=10)
    assert decide(comparison, baseline(10, 10000), MIN_SPEEDUP, is_clock=False).notes == (UNSTEADY,)


def test_divisions_that_could_not_be_read_are_doubted_where_they_matter() -> None:
    def costs(divisions: int) -> tuple[Cost, ...]:
        return (Cost(1_000_000, "cycles", (CostPart(UNREAD_DIVISIONS, divisions, 0),)),)

    def notes(divisions: int) -> tuple[str, ...]:
        comparison = compared(costs(divisions), (Cost(500_000, "cycles"),), 0)
        baseline = Baseline("estimate", "m", "cycles", 0, costs(divisions))
        return decide(comparison, baseline, 1.1, is_clock=False).notes

    assert notes(10) == ()
    (sentence,) = notes(1500)
    assert "divides much" in sentence and "8 % more" in sentence
