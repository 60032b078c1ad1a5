"""Cycles that a run waited for data, block by block, estimated from stretches of it. Integers only.

The formula prices what happens, such as fetch blocks and mispredictions. Where a loop's results need longer
to go round than its code to be fetched, cycles pass in which nothing happens; those are counted here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pie_lsp.measure.estimate.counters import BlockCounts, Counters
from pie_lsp.measure.estimate.decode import FETCH_BYTES
from pie_lsp.measure.estimate.dependences import Dependences
from pie_lsp.measure.estimate.latencies import Timing
from pie_lsp.measure.estimate.stretches import Stretch
from pie_lsp.measure.estimate.window import CYCLE, Code, StoreSets, Window

WARMING = 60
"""Blocks and fetch blocks at the start of a stretch that do not count: nothing is on its way at its begin."""


def with_waiting(counters: Counters, dependences: Dependences, timing: Timing) -> Counters:
    """The counters, each block with the cycles that waited in it, and without the stretches."""
    waiting = _Waiting(counters.blocks, dependences, timing)
    for stretch in counters.stretches:
        waiting.go_through(stretch)
    blocks = tuple(map(_waited, counters.blocks, waiting.cycles()))
    return replace(counters, blocks=blocks, stretches=())


def _waited(block: BlockCounts, cycles: int) -> BlockCounts:
    return replace(block, waiting=cycles) if cycles else block


@dataclass(slots=True)
class _Seen:
    """A block in the stretches: how often, and how much later it made the machine in sum."""

    passages: int = 0
    late: int = 0


class _Waiting:
    def __init__(self, blocks: Sequence[BlockCounts], dependences: Dependences, timing: Timing) -> None:
        self._blocks = blocks
        self._dependences = dependences
        self._timing = timing
        self._store_sets = StoreSets()
        self._codes: dict[int, Code] = {}
        self._seen: dict[int, _Seen] = {}

    def go_through(self, stretch: Stretch) -> None:
        window = Window(self._timing, self._store_sets)
        warmed = 0
        for passage in stretch:
            late = window.run(passage, self._code(passage.block))
            warmed += 1 + late.fetched
            if warmed > WARMING:
                seen = self._seen.setdefault(passage.block, _Seen())
                seen.passages += 1
                seen.late += late.time

    def cycles(self) -> list[int]:
        """Of every line of a block.

        Each block's mean is taken for all its executions, whose number is known, so that a stretch which met
        something rare does not stand for much. Blocks that catch up take from the sum.
        """
        lines = _lines(self._blocks)
        total, positive = 0, {}
        for number, seen in sorted(self._seen.items()):
            executions = sum(self._blocks[line].count - self._blocks[line].repeated for line in lines[number])
            late = seen.late * executions // seen.passages
            total += late
            positive[number] = max(0, late)
        shares = _divided(max(0, total) // CYCLE, list(positive.values()))
        found = [0] * len(self._blocks)
        for number, cycles in zip(positive, shares, strict=True):
            counts = [self._blocks[line].count for line in lines[number]]
            for line, share in zip(lines[number], _divided(cycles, counts), strict=True):
                found[line] = share
        return found

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


def _lines(blocks: Sequence[BlockCounts]) -> dict[int, list[int]]:
    """All lines of each block by its first one: it has one for each function that it ran under."""
    first: dict[tuple[int, bytes], int] = {}
    lines: dict[int, list[int]] = {}
    for number, block in enumerate(blocks):
        lines.setdefault(first.setdefault((block.address, block.code), number), []).append(number)
    return lines


def _divided(whole: int, weights: Sequence[int]) -> list[int]:
    """`whole` in shares by weight, which sum to it; nothing where nothing has weight."""
    total = sum(weights)
    shares = []
    given = weighed = 0
    for weight in weights:
        weighed += weight
        upto = whole * weighed // total if total else 0
        shares.append(upto - given)
        given = upto
    return shares
