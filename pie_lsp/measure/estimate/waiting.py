"""Cycles that a run waited for data, block by block, estimated from stretches of it. Integers only.

The formula prices what happens, such as fetch blocks and mispredictions. Where a loop's results need longer
to go round than its code to be fetched, cycles pass in which nothing happens; those are counted here.
"""

from collections.abc import Sequence
from dataclasses import replace

from pie_lsp.measure.estimate.counters import BlockCounts, Counters
from pie_lsp.measure.estimate.decode import FETCH_BYTES, Decoder
from pie_lsp.measure.estimate.dependences import Dependences
from pie_lsp.measure.estimate.latencies import Timing
from pie_lsp.measure.estimate.stretches import Stretch
from pie_lsp.measure.estimate.window import CYCLE, Code, StoreSets, Window

WARMING = 60
"""Ticks at the start of a stretch that are not counted: nothing is on its way when it begins. A block that is
executed is a tick, and a fetch block that is entered; how many a run has is known exactly."""


def with_waiting(counters: Counters, decoder: Decoder, dependences: Dependences, timing: Timing) -> Counters:
    """The counters, each block with the cycles that waited in it, and without the stretches."""
    waiting = _Waiting(counters.blocks, dependences, timing)
    for stretch in counters.stretches:
        waiting.go_through(stretch)
    ticks = sum(
        (decoder.decode(block.code, block.address).borders + 1) * (block.count - block.repeated) + block.entered
        for block in counters.blocks
    )
    shares = _by_line(counters.blocks, waiting.cycles(ticks))
    blocks = tuple(
        replace(block, waiting=cycles) for block, cycles in zip(counters.blocks, shares, strict=True)
    )
    return replace(counters, blocks=blocks, stretches=())


class _Waiting:
    def __init__(self, blocks: Sequence[BlockCounts], dependences: Dependences, timing: Timing) -> None:
        self._blocks = blocks
        self._dependences = dependences
        self._timing = timing
        self._store_sets = StoreSets()
        self._codes: dict[int, Code] = {}
        self._late: dict[int, int] = {}
        self._total = 0
        self._ticks = 0

    def go_through(self, stretch: Stretch) -> None:
        window = Window(self._timing, self._store_sets)
        before = 0
        for passage in stretch:
            late = window.run(passage, self._code(passage.block))
            before += 1 + late.fetched
            if before <= WARMING:
                continue
            self._ticks += 1 + late.fetched
            self._total += late.time
            if late.time > 0:
                self._late[late.block] = self._late.get(late.block, 0) + late.time

    def cycles(self, ticks: int) -> list[int]:
        """Of every block, for a run of so many ticks."""
        waited = max(0, self._total) * ticks // (max(1, self._ticks) * CYCLE)
        weights = [self._late.get(number, 0) for number in range(len(self._blocks))]
        return _divided(waited, weights)

    def _code(self, number: int) -> Code:
        code = self._codes.get(number)
        if code is None:
            block = self._blocks[number]
            steps = self._dependences.steps(block.code, block.address)
            first = block.address // FETCH_BYTES
            last = first + sum(step.borders for step in steps)
            micro_ops = sum(step.micro_ops for step in steps)
            code = self._codes[number] = Code(number, first, last, micro_ops, steps)
        return code


def _by_line(blocks: Sequence[BlockCounts], waiting: Sequence[int]) -> list[int]:
    """A block that ran under several functions has a line for each, which take it by their executions."""
    lines: dict[tuple[int, bytes], list[int]] = {}
    for number, block in enumerate(blocks):
        lines.setdefault((block.address, block.code), []).append(number)
    found = list(waiting)
    for numbers in lines.values():
        if len(numbers) > 1:
            cycles = sum(waiting[number] for number in numbers)
            shares = _divided(cycles, [blocks[number].count for number in numbers])
            for number, share in zip(numbers, shares, strict=True):
                found[number] = share
    return found


def _divided(whole: int, weights: Sequence[int]) -> list[int]:
    """`whole` in shares by weight, which sum to it; nothing where nothing has weight."""
    total = sum(weights)
    shares = []
    given = sum_of_weights = 0
    for weight in weights:
        sum_of_weights += weight
        upto = whole * sum_of_weights // total if total else 0
        shares.append(upto - given)
        given = upto
    return shares
