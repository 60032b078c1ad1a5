"""Collects what the proposers have to say, each different result once."""

from dataclasses import dataclass

from pie_lsp.engine.subject import Subject
from pie_lsp.propose import registry
from pie_lsp.text.edits import apply_edits
from pie_lsp.values.candidate import Candidate


@dataclass(frozen=True, slots=True)
class Draft:
    """A candidate and the file as it would be."""

    candidate: Candidate
    changed: bytes


async def gather(subject: Subject) -> tuple[Draft, ...]:
    """Every candidate for the selected functions, in the order of functions and rules.

    Two proposals that lead to the same file are one; the first proposer keeps the credit,
    unless another may do more: the static guard would stop the first where it lets the other pass.
    """
    drafts: dict[bytes, Draft] = {}
    for function in subject.functions:
        context = subject.context(function)
        for proposer in registry.proposers():
            if not proposer.prepare(context):
                continue
            async for candidate in proposer.propose(context):
                changed = apply_edits(subject.request.source, candidate.edits)
                if changed != subject.request.source:
                    known = drafts.setdefault(changed, Draft(candidate, changed))
                    if candidate.grants > known.candidate.grants:
                        drafts[changed] = Draft(candidate, changed)
    return tuple(drafts.values())
