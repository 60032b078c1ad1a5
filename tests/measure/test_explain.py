import pytest

from pie_lsp.measure.explain import explain
from pie_lsp.values.measurement import Cost, CostPart


def cost(**parts: int) -> Cost:
    """A cost whose parts cost ten for each of their counts."""
    found = tuple(CostPart(name.replace("_", " "), count, 10 * count) for name, count in parts.items())
    return Cost(sum(part.amount for part in found), "cycles", found)


def test_the_gain_of_the_issue() -> None:
    old = cost(fetch_blocks=3000, mispredicted_branches=1000)
    new = cost(fetch_blocks=1000, mispredicted_branches=0)
    assert explain([old], [new]) == "a third of the fetch blocks, mispredicted branches gone"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "divisions gone"),
        (10, "divisions gone"),
        (50, "divisions down to 5 %"),
        (100, "a tenth of the divisions"),
        (260, "a quarter of the divisions"),
        (500, "half of the divisions"),
        (760, "three quarters of the divisions"),
        (900, "10 % fewer divisions"),
    ],
)
def test_shares_in_words(count: int, words: str) -> None:
    assert explain([cost(divisions=1000)], [cost(divisions=count)]) == words


def test_small_savings_are_left_out_and_the_largest_comes_first() -> None:
    old = cost(divisions=100, store_misses=1000, fetch_blocks=3000)
    new = cost(divisions=0, store_misses=500, fetch_blocks=1500)
    assert explain([old], [new]) == "half of the fetch blocks, half of the store misses"


def test_what_grew_is_said_too() -> None:
    old = cost(fetch_blocks=3000, L3_misses=100, divisions=0)
    new = cost(fetch_blocks=1500, L3_misses=300, divisions=400)
    assert explain([old], [new]) == "half of the fetch blocks; but 3.0 times the L3 misses, new divisions"


def test_all_tests_count_together() -> None:
    old = [cost(fetch_blocks=1000), cost(fetch_blocks=3000)]
    new = [cost(fetch_blocks=1000), cost(fetch_blocks=1000)]
    assert explain(old, new) == "half of the fetch blocks"


def test_without_parts_or_without_a_gain_nothing_is_said() -> None:
    assert explain([Cost(10, "ns")], [Cost(5, "ns")]) == ""
    assert explain([cost(divisions=5)], [cost(divisions=6)]) == ""
    assert explain([], []) == ""
