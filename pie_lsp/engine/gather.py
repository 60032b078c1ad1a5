"""Collects what the proposers have to say, each different result once."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

from pie_lsp.cpp.tokens import fingerprint
from pie_lsp.engine.subject import Subject
from pie_lsp.propose import registry
from pie_lsp.propose.contract import ProposeContext, Proposer
from pie_lsp.text.edits import apply_edits
from pie_lsp.values.candidate import Candidate
from pie_lsp.values.report import Rejected


@dataclass(frozen=True, slots=True)
class Draft:
    """A candidate and the file as it would be."""

    candidate: Candidate
    changed: bytes


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the proposers said.

    drafts   each different result once
    faults   sentences about proposers that failed, which must not cost the user the others' work
    refused  what no draft can be made of
    """

    drafts: tuple[Draft, ...]
    faults: tuple[str, ...] = ()
    refused: tuple[Rejected, ...] = ()


async def gather(subject: Subject) -> Gathered:
    """Every candidate for the selected functions, in the order of functions and rules.

    Two proposals that lead to the same file are one; the first proposer keeps the credit,
    unless another may do more: the static guard would stop the first where it lets the other pass.
    """
    drafts: dict[bytes, Draft] = {}
    faults: list[str] = []
    for function in subject.functions:
        context = subject.context(function)
        for proposer in registry.proposers():
            try:
                if not proposer.prepare(context):
                    continue
                async for draft in drafts_of(subject, proposer, context):
                    known = drafts.setdefault(draft.changed, draft)
                    if draft.candidate.grants > known.candidate.grants:
                        drafts[draft.changed] = draft
            # A fault in one proposer is ours, and whatever it is, the others go on.
            except Exception as error:  # noqa: BLE001
                name = function.ref.label
                faults.append(f"{proposer.id} failed at {name} ({error!r}), a fault of pie-lsp to report.")
    return Gathered(tuple(drafts.values()), tuple(faults))


def each_once(drafts: Iterable[Draft], before: Iterable[Draft]) -> tuple[Draft, ...]:
    """Of `drafts` those with tokens that neither one of them nor one of `before` has, comments aside."""
    known = {fingerprint(draft.changed) for draft in before}
    found: list[Draft] = []
    for draft in drafts:
        tokens = fingerprint(draft.changed)
        if tokens not in known:
            known.add(tokens)
            found.append(draft)
    return tuple(found)


async def drafts_of(subject: Subject, proposer: Proposer, context: ProposeContext) -> AsyncIterator[Draft]:
    """What a proposer that is prepared for a function says of it, where it changes anything."""
    async for candidate in proposer.propose(context):
        changed = apply_edits(subject.request.source, candidate.edits)
        if changed != subject.request.source:
            yield Draft(candidate, changed)
