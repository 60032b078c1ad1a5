"""Shares are said the same way everywhere."""

from dataclasses import replace

import pytest

from pie_lsp.engine.share_words import before_and_after, called, percent
from pie_lsp.values.candidate import Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.measurement import Comparison, Cost, FunctionCost
from pie_lsp.values.profile import FunctionShare, OwnedCost
from pie_lsp.values.report import Suggestion
from pie_lsp.values.span import Span

NOWHERE = Span(0, 0)
SOLVE = FunctionRef("solve", "solve", 1, NOWHERE, NOWHERE, NOWHERE, NOWHERE, "")


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "0 %"),
        (0.0004, "less than 0.1 %"),
        (0.001, "0.1 %"),
        (0.0365, "3.6 %"),
        (0.10, "10 %"),
        (0.925, "92 %"),
        (1.0, "100 %"),
    ],
)
def test_a_share_in_percent(share: float, words: str) -> None:
    assert percent(share) == words


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        (OwnedCost(0), "did not run"),
        (OwnedCost(7), "100 % itself"),
        (OwnedCost(21, (FunctionCost("std::map", 60), FunctionCost("free", 19))),
         "21 % itself, 60 % in std::map, 19 % in free"),
        (OwnedCost(50, (*(FunctionCost(name, 12) for name in "abcd"), FunctionCost("e", 2))),
         "50 % itself, 12 % in a, 12 % in b, 12 % in c, 14 % in other calls"),
        (OwnedCost(99, (FunctionCost("a", 1),)), "99 % itself, 1.0 % in calls"),
    ],
)  # fmt: skip
def test_where_the_cost_of_a_function_goes(cost: OwnedCost, words: str) -> None:
    assert called(FunctionShare(SOLVE, cost, 0.5, True)) == words


def suggestion(before: float | None, after: float | None, old: int, new: int) -> Suggestion:
    sides = ((Cost(old, "cycles"),), (Cost(new, "cycles"),))
    edit, provenance = Edit(NOWHERE, b""), Provenance("S1", "1")
    told = Suggestion(
        1,
        "t",
        "e",
        SOLVE,
        provenance,
        edit,
        b"",
        b"",
        Comparison(*sides, old / new, old / new),
        1,
        1,
        "a",
        "h",
    )
    return replace(told, share_before=before, share_after=after)


@pytest.mark.parametrize(
    ("shares", "costs", "words"),
    [
        ((None, None), (100, 50), None),
        ((0.93, 0.11), (100, 8), "solve: 93 % of the program's cost before, 11 % after"),
        ((0.93, None), (100, 8), "solve: 93 % of the program's cost before"),
        (
            (0.26, 0.62),
            (100, 20),
            "solve: 26 % of the program's cost before, 12 % of that cost after, which is 62 % of what is "
            "left, since the rest became cheaper still",
        ),
        ((0.26, 0.62), (100, 50), None),
    ],
)
def test_a_share_that_rises_does_not_read_like_a_loss(
    shares: tuple[float | None, float | None], costs: tuple[int, int], words: str | None
) -> None:
    assert before_and_after(suggestion(*shares, *costs)) == words
