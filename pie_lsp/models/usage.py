"""Sums and prices of what was spent. Amounts are whole millionths of a dollar, rounded up."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pie_lsp.models.contract import Usage
from pie_lsp.values.language_model import ModelSettings

_MILLION = 1_000_000


def usage_of(told: Any) -> Usage:
    """What a server says about one request; a server may say nothing, or nonsense."""
    prompt, completion = (getattr(told, name, 0) for name in ("prompt_tokens", "completion_tokens"))
    return Usage(_whole(prompt), _whole(completion), requests=1)


def summed(usages: Iterable[Usage]) -> Usage:
    """All of them together, with the price of those that have one."""
    every = list(usages)
    costs = [usage.cost_microdollars for usage in every if usage.cost_microdollars is not None]
    return Usage(
        sum(usage.prompt_tokens for usage in every),
        sum(usage.completion_tokens for usage in every),
        sum(usage.requests for usage in every),
        sum(costs) if costs else None,
    )


def priced(usage: Usage, settings: ModelSettings) -> Usage:
    """`usage` with its price, where the settings name one."""
    if settings.input_price is None and settings.output_price is None:
        return usage
    millionths = usage.prompt_tokens * (settings.input_price or 0)
    millionths += usage.completion_tokens * (settings.output_price or 0)
    return replace(usage, cost_microdollars=-(-millionths // _MILLION))


def _whole(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0
