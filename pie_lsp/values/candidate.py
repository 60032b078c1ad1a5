"""A proposed rewrite, before anybody has compiled it."""

from dataclasses import dataclass
from enum import Enum

from pie_lsp.values.edit import Edit
from pie_lsp.values.function import FunctionRef


class Grant(Enum):
    """An exception to the static guard (tier T0) that a proposer declares and only then receives."""

    SIGNATURE = "signature"
    """The signature of the selected function may change (rule C1)."""
    MAIN = "main"
    """Statements may be added at the start of `main`, though another function was selected (rule IO4)."""
    WHOLE_FILE = "whole-file"
    """Leaf tokens outside the selected function may change too (rule IO4's `endl`)."""
    INCLUDE = "include"
    """Lines ``#include <standard header>`` may be added."""
    HELPER = "helper"
    """Functions, types and constants may be added before the selected function."""
    REWRITE = "rewrite"
    """The selected function is written anew and not edited leaf by leaf: comments in its body may go with the
    code that they explain, and the end of a recursion with the recursion."""


class ProposerKind(Enum):
    """Where a candidate comes from; editors mark what a model wrote."""

    RULE = "rule"
    MODEL = "model"
    COMBINATION = "combination"
    HAND = "edit by hand"
    """A person changed a suggestion, or wrote one."""


WRITTEN_BY_A_MODEL = ("kind", ProposerKind.MODEL.value)
"""The detail of a combination of which a model wrote a part."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who proposed a candidate, in which version; part of every cache key."""

    proposer: str
    version: str
    kind: ProposerKind = ProposerKind.RULE
    details: tuple[tuple[str, str], ...] = ()

    @property
    def by_model(self) -> bool:
        """Whether a model wrote it, or a part of it."""
        return self.kind is ProposerKind.MODEL or WRITTEN_BY_A_MODEL in self.details

    @property
    def by_rule(self) -> bool:
        """Whether rules alone wrote it; whatever else did may have written anything."""
        return not self.by_model and self.kind is not ProposerKind.HAND


@dataclass(frozen=True, slots=True)
class Candidate:
    """One idea: edits to one file, for one selected function.

    title         imperative and short, without figures: "Append with += instead of copying the string"
    explanation   one sentence: why it is faster, with the complexity before and after where it changes
    edits         sorted by position, disjoint
    grants        exceptions to the static guard that the proposer declares
    may_add_ub    the edit could introduce undefined behaviour that the original does not have
    """

    function: FunctionRef
    title: str
    explanation: str
    edits: tuple[Edit, ...]
    provenance: Provenance
    grants: frozenset[Grant] = frozenset()
    may_add_ub: bool = False
