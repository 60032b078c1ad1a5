"""Sums of costs, ranges of figures, and what a clock is certain of."""

import pytest

from pie_lsp.values.measurement import Baseline, Cost, Interval, LayoutFigure, LayoutRange, NativeAdvice


def test_the_total_is_the_sum_over_the_tests() -> None:
    costs = (Cost(10**18, "cycles"), Cost(1, "cycles"), Cost(0, "cycles"))
    assert Baseline("estimate", "skylake/1", "cycles", 5, costs).total == 10**18 + 1
    assert Baseline("estimate", "skylake/1", "cycles", 5, ()).total == 0


def test_a_range_reaches_from_the_least_to_the_greatest_gain() -> None:
    figures = tuple(LayoutFigure(str(speedup), 100, 50, speedup) for speedup in (1.5, 1.2, 1.9))
    layouts = LayoutRange(figures)
    assert (layouts.low, layouts.high) == (1.2, 1.9)


@pytest.mark.parametrize(
    ("interval", "slower"),
    [(Interval(0.7, 0.99), True), (Interval(0.7, 1.0), False), (Interval(1.1, 1.2), False), (None, False)],
)
def test_a_clock_is_certain_where_its_whole_interval_is_below_one(
    interval: Interval | None, slower: bool
) -> None:
    assert NativeAdvice("words", 0.9, interval).slower is slower
