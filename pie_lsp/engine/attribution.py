"""Divides a program's cost on its tests among its functions. Knows no request and no face.

What is divided is a build that is made for this alone (`pie_lsp.engine.apart`), so a share is that of a
program which is nearly the user's own; how nearly, its total says.
"""

import asyncio
from collections.abc import Sequence

from pie_lsp.engine.apart import Apart
from pie_lsp.measure.contract import Attributing, Backend
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.measurement import FunctionCost
from pie_lsp.values.profile import AttributedCost, CodePiece, FunctionShare, OwnedCost, Profile
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary

NEEDS_COUNTERS = (
    "A clock cannot tell which function a cost belongs to; shares of functions need --backend estimate."
)


async def attribute(backend: Backend, apart: Apart, old: Binary, tests: Sequence[TestCase]) -> Profile:
    """The profile of a program on `tests`, which have to end by themselves.

    old  a build that the attributed one has to answer like

    Raises MeasurementError where the cost cannot be attributed.
    """
    if not isinstance(backend, Attributing):
        raise MeasurementError(NEEDS_COUNTERS)
    functions, pieces = await asyncio.to_thread(_pieces, apart)
    costs = await backend.attribute(old, apart.binary, pieces, tests)
    return _profile(apart, functions, costs)


def _pieces(apart: Apart) -> tuple[tuple[FunctionRef, ...], tuple[CodePiece, ...]]:
    """The functions that have machine code, and where it lies; their numbers count from 1."""
    from pie_lsp.measure.estimate.definitions import read_definitions

    numbers: dict[FunctionRef, int] = {}
    pieces: list[CodePiece] = []
    for code in read_definitions(apart.binary.path, apart.name):
        function = apart.owner(code.line, code.column)
        if function is not None:
            number = numbers.setdefault(function, len(numbers) + 1)
            pieces.append(CodePiece(code.start, code.end, number))
    return tuple(numbers), tuple(pieces)


def _profile(apart: Apart, functions: tuple[FunctionRef, ...], costs: Sequence[AttributedCost]) -> Profile:
    total = sum(cost.total for cost in costs)
    numbers = {function: number for number, function in enumerate(functions)}
    shares = []
    for function in apart.functions:
        number = numbers.get(function)
        summed = _sum([cost.owners[number] for cost in costs] if number is not None else ())
        # One without machine code was never called, or was inlined all the same.
        kept = number is not None and (function in apart.kept or function.qualified_name == "main")
        shares.append(FunctionShare(function, summed, summed.amount / total if total else 0.0, kept))
    shares.sort(key=lambda share: (-share.cost.amount, share.function.span))
    return Profile(tuple(shares), total - sum(share.cost.amount for share in shares), total)


def _sum(costs: Sequence[OwnedCost]) -> OwnedCost:
    sums: dict[str, int] = {}
    for cost in costs:
        for called in cost.called:
            sums[called.name] = sums.get(called.name, 0) + called.amount
    ordered = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    return OwnedCost(sum(cost.own for cost in costs), tuple(FunctionCost(*item) for item in ordered))
