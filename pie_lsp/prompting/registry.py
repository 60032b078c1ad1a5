"""Finds every strategy. A new one is one new module in `pie_lsp.prompting.strategies`, and nothing else."""

import pkgutil
from functools import cache
from importlib import import_module

from pie_lsp.models.templates import Form, Template
from pie_lsp.prompting import strategies
from pie_lsp.prompting.contract import Strategy
from pie_lsp.values.errors import InputError

_USUAL = "retrieval-4"
_OTHER_NAMES = (("retrieval", "retrieval-4"),)


@cache
def all_strategies() -> tuple[Strategy, ...]:
    """Every strategy, by name."""
    found: list[Strategy] = []
    for module in pkgutil.iter_modules(strategies.__path__):
        found += import_module(f"{strategies.__name__}.{module.name}").STRATEGIES
    return tuple(sorted(found, key=lambda strategy: strategy.name))


def names() -> tuple[str, ...]:
    """What a setting or an option may say."""
    return tuple(sorted((*(s.name for s in all_strategies()), *(other for other, _ in _OTHER_NAMES))))


def strategy(name: str, template: Template) -> Strategy:
    """The strategy called `name`, or the usual one for a model with `template` where `name` is empty.

    Raises InputError where there is none, and where the model was not trained for it.
    """
    wanted = dict(_OTHER_NAMES).get(name, name) or usual(template)
    chosen = next((one for one in all_strategies() if one.name == wanted), None)
    if chosen is None:
        raise InputError(f"There is no strategy {name!r}; there are {', '.join(names())}.")
    if chosen.scores and not template.scores:
        raise InputError(
            f"The strategy {chosen.name} is for checkpoints that were trained with performance tags; a model "
            f"with the template {template.name} was not. Take {usual(template)}."
        )
    only_code = template.form is Form.PROGRAM and not chosen.scores
    if only_code and (template.scores or chosen.examples is not None):
        raise InputError(
            f"The strategy {chosen.name} is for models that follow instructions; one with the template "
            f"{template.name} was trained on programs alone. Take {usual(template)}."
        )
    return chosen


def usual(template: Template) -> str:
    """The best strategy for models with `template`, by the paper."""
    if template.form is not Form.PROGRAM:
        return _USUAL
    return "performance-conditioned-mixed" if template.scores else "instruction"
