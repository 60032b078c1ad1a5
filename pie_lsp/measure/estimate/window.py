"""One stretch of a run in an out-of-order machine: how much later it ends than its fetching alone would.

Instructions are fetched at the pace of the machine, wait for registers, for memory and for room in the
window, and are committed in order. Everything else, execution units and caches included, always has room.
All times are hundredths of a cycle. Knows no machine code and no files.

Sizes and widths are those of gem5's Skylake configuration (darchr/gem5-skylake-config); which loads
wait for which stores is learnt by store sets (Chrysos and Emer, "Memory Dependence Prediction using Store
Sets", ISCA 1998), as gem5's `o3/store_set.cc` does, but here no set is ever forgotten.
"""

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import NamedTuple

from pie_lsp.measure.estimate.dependences import ACCUMULATOR, REGISTERS, STACK_POINTER, Step
from pie_lsp.measure.estimate.latencies import Timing
from pie_lsp.measure.estimate.stretches import DIVIDED, LEVEL, STORED, Events, Passage

REORDER_BUFFER, ISSUE_QUEUE, STORE_QUEUE = 224, 97, 56
"""gem5's Skylake: micro-operations, micro-operations that wait, and stores."""
CYCLE = 100
DEPTH = 15 * CYCLE
"""From fetch to the issue queue."""
REFILL = 25 * CYCLE
"""From the resolution of a mispredicted branch until the pipeline is as full as it was."""
FORWARDED = 2 * CYCLE
"""From the data in the store queue to the load that wants them."""
ROUND, ROUND_MICRO_OPS = 430, 5
"""A further round of the loop that divides."""
WAITS = 3 * CYCLE
"""What starts later than this after it came has taken room in the issue queue."""
CHUNK_SHIFT = 4
"""gem5 takes a load and a store for dependent when they touch the same 16 bytes."""


@dataclass(frozen=True, slots=True)
class Code:
    """A block: its place among those of the run, its first and last fetch block, and its instructions."""

    number: int
    first: int
    last: int
    micro_ops: int
    steps: tuple[Step, ...]


class Late(NamedTuple):
    """What a passage added: fetch blocks entered, and time beyond fetching; less where it caught up."""

    block: int
    fetched: int
    time: int


class Stored(NamedTuple):
    """The last store to some bytes."""

    place: tuple[int, int]
    first: int
    last: int
    ready: int
    written: int


class StoreSets:
    """Loads that have overtaken a store once wait for it from then on (store sets, Chrysos and Emer 1998)."""

    def __init__(self) -> None:
        self._sets: dict[tuple[int, int], tuple[int, int]] = {}
        # The set of an instruction; None where it is in none.
        self.of = self._sets.get

    def join(self, load: tuple[int, int], store: tuple[int, int]) -> None:
        """Both are in one set now."""
        sets = self._sets
        joined = min(sets.get(load, store), sets.get(store, store))
        sets[load] = sets[store] = joined


class Window:
    """The machine at work on one stretch."""

    def __init__(self, timing: Timing, store_sets: StoreSets) -> None:
        self._timing = timing
        self._block, self._micro_operation = timing.fetch_block, timing.micro_operation
        self._store_sets = store_sets
        self._ready = [0] * REGISTERS
        self._fetch = 0
        self._commit = 0
        self._alone = 0
        self._last_block = -1
        self._resolved = 0
        self._late = 0
        self._entered = 0
        self._committed: list[tuple[int, int]] = []
        self._oldest = 0
        self._waiting: list[tuple[int, int]] = []
        self._waits = 0
        self._stores: list[int] = []
        self._written = 0
        self._stored: dict[int, Stored] = {}
        self._last_of_set: dict[tuple[int, int], int] = {}

    def run(self, passage: Passage, code: Code) -> Late:
        """Execute one block."""
        if passage.mispredicted:
            self._restart(self._resolved)
        fetched = code.last - code.first + (code.first != self._last_block)
        if code.first != self._last_block:
            self._take(self._timing.fetch_block)
        self._last_block = code.last
        self._make_room(code.micro_ops)
        events = passage.events
        at, count = 0, len(events)
        for place, step in enumerate(code.steps):
            if at == count or events[at][0] != place:
                self._step(step)
                continue
            mine = at
            while at < count and events[at][0] == place:
                at += 1
            self._step(step, (code.number, place), events[mine:at])
        self._committed.append((self._entered, self._commit))
        late = max(self._commit, self._fetch + DEPTH) - self._alone
        added, self._late = late - self._late, late
        return Late(code.number, fetched, added)

    def _take(self, time: int) -> None:
        self._fetch += time
        self._alone += time

    def _restart(self, resolved: int) -> None:
        """Fetching begins again when a mispredicted branch is resolved."""
        self._fetch = max(self._fetch, resolved - DEPTH)
        self._take(REFILL)

    def _make_room(self, micro_ops: int) -> None:
        """Fetching stops while the reorder buffer or the store queue is full."""
        self._entered += micro_ops
        until = self._fetch + DEPTH
        committed = self._committed
        while self._oldest < len(committed) and committed[self._oldest][0] < self._entered - REORDER_BUFFER:
            until = max(until, committed[self._oldest][1])
            self._oldest += 1
        if len(self._stores) >= STORE_QUEUE:
            until = max(until, self._stores[-STORE_QUEUE])
        self._fetch = until - DEPTH

    def _step(self, step: Step, place: tuple[int, int] = (0, 0), events: Events = ()) -> None:
        """Execute one instruction. Written without `max`, since it runs tens of thousands of times."""
        borders, micro_ops, sources, addresses, results, latency, quotient, moves_stack = step
        ready = self._ready
        took = borders * self._block + micro_ops * self._micro_operation
        self._alone += took
        came = self._fetch + took + DEPTH
        while self._waits + micro_ops > ISSUE_QUEUE and self._waiting:
            started, freed = heappop(self._waiting)
            self._waits -= freed
            came = max(came, started)
        self._fetch = came - DEPTH
        start = came
        for register in sources:
            if ready[register] > start:
                start = ready[register]
        if events:
            address = came
            for register in addresses:
                if ready[register] > address:
                    address = ready[register]
            done = self._with_events(latency, place, events, address, start)
        else:
            done = start + latency
        for register in results:
            ready[register] = done
        if quotient:
            ready[ACCUMULATOR] = done + quotient
        if moves_stack:
            ready[STACK_POINTER] = came + CYCLE
        self._resolved = done
        if done > self._commit:
            self._commit = done
        started = done - latency // 2
        if started > came + WAITS:
            heappush(self._waiting, (started, micro_ops))
            self._waits += micro_ops

    def _with_events(
        self, latency: int, place: tuple[int, int], events: Events, address: int, start: int
    ) -> int:
        """When the results are there."""
        wrong, stores = False, []
        for _, kind, size, value in events:
            if kind < STORED:
                loaded = self._load(kind, size, value, place, address)
                if loaded > start:
                    start = loaded
            elif kind < DIVIDED:
                stores.append((kind & LEVEL, size, value))
            else:
                wrong = kind > DIVIDED
                start += (value - 1) * ROUND
                self._take((value - 1) * ROUND_MICRO_OPS * self._micro_operation)
        done = start + latency
        if wrong:
            self._restart(done)
        for level, size, value in stores:
            self._store(level, value, value + size, place, max(address, done))
        return done

    def _load(self, level: int, size: int, address: int, place: tuple[int, int], start: int) -> int:
        joined = self._store_sets.of(place)
        if joined is not None:
            start = max(start, self._last_of_set.get(joined, 0))
        stored = self._stored.get(address >> CHUNK_SHIFT)
        if stored is not None:
            store, first, last, ready, written = stored
            if ready > start:
                self._store_sets.join(place, store)
                start = ready
            if start < written and address < last and first < address + size:
                return start + FORWARDED
        return start + self._timing.load[level]

    def _store(self, level: int, first: int, last: int, place: tuple[int, int], data: int) -> None:
        ready = data + CYCLE
        joined = self._store_sets.of(place)
        if joined is not None:
            ready = max(ready, self._last_of_set.get(joined, 0) + CYCLE)
            self._last_of_set[joined] = ready
        if ready > self._commit:
            self._commit = ready
        self._written = max(self._written, self._commit) + self._timing.store[level]
        self._stores.append(self._written)
        stored = Stored(place, first, last, ready, self._written)
        self._stored[first >> CHUNK_SHIFT] = stored
        # No access of QEMU is longer than a chunk or two.
        self._stored[(last - 1) >> CHUNK_SHIFT] = stored
