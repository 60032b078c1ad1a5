"""Says in words where a gain comes from, from the parts of the costs; knows no backend."""

from collections.abc import Sequence
from dataclasses import dataclass

from pie_lsp.values.measurement import Cost

_SHARE_WORTH_SAYING = 0.1
_FRACTIONS = (
    (1 / 10, "a tenth of the"),
    (1 / 5, "a fifth of the"),
    (1 / 4, "a quarter of the"),
    (1 / 3, "a third of the"),
    (1 / 2, "half of the"),
    (2 / 3, "two thirds of the"),
    (3 / 4, "three quarters of the"),
)


@dataclass(frozen=True, slots=True)
class _Change:
    name: str
    old_count: int
    new_count: int
    saved: int


def explain(old: Sequence[Cost], new: Sequence[Cost]) -> str:
    """One clause: "a third of the fetch blocks, mispredicted branches gone"; empty where nothing is known.

    Only parts that make up a tenth of what is saved are named, the largest saving first, and what grew by
    as much.
    """
    changes = _changes(old, new)
    saved = sum(change.saved for change in changes)
    if saved <= 0:
        return ""
    worth = [change for change in changes if abs(change.saved) >= saved * _SHARE_WORTH_SAYING]
    fewer = sorted((c for c in worth if c.saved > 0), key=lambda change: -change.saved)
    more = [change for change in worth if change.saved < 0]
    words = ", ".join(_fewer(change) for change in fewer)
    if more:
        words += "; but " + ", ".join(_more(change) for change in more)
    return words


def _changes(old: Sequence[Cost], new: Sequence[Cost]) -> list[_Change]:
    before, after = _sums(old), _sums(new)
    return [
        _Change(name, before.get(name, (0, 0))[0], after.get(name, (0, 0))[0], amount)
        for name in dict.fromkeys((*before, *after))
        if (amount := before.get(name, (0, 0))[1] - after.get(name, (0, 0))[1])
    ]


def _sums(costs: Sequence[Cost]) -> dict[str, tuple[int, int]]:
    sums: dict[str, tuple[int, int]] = {}
    for cost in costs:
        for part in cost.parts:
            count, amount = sums.get(part.name, (0, 0))
            sums[part.name] = count + part.count, amount + part.amount
    return sums


def _fewer(change: _Change) -> str:
    left = change.new_count / change.old_count
    if left < 0.02:
        return f"{change.name} gone"
    if left < 0.08:
        return f"{change.name} down to {100 * left:.0f} %"
    nearest, words = min(_FRACTIONS, key=lambda fraction: abs(fraction[0] - left))
    if abs(nearest - left) <= 0.12 * nearest:
        return f"{words} {change.name}"
    return f"{100 * (1 - left):.0f} % fewer {change.name}"


def _more(change: _Change) -> str:
    if change.old_count == 0:
        return f"new {change.name}"
    return f"{change.new_count / change.old_count:.1f} times the {change.name}"
