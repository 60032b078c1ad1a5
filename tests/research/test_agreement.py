import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.research.agreement import NEAR, Agreement, Compared, agreement, kendall_tau, quantile
from pie_lsp.values.settings import MIN_SPEEDUP

speedups = st.floats(0.01, 100.0)
several = st.lists(st.tuples(speedups, speedups), min_size=2, max_size=12)
few_values = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=10)


def compared(*pairs: tuple[float, float]) -> list[Compared]:
    return [Compared(str(number), *pair) for number, pair in enumerate(pairs)]


@pytest.mark.parametrize(
    ("first", "second", "tau"),
    [
        ([1, 2, 3], [10, 20, 30], 1.0),
        ([1, 2, 3], [3, 2, 1], -1.0),
        # Of six pairs one is discordant: (5 - 1) / 6.
        ([1, 2, 3, 4], [1, 2, 4, 3], 4 / 6),
        # A tie in the first: of the two pairs that differ there both agree; three differ in the second.
        ([1, 1, 2], [1, 2, 3], 2 / math.sqrt(2 * 3)),
        ([1, 2, 3], [1, 2, 2], 2 / math.sqrt(3 * 2)),
        # The same tie in both is no pair of either.
        ([1, 1, 2], [5, 5, 6], 1.0),
        # Four ties of six in the first, three in the second; two pairs differ in both, one each way.
        ([0, 0, 0, 1], [1, 2, 3, 2], 0.0),
        ([1, 1, 1], [1, 2, 3], 0.0),
        ([1, 2, 3], [7, 7, 7], 0.0),
    ],
)
def test_kendalls_tau_by_hand(first: list[float], second: list[float], tau: float) -> None:
    assert kendall_tau(first, second) == pytest.approx(tau, abs=1e-15)


def test_as_many_figures_are_needed_on_both_sides() -> None:
    with pytest.raises(ValueError, match="zip"):
        kendall_tau([1.0, 2.0], [1.0])


@given(few_values)
def test_tau_is_bounded_symmetric_and_turns_with_its_side(pairs: list[tuple[int, int]]) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    tau = kendall_tau(first, second)
    assert -1 - 1e-12 <= tau <= 1 + 1e-12
    assert kendall_tau(second, first) == tau
    assert kendall_tau([-a for a in first], second) == -tau
    assert kendall_tau(first[::-1], second[::-1]) == tau
    # Only the order of the figures counts.
    assert kendall_tau([math.exp(a) for a in first], second) == tau


@given(st.lists(st.integers(0, 3), min_size=2, max_size=10))
def test_a_side_agrees_with_itself(side: list[int]) -> None:
    assert kendall_tau(side, side) == pytest.approx(1.0 if len(set(side)) > 1 else 0.0)


@pytest.mark.parametrize(
    ("count", "share", "value"),
    [(10, 0.9, 9), (11, 0.9, 10), (1, 0.9, 1), (10, 0.0, 1), (10, 1.0, 10), (4, 0.5, 2), (100, 0.9, 90)],
)
def test_a_quantile_is_one_of_the_values(count: int, share: float, value: int) -> None:
    assert quantile(range(1, count + 1), share) == value


@given(st.lists(st.integers(), min_size=1), st.floats(0.01, 1.0))
def test_a_quantile_is_the_smallest_that_is_large_enough(values: list[int], share: float) -> None:
    ordered = sorted(values)
    found = quantile(ordered, share)
    assert sum(value <= found for value in ordered) >= share * len(ordered)
    assert sum(value < found for value in ordered) < share * len(ordered)


def test_an_error_is_a_factor_and_the_same_both_ways() -> None:
    assert Compared("", 1.03, 1.0).error == pytest.approx(0.03)
    assert Compared("", 1.0, 1.03).error == pytest.approx(0.03)
    assert Compared("", 2.0, 8.0).error == pytest.approx(3.0)
    assert Compared("", 5.0, 5.0).error == 0.0


@pytest.mark.parametrize(
    ("estimated", "simulated", "share"),
    [
        (MIN_SPEEDUP, MIN_SPEEDUP, 0.0),
        (MIN_SPEEDUP, math.nextafter(MIN_SPEEDUP, 0), 0.5),
        (math.nextafter(MIN_SPEEDUP, 0), MIN_SPEEDUP, 0.5),
        (1.0999, 1.0001, 0.0),
        (9.0, 1.10, 0.0),
        (0.5, 2.0, 0.5),
    ],
)
def test_both_sides_of_the_threshold(estimated: float, simulated: float, share: float) -> None:
    assert agreement(compared((2.0, 2.0), (estimated, simulated))).disagree_at_110 == share


def test_what_is_said_of_some_pairs() -> None:
    found = agreement(compared((1.0, 1.0), (2.2, 2.0), (3.0, 3.6), (1.2, 1.3), (0.8, 0.7999)))
    errors = [0.8 / 0.7999 - 1, 1.3 / 1.2 - 1, 0.1, 0.2]
    assert found.pairs == 5
    assert found.kendall_tau == 1.0
    assert found.median_abs_log_ratio == pytest.approx(errors[1])
    assert found.p90_abs_log_ratio == found.worst_abs_log_ratio == pytest.approx(errors[3])
    # 1.0 and 1.3 lie near one; 0.7999 is just outside.
    assert NEAR == (0.8, 1.3)
    assert found.near == 2 / 5
    assert found.disagree_at_110 == 0.0


def test_the_worst_of_many_is_not_the_ninetieth_percentile() -> None:
    found = agreement(compared(*((1 + number / 100, 1.0) for number in range(1, 11))))
    assert found.median_abs_log_ratio == pytest.approx(0.055)
    assert found.p90_abs_log_ratio == pytest.approx(0.09)
    assert found.worst_abs_log_ratio == pytest.approx(0.10)


def test_the_order_of_the_pairs_does_not_count() -> None:
    pairs = compared((1.0, 1.1), (2.0, 1.9), (0.5, 0.7), (1.0, 1.2))
    assert len({agreement(order) for order in permutations(pairs)}) == 1


@given(several)
def test_what_holds_of_every_agreement(pairs: list[tuple[float, float]]) -> None:
    found = agreement(compared(*pairs))
    assert 0 <= found.median_abs_log_ratio <= found.worst_abs_log_ratio
    assert 0 <= found.p90_abs_log_ratio <= found.worst_abs_log_ratio
    assert 0 <= found.disagree_at_110 <= 1
    assert 0 <= found.near <= 1
    swapped = agreement(compared(*((b, a) for a, b in pairs)))
    assert swapped.kendall_tau == found.kendall_tau
    assert swapped.disagree_at_110 == found.disagree_at_110
    assert swapped.worst_abs_log_ratio == pytest.approx(found.worst_abs_log_ratio)


@given(st.lists(speedups, min_size=2, max_size=8, unique=True))
def test_an_estimate_that_is_right_agrees(values: list[float]) -> None:
    found = agreement(compared(*((value, value) for value in values)))
    assert found.kendall_tau == pytest.approx(1.0)
    assert found == Agreement(len(values), found.kendall_tau, 0.0, 0.0, 0.0, 0.0, found.near)


@pytest.mark.parametrize("count", [0, 1])
def test_one_pair_says_nothing(count: int) -> None:
    with pytest.raises(ValueError, match="two pairs"):
        agreement(compared((1.0, 1.0))[:count])
