from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.measure.compare import CLOCK_READS, SYSTEM_CALLS, UNREAD_DIVISIONS
from pie_lsp.measure.estimate.counters import BlockCounts, Counters
from pie_lsp.measure.estimate.decode import Decoder
from pie_lsp.measure.estimate.formula import PART_NAMES, Machine, cost_of, machine_named, machines
from pie_lsp.values.errors import SettingsError
from pie_lsp.values.measurement import CostPart

VERBATIM = machine_named("skylake-verbatim")
DECODER = Decoder()
DIVIDES = bytes.fromhex("f7f1")  # div ecx
NOPS = bytes.fromhex("9090")

numbers = st.integers(0, 10**15)
codes = st.sampled_from([DIVIDES, NOPS])


ZERO = BlockCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, b"")


def _block(address: int, counts: list[int], code: bytes) -> BlockCounts:
    count, entered, repeated, mispredicted, rounds, l3_misses, l3_hits, memory_stores, waiting = counts
    return BlockCounts(
        address,
        # A repetition is an execution too.
        count + repeated,
        entered,
        repeated,
        mispredicted,
        rounds,
        l3_misses,
        l3_hits,
        memory_stores,
        code,
        waiting=waiting,
    )


blocks = st.builds(_block, st.integers(0, 1 << 40), st.lists(numbers, min_size=9, max_size=9), codes)


def counters(*found: BlockCounts, clock_calls: int = 0, system_calls: int = 0) -> Counters:
    return Counters(0x401000, False, clock_calls, system_calls, True, found)


def block(address: int = 0, code: bytes = NOPS, count: int = 1, entered: int = 0) -> BlockCounts:
    return replace(ZERO, address=address, count=count, entered=entered, code=code)


def test_the_machines_and_their_calibration() -> None:
    assert [machine.name for machine in machines()] == ["skylake-verbatim", "skylake-pie"]
    for machine in machines():
        assert len(machine.prices) == len(PART_NAMES)
        assert all(price >= 0 for price in machine.prices)
        assert 0.0 < machine.expected_error < 0.2


def test_each_event_costs_its_price() -> None:
    priced = Machine("priced", 1, "", 0.05, tuple(range(100, 800, 100)))
    found = BlockCounts(
        address=8,
        count=100,
        entered=90,
        repeated=0,
        mispredicted=3,
        rounds=120,
        l3_misses=7,
        l3_hits=9,
        memory_stores=2,
        code=DIVIDES,
        waiting=8,
    )
    cost = cost_of(counters(found), DECODER, priced, lambda _: "f")
    assert cost.parts == (
        CostPart("fetch blocks", 90, 90),
        CostPart("micro-operations", 100 * 10 + 20 * 5, 2 * 1100),
        CostPart("mispredicted branches", 3, 3 * 3),
        CostPart("L3 misses", 7, 4 * 7),
        CostPart("L3 hits", 9, 5 * 9),
        CostPart("stores to memory", 2, 6 * 2),
        CostPart("cycles waiting for data", 8, 7 * 8),
        CostPart(SYSTEM_CALLS, 0, 0),
    )
    assert cost.amount == sum(part.amount for part in cost.parts)


def test_a_block_across_a_border_enters_two_fetch_blocks_but_a_repetition_none() -> None:
    code = NOPS * 6
    found = replace(ZERO, address=10, count=50, entered=40, repeated=30, code=code)
    fetches = cost_of(counters(found), DECODER, VERBATIM, lambda _: "f").parts[0]
    assert fetches.count == 40 + (50 - 30)


def test_a_division_whose_quotient_was_not_read_is_one_of_the_shortest() -> None:
    cost = cost_of(counters(block(code=DIVIDES, count=7)), DECODER, VERBATIM, lambda _: "f")
    assert cost.parts[1] == CostPart("micro-operations", 70, 70 * VERBATIM.prices[1] // 100)


@given(st.lists(blocks, max_size=20), st.integers(1, 5))
def test_parts_and_functions_sum_to_the_whole_which_is_the_exact_sum_rounded_down(
    found: list[BlockCounts], names: int
) -> None:
    cost = cost_of(counters(*found), DECODER, VERBATIM, lambda address: f"f{address % names}")
    assert sum(part.amount for part in cost.parts) == cost.amount
    assert sum(function.amount for function in cost.functions) == cost.amount
    priced = cost.parts[: len(PART_NAMES)]
    exact = sum(part.count * price for part, price in zip(priced, VERBATIM.prices, strict=True))
    assert cost.amount == exact // 100


@given(st.lists(blocks, max_size=8).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_the_blocks_does_not_matter(pair: tuple[list[BlockCounts], list[BlockCounts]]) -> None:
    one, other = (cost_of(counters(*found), DECODER, VERBATIM, lambda a: f"f{a % 3}") for found in pair)
    assert one == other


def test_functions_are_listed_by_what_they_cost() -> None:
    found = [block(address, count=address * 100) for address in (10, 30, 20)]
    cost = cost_of(counters(*found), DECODER, VERBATIM, lambda address: f"f{address}")
    assert [function.name for function in cost.functions] == ["f30", "f20", "f10"]


def test_reads_of_the_clock_are_named_and_cost_nothing() -> None:
    cost = cost_of(counters(clock_calls=3), DECODER, VERBATIM, lambda _: "f")
    assert cost.parts[-1] == CostPart(CLOCK_READS, 3, 0)
    assert len(cost.parts) == len(PART_NAMES) + 2


def test_system_calls_are_always_named_and_cost_nothing() -> None:
    cost = cost_of(counters(system_calls=40_012), DECODER, VERBATIM, lambda _: "f")
    assert cost.parts[-1] == CostPart(SYSTEM_CALLS, 40_012, 0)
    assert cost.amount == 0


def test_an_unknown_machine_is_said_with_those_there_are() -> None:
    with pytest.raises(SettingsError, match=r"'haswell'; known are skylake-verbatim, skylake-pie\."):
        machine_named("haswell")


def test_another_machine_has_other_prices() -> None:
    cheap = Machine("cheap", 1, "", 0.05, (100, *[0] * (len(PART_NAMES) - 1)))
    assert cost_of(counters(block(entered=7)), DECODER, cheap, lambda _: "f").amount == 7


def test_divisions_of_unknown_length_are_named_and_cost_nothing_more() -> None:
    found = counters(block(code=DIVIDES, count=7))
    known = cost_of(found, DECODER, VERBATIM, lambda _: "f")
    unknown = cost_of(replace(found, quotients=False), DECODER, VERBATIM, lambda _: "f")
    assert unknown.parts == (*known.parts, CostPart(UNREAD_DIVISIONS, 7, 0))
