from dataclasses import replace

from pie_lsp.measure.compare import SYSTEM_CALLS
from pie_lsp.measure.explain import explain
from pie_lsp.measure.gem5.cost import cost_of
from pie_lsp.measure.gem5.schema import Answer, Counts

COUNTS = Counts(
    instructions=37_720,
    micro_ops=77_312,
    mispredicted_branches=659,
    fetch_stall_cycles=96_047,
    l1d_store_misses=162,
    l3_misses=1_099,
    system_calls=19,
)
ANSWER = Answer(63_808_316, 223_106, 0, "", "", "", COUNTS, None)


def test_the_amount_is_gem5s_own_and_the_parts_sum_to_it() -> None:
    for cycles in (0, 1, 7, 223_106, 10**12 + 1):
        cost = cost_of(replace(ANSWER, cycles=cycles))
        assert (cost.amount, cost.unit) == (cycles, "cycles")
        assert sum(part.amount for part in cost.parts) == cycles
        assert all(part.amount >= 0 for part in cost.parts)


def test_counts_are_told_as_they_are() -> None:
    counts = {part.name: part.count for part in cost_of(ANSWER).parts}
    assert counts["micro-operations"] == 77_312
    assert counts["mispredicted branches"] == 659
    assert counts[SYSTEM_CALLS] == 19


def test_system_calls_cost_nothing() -> None:
    more = replace(ANSWER, counts=replace(COUNTS, system_calls=10_000))
    calls = next(part for part in cost_of(more).parts if part.name == SYSTEM_CALLS)
    assert (calls.count, calls.amount) == (10_000, 0)


def test_a_run_without_events_has_a_cost_without_parts_of_it() -> None:
    empty = replace(ANSWER, cycles=5, counts=Counts(*([0] * 7)))
    assert cost_of(empty).amount == 5


def test_a_gain_is_explained_by_what_became_less() -> None:
    fewer = replace(ANSWER, cycles=215_000, counts=replace(COUNTS, mispredicted_branches=5))
    assert explain([cost_of(ANSWER)], [cost_of(fewer)]).startswith("mispredicted branches gone")
