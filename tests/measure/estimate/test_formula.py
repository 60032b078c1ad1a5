import pytest
from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.measure.compare import CLOCK_READS, SYSTEM_CALLS
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
blocks = st.builds(BlockCounts, st.integers(0, 1 << 40), numbers, numbers, numbers, numbers, numbers, codes)


def counters(*found: BlockCounts, clock_calls: int = 0, system_calls: int = 0) -> Counters:
    return Counters(0x401000, False, clock_calls, system_calls, found)


def test_the_coefficients_of_both_machines() -> None:
    """Fitted on 64 programs in gem5; hundredths of a cycle."""
    assert {machine.name: machine.prices for machine in machines()} == {
        "skylake-verbatim": (339, 33, 2260, 4360, 12050, 550),
        "skylake-pie": (74, 29, 2370, 1770, 14000, 880),
    }
    assert machines()[0].name == "skylake-verbatim"


def test_each_counter_costs_its_coefficient() -> None:
    cost = cost_of(
        counters(BlockCounts(0, 100, 200, 300, 400, 500, DIVIDES)), DECODER, VERBATIM, lambda _: "f"
    )
    assert cost.parts == (
        CostPart("fetch blocks", 200, 678),
        CostPart("micro-operations", 2000, 660),
        CostPart("mispredicted branches", 300, 6780),
        CostPart("store misses", 400, 17440),
        CostPart("L3 misses", 500, 60250),
        CostPart("divisions", 100, 550),
        CostPart(SYSTEM_CALLS, 0, 0),
    )
    assert cost.amount == 678 + 660 + 6780 + 17440 + 60250 + 550


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
    found = [BlockCounts(address, address, 1, 0, 0, 0, NOPS) for address in (10, 30, 20)]
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
    cheap = Machine("cheap", 1, "", (100, 0, 0, 0, 0, 0))
    assert cost_of(counters(BlockCounts(0, 1, 7, 9, 9, 9, NOPS)), DECODER, cheap, lambda _: "f").amount == 7
