"""Finds every rule. A new rule is one new module in `pie_lsp.propose.rules`, and nothing else changes."""

import hashlib
import pkgutil
import re
from functools import cache
from importlib import import_module

from pie_lsp.propose import rules
from pie_lsp.propose.contract import ProposeContext, Proposer
from pie_lsp.propose.rule import Rule
from pie_lsp.values.errors import InputError


def proposers() -> tuple[Proposer, ...]:
    """Everything that proposes, in a fixed order."""
    return all_rules()


@cache
def all_rules() -> tuple[Rule, ...]:
    """The rules, in the order of their ids (C2 before C12)."""
    found = [_rule_of(module.name) for module in pkgutil.iter_modules(rules.__path__)]
    return tuple(sorted(found, key=lambda rule: _order(rule.id)))


def rule(rule_id: str) -> Rule:
    """The rule with this id, in whatever case it is typed. Raises InputError where there is none."""
    for candidate in all_rules():
        if candidate.id.lower() == rule_id.lower():
            return candidate
    known = ", ".join(candidate.id for candidate in all_rules())
    raise InputError(f"There is no rule {rule_id}; the rules are {known}.")


def applicable(context: ProposeContext) -> bool:
    """Whether some proposer could have something to say about the selected function."""
    return any(proposer.prepare(context) for proposer in proposers())


def version() -> str:
    """A hash that changes when a rule is added, removed or changed; part of every cache key."""
    text = "\n".join(f"{proposer.id} {proposer.version}" for proposer in proposers())
    return hashlib.sha256(text.encode()).hexdigest()


def _rule_of(name: str) -> Rule:
    found = import_module(f"{rules.__name__}.{name}").RULE
    if not isinstance(found, Rule):
        raise TypeError(f"{rules.__name__}.{name} has no rule in RULE")
    return found


def _order(rule_id: str) -> tuple[str, int]:
    letters = re.match(r"[A-Z]*", rule_id)
    prefix = letters.group() if letters else ""
    return prefix, int(rule_id.removeprefix(prefix) or 0)
