"""The words for shares of a cost, the same in the terminal and in the editor."""

from pie_lsp.values.measurement import Cost
from pie_lsp.values.profile import FunctionShare
from pie_lsp.values.report import Suggestion

_LEAST_PERCENT = 0.1
_WHOLE_FROM = 10
_MOST_CALLED = 3
_WORTH_NAMING = 0.05
"""What is called for less than this share of the caller's cost is not named."""


def percent(share: float) -> str:
    """A share between 0 and 1 for people: "37 %", "3.7 %", "0 %"."""
    amount = 100 * share
    if amount == 0:
        return "0 %"
    if amount < _LEAST_PERCENT:
        return f"less than {_LEAST_PERCENT} %"
    return f"{amount:.0f} %" if amount >= _WHOLE_FROM else f"{amount:.1f} %"


def before_and_after(suggestion: Suggestion) -> str | None:
    """What became of the function's share of the whole program's cost; None where it was not measured.

    A share that rises is no loss where the rest became cheaper still, and reads like one: there the cost of
    the function itself is told, and nothing where it did not fall.
    """
    before, after = suggestion.share_before, suggestion.share_after
    if before is None:
        return None
    words = f"{suggestion.function.name}: {percent(before)} of the program's cost before"
    if after is None:
        return words
    if after <= before:
        return f"{words}, {percent(after)} after"
    old, new = (sum(cost.amount for cost in side) for side in _sides(suggestion))
    now = after * new / old if old else before
    if now >= before:
        return None
    return (
        f"{words}, {percent(now)} of that cost after, which is {percent(after)} of what is left, since the "
        "rest became cheaper still"
    )


def _sides(suggestion: Suggestion) -> tuple[tuple[Cost, ...], tuple[Cost, ...]]:
    return suggestion.comparison.old, suggestion.comparison.new


def called(share: FunctionShare) -> str:
    """Where a function's cost goes: "13 % itself, 69 % in memcpy"; shares of the function's own cost."""
    whole = share.cost.amount
    if not whole:
        return "did not run"
    named = [it for it in share.cost.called if it.amount >= _WORTH_NAMING * whole][:_MOST_CALLED]
    parts = [f"{percent(share.cost.own / whole)} itself"]
    parts += [f"{percent(it.amount / whole)} in {it.name}" for it in named]
    rest = whole - share.cost.own - sum(it.amount for it in named)
    if rest:
        parts.append(f"{percent(rest / whole)} in {'other ' if named else ''}calls")
    return ", ".join(parts)
