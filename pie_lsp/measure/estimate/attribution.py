"""Divides the counters of one run among the functions of the source; pure arithmetic, as the formula is.

What a program spent in library code belongs to the innermost function of the source that called it, as the
plug-in found out while the program ran (`attribute.h`).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from pie_lsp.measure.estimate.counters import BlockCounts, Counters
from pie_lsp.measure.estimate.decode import Decoder
from pie_lsp.measure.estimate.families import family_name
from pie_lsp.measure.estimate.formula import Machine, cost_of
from pie_lsp.measure.estimate.functions import FunctionMap
from pie_lsp.values.measurement import Cost
from pie_lsp.values.profile import AttributedCost, CodePiece, OwnedCost


def described(functions: FunctionMap, pieces: Sequence[CodePiece]) -> str:
    """The pieces as the plug-in reads them."""
    lines = (f"{piece.start:x} {piece.end:x} {piece.owner}\n" for piece in pieces)
    return f"code {functions.code_start:x}\n{''.join(lines)}"


def attributed(
    counters: Counters,
    decoder: Decoder,
    machine: Machine,
    functions: FunctionMap,
    pieces: Sequence[CodePiece],
) -> AttributedCost:
    """Cycles of one run by function of the source. Each amount is rounded down, and the total once."""
    moved = counters.code_start - functions.code_start
    name_at = functions.located(counters.code_start, family_name)

    def cost(blocks: Sequence[BlockCounts]) -> Cost:
        return cost_of(replace(counters, blocks=tuple(blocks)), decoder, machine, name_at)

    owner_of = _owner_of(pieces)
    own: dict[int, list[BlockCounts]] = {}
    library: dict[int, list[BlockCounts]] = {}
    for block in counters.blocks:
        if block.under is None:
            own.setdefault(owner_of(block.address - moved), []).append(block)
        else:
            library.setdefault(block.under, []).append(block)
    last = max((piece.owner for piece in pieces), default=0)
    owners = [
        OwnedCost(cost(own.get(number, ())).amount, cost(library.get(number, ())).functions)
        for number in range(1, last + 1)
    ]
    return AttributedCost(cost(counters.blocks).amount, tuple(owners))


def _owner_of(pieces: Sequence[CodePiece]) -> Callable[[int], int]:
    def owner_of(address: int) -> int:
        return next((piece.owner for piece in pieces if piece.start <= address < piece.end), 0)

    return owner_of
