"""Sums of costs."""

from pie_lsp.values.measurement import Baseline, Cost


def test_the_total_is_the_sum_over_the_tests() -> None:
    costs = (Cost(10**18, "cycles"), Cost(1, "cycles"), Cost(0, "cycles"))
    assert Baseline("estimate", "skylake/1", "cycles", 5, costs).total == 10**18 + 1
    assert Baseline("estimate", "skylake/1", "cycles", 5, ()).total == 0
