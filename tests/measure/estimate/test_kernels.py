"""Real runs of loops whose counters are known, so that the plug-in's own counting is under test."""

from dataclasses import dataclass

import pytest

from pie_lsp.measure.estimate.backend import EstimateBackend
from pie_lsp.values.measurement import Cost
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary


@dataclass
class Counted:
    """What `more` further rounds of one kernel added to every count."""

    estimate: EstimateBackend
    kernels: Binary

    async def cost(self, kernel: str, rounds: int) -> Cost:
        text = f"{kernel} {rounds}\n"
        return await self.estimate.measure(self.kernels, TestCase(text, text.encode()))

    async def added(self, kernel: str, few: int, many: int) -> dict[str, int]:
        less, more = await self.cost(kernel, few), await self.cost(kernel, many)
        return {b.name: b.count - a.count for a, b in zip(less.parts, more.parts, strict=True)}


@pytest.fixture
def counted(estimate: EstimateBackend, kernels: Binary) -> Counted:
    return Counted(estimate, kernels)


async def test_fetch_blocks_and_micro_operations_of_a_plain_loop(counted: Counted) -> None:
    added = await counted.added("fetches", 2000, 5000)
    # 96 one-byte nops fill six aligned blocks of 16 bytes, and the end of the loop is in a seventh.
    assert added["fetch blocks"] == 7 * 3000
    assert added["micro-operations"] == (96 + 1 + 3) * 3000
    assert (added["mispredicted branches"], added["L3 misses"]) == (0, 0)


async def test_divisions(counted: Counted) -> None:
    added = await counted.added("divides", 2000, 5000)
    assert added["micro-operations"] == (1 + 1 + 1 + 10 + 1 + 3) * 3000


@pytest.mark.parametrize(("ones", "rounds"), [(1, 1), (6, 1), (7, 2), (14, 3), (30, 7), (32, 8)])
async def test_the_rounds_of_a_division_follow_from_its_quotient(
    counted: Counted, ones: int, rounds: int
) -> None:
    added = await counted.added(f"quotients{ones}", 2000, 5000)
    assert added["micro-operations"] == (1 + 1 + 1 + 10 + 5 * (rounds - 1) + 1 + 3) * 3000


@pytest.mark.parametrize(("ones", "rounds"), [(1, 1), (4, 1), (5, 2), (6, 2), (7, 3), (8, 3)])
async def test_a_division_of_bytes_takes_half_as_many_steps_in_a_round(
    counted: Counted, ones: int, rounds: int
) -> None:
    added = await counted.added(f"bytes{ones}", 2000, 5000)
    assert added["micro-operations"] == (2 + 1 + 8 + 5 * (rounds - 1) + 1 + 3) * 3000


@pytest.mark.parametrize(("kernel", "stores"), [("stores", 3000), ("loads", 0)])
async def test_new_lines_miss_every_cache(counted: Counted, kernel: str, stores: int) -> None:
    added = await counted.added(kernel, 2000, 5000)
    assert (added["L3 misses"], added["L3 hits"], added["stores to memory"]) == (3000, 0, stores)


async def test_lines_that_l2_has_no_room_for_come_from_l3(counted: Counted) -> None:
    added = await counted.added("rings", 24576, 3 * 24576)
    assert added["L3 misses"] == 0
    assert 2 * 24576 <= added["L3 hits"] <= 2 * 24576 + 100


async def test_a_chain_waits_and_as_many_equal_instructions_that_are_apart_do_not(counted: Counted) -> None:
    chained, apart = await counted.added("chains", 2000, 9000), await counted.added("spreads", 2000, 9000)
    for name in ("fetch blocks", "micro-operations"):
        assert chained[name] == apart[name]
    # Eight multiplications, of four cycles each, beside the fetching of 8 * 3 + 4 micro-operations.
    fetching = 3 * chained["fetch blocks"] / 7000 + 0.28 * chained["micro-operations"] / 7000
    assert chained["cycles waiting for data"] / 7000 == pytest.approx(8 * 4 - fetching, rel=0.1)
    assert apart["cycles waiting for data"] / 7000 < 0.5


async def test_half_of_the_tosses_are_mispredicted(counted: Counted) -> None:
    added = await counted.added("tosses", 2000, 8000)
    assert 0.4 < added["mispredicted branches"] / 6000 < 0.6


async def test_a_pattern_is_learned(counted: Counted) -> None:
    added = await counted.added("patterns", 2000, 8000)
    assert added["mispredicted branches"] < 60


async def test_a_repeated_string_instruction_counts_per_repetition_and_is_fetched_once(
    counted: Counted,
) -> None:
    added = await counted.added("strings", 1000, 2000)
    assert added["micro-operations"] == 4 * 1000
    assert added["fetch blocks"] == 0
    assert added["L3 misses"] == 1000 * 8 // 64


async def test_an_instruction_across_two_pages_counts_once(counted: Counted) -> None:
    added = await counted.added("crosses", 2000, 5000)
    # mov eax, then the long mov from one page into the next, dec and jnz: in two fetch blocks.
    assert added["micro-operations"] == (1 + 1 + 1 + 3) * 3000
    assert added["fetch blocks"] == 2 * 3000


async def test_each_system_call_is_counted_and_none_where_there_is_none(counted: Counted) -> None:
    assert (await counted.added("asks", 2000, 5000))["system calls"] == 3000
    assert (await counted.added("divides", 2000, 5000))["system calls"] == 0


async def test_cost_by_function_names_the_loop_and_sums_to_the_whole(counted: Counted) -> None:
    cost = await counted.cost("divides", 5000)
    assert cost.functions[0].name == "divides"
    assert sum(function.amount for function in cost.functions) == cost.amount
    assert sum(part.amount for part in cost.parts) == cost.amount
    assert {"main", "divides"} <= {function.name for function in cost.functions}


async def test_cycles_per_instruction_are_plausible(counted: Counted) -> None:
    """The model's are 1.3 to 2.0 for ordinary code; a loop of nops is fetched as fast as anything can be."""
    less, more = await counted.cost("divides", 2000), await counted.cost("divides", 5000)
    assert 1.3 < (more.amount - less.amount) / 3000 / 6 < 5.0
