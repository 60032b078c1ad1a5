"""Loops assembled by hand whose recurrence is known, gone through by the machine of `skylake-verbatim`."""

from dataclasses import replace

import pytest

from pie_lsp.measure.estimate.counters import BlockCounts, Counters
from pie_lsp.measure.estimate.dependences import Dependences
from pie_lsp.measure.estimate.latencies import timing_of
from pie_lsp.measure.estimate.stretches import DIVIDED, LOADED, STORED, Event, Events, Passage
from pie_lsp.measure.estimate.waiting import with_waiting

DEPENDENCES = Dependences()

CHASE = "488b00"  # mov rax, [rax]
LOAD_OTHER = "488b06"  # mov rax, [rsi]
ACCUMULATE = "f20f58c1"  # addsd xmm0, xmm1
ADD_TO_FOUR = "f20f58c7f20f58cff20f58d7f20f58df"  # addsd of xmm7 into xmm0 to xmm3
MULTIPLY = "480fafc3"  # imul rax, rbx
ADD = "4801d8"  # add rax, rbx
CLEAR = "31c0"  # xor eax, eax
DIVIDE = "f7f1"  # div ecx
STORE_AND_LOAD = "488906488b06"  # mov [rsi], rax; mov rax, [rsi]
STORE_AND_LOAD_BESIDE = "488906488b4608"  # mov [rsi], rax; mov rax, [rsi + 8]
NEXT = "75fe"  # jne, three micro-operations
PACE = timing_of("skylake-verbatim")
ROUNDS = 200


def loop(code: str, events: Events = (), rounds: int = ROUNDS, mispredicted: bool = False) -> Counters:
    """So many iterations of a loop that lies in one fetch block."""
    block = BlockCounts(0x401000, rounds, 0, 0, 0, 0, 0, 0, 0, bytes.fromhex(code))
    return Counters(0x401000, False, 0, 0, True, (block,), ((Passage(0, mispredicted, events),) * ROUNDS,))


def waited(counters: Counters, machine: str = "skylake-verbatim") -> float:
    """Cycles an iteration."""
    found = with_waiting(counters, DEPENDENCES, timing_of(machine))
    assert found.stretches == ()
    return sum(block.waiting for block in found.blocks) / counters.blocks[0].count


def fetching(micro_ops: int) -> float:
    """Cycles in which so many micro-operations come."""
    return micro_ops * PACE.micro_operation / 100


def load(place: int, level: int = 0, address: int = 0x7000) -> Event:
    return place, LOADED + level, 8, address


def store(place: int, level: int = 0, address: int = 0x7000) -> Event:
    return place, STORED + level, 8, address


@pytest.mark.parametrize(
    ("code", "events", "recurrence", "micro_ops"),
    [
        (CHASE, (load(0),), 5, 1),
        (CHASE, (load(0, level=1),), 22, 1),
        (CHASE + NEXT, (load(0),), 5, 4),
        (ACCUMULATE, (), 4, 1),
        (MULTIPLY, (), 4, 3),
        (MULTIPLY + ADD, (), 5, 4),
        # gem5 knows no idioms, so clearing a register does not cut the chain.
        (MULTIPLY + CLEAR, (), 5, 4),
        (STORE_AND_LOAD, (store(0), load(1)), 3, 2),
        # Different bytes, but of the same 16: the load waits for the store, and then for the cache.
        (STORE_AND_LOAD_BESIDE, (store(0), load(1, address=0x7008)), 6, 2),
        (DIVIDE, ((0, DIVIDED, 0, 1),), 8, 10),
        (DIVIDE, ((0, DIVIDED, 0, 3),), 16.6, 20),
    ],
)
def test_a_chain_waits_for_what_its_recurrence_is_longer_than_its_fetching(
    code: str, events: Events, recurrence: float, micro_ops: int
) -> None:
    assert waited(loop(code, events)) == pytest.approx(recurrence - fetching(micro_ops), abs=0.3)


def test_independent_additions_do_not_wait_for_one_another() -> None:
    assert waited(loop(ACCUMULATE * 4)) == pytest.approx(4 * 4 - fetching(4), abs=0.3)
    assert waited(loop(ADD_TO_FOUR)) == pytest.approx(4 - fetching(4), abs=0.3)
    assert waited(loop(ADD_TO_FOUR + NEXT * 4)) == 0
    # The same loads from an address that no load makes.
    assert waited(loop(LOAD_OTHER, (load(0),))) == 0


def test_memory_apart_does_not_chain_and_stores_that_miss_are_written_one_after_another() -> None:
    apart = loop(STORE_AND_LOAD_BESIDE + NEXT * 4, (store(0), load(1, address=0x9000)))
    hit = loop("488906" + NEXT * 4, (store(0),))
    missed = loop("488906" + NEXT * 4, (store(0, level=1),))
    assert waited(apart) < 1
    assert waited(hit) == 0
    assert waited(missed) == pytest.approx(20 - fetching(13), abs=3)


def test_a_mispredicted_branch_waits_for_what_it_tests() -> None:
    tests_at_once = loop("4885db" + NEXT, mispredicted=True)
    tests_a_load = loop("483b1e" + NEXT, (load(0, level=2),), mispredicted=True)
    assert waited(tests_a_load) - waited(tests_at_once) == pytest.approx(70, abs=3)
    division = loop(DIVIDE, ((0, DIVIDED + 1, 0, 1),))
    assert waited(division) == pytest.approx(8, abs=1)


def test_the_machine_with_the_faster_cache_waits_less() -> None:
    chase = loop(CHASE, (load(0),))
    assert waited(chase) - waited(chase, "skylake-pie") == pytest.approx(3, abs=0.1)


def test_what_was_recorded_stands_for_the_whole_run() -> None:
    assert waited(loop(CHASE, (load(0),), rounds=10**9)) == pytest.approx(5 - fetching(1), abs=0.1)
    assert waited(replace(loop(CHASE, (load(0),)), stretches=())) == 0


def test_a_block_that_waits_is_told_from_one_that_does_not() -> None:
    chase = loop(CHASE, (load(0),))
    other = replace(chase.blocks[0], address=0x402000, code=bytes.fromhex(NEXT))
    (stretch,) = chase.stretches
    both = replace(
        chase, blocks=(*chase.blocks, other), stretches=(stretch, (Passage(1, False, ()),) * ROUNDS)
    )
    first, second = with_waiting(both, DEPENDENCES, PACE).blocks
    assert first.waiting > 0 == second.waiting


def test_the_functions_that_a_block_ran_under_share_what_it_waited() -> None:
    chase = loop(CHASE, (load(0),))
    (whole,) = with_waiting(chase, DEPENDENCES, PACE).blocks
    (block,) = chase.blocks
    shares = tuple(replace(block, count=count, under=under) for under, count in ((1, 50), (2, 150)))
    one, other = with_waiting(replace(chase, blocks=shares), DEPENDENCES, PACE).blocks
    assert one.waiting + other.waiting == whole.waiting
    assert abs(other.waiting - 3 * one.waiting) <= 3
