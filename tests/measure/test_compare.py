import pytest
from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.measure.compare import compared, net, ratio, total
from pie_lsp.values.measurement import Cost

amounts = st.lists(st.integers(0, 10**12), min_size=1, max_size=6)


def costs(*found: int) -> list[Cost]:
    return [Cost(amount, "cycles") for amount in found]


def test_the_speedup_is_the_ratio_of_the_sums() -> None:
    comparison = compared(costs(100, 900), costs(50, 200), floor=10)
    assert comparison.speedup == 1000 / 250
    assert comparison.speedup_net == 980 / 230
    assert (comparison.old, comparison.new) == (tuple(costs(100, 900)), tuple(costs(50, 200)))
    assert comparison.interval is None
    assert comparison.control is None


def test_different_numbers_of_tests_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="2 old costs and 1 new"):
        compared(costs(1, 2), costs(1), floor=0)


def test_what_is_below_the_floor_counts_as_little_and_not_as_nothing() -> None:
    assert net(1000, 400) == 600
    assert net(1000, 999) == net(10, 999) == 999 // 50
    # Both at the floor: the same, not a division by nothing.
    assert compared(costs(1000), costs(990), floor=1000).speedup_net == 1.0


@given(amounts, st.integers(0, 10**9))
def test_nothing_is_divided_by_zero_and_equal_costs_are_no_gain(found: list[int], floor: int) -> None:
    same = compared(costs(*found), costs(*found), floor)
    assert same.speedup == same.speedup_net == 1.0
    free = compared(costs(*found), costs(*[0] * len(found)), floor)
    assert free.speedup >= 1.0
    assert total(costs(*found)) == sum(found)


def test_a_ratio_is_finite_whatever_is_divided() -> None:
    assert (ratio(6, 3), ratio(0, 0), ratio(5, 0), ratio(0, 5)) == (2.0, 1.0, 5.0, 0.0)
