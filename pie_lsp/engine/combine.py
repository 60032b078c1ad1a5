"""Makes one candidate of several winners that do not touch each other.

The combination is a candidate like any other: it is built, tested and measured again.
"""

from collections.abc import Sequence

from pie_lsp.engine.gather import Draft
from pie_lsp.engine.judge import Verdict
from pie_lsp.engine.winner import Winner
from pie_lsp.text.edits import apply_edits, compatible, merge
from pie_lsp.values.candidate import WRITTEN_BY_A_MODEL, Candidate, Grant, ProposerKind, Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.report import Rejection, Stage


def combination(source: bytes, winners: Sequence[Winner]) -> Draft | None:
    """Join the winners, best first, skipping those that overlap an earlier one; None below two."""
    parts: list[Candidate] = []
    edits = winners[0].draft.candidate.edits if winners else ()
    for winner in winners:
        candidate = winner.draft.candidate
        if not parts:
            parts.append(candidate)
        elif compatible(edits, candidate.edits):
            joined = merge(edits, candidate.edits)
            if joined != edits and joined != candidate.edits:
                edits = joined
                parts.append(candidate)
    if len(parts) < 2:
        return None
    changed = apply_edits(source, edits)
    if any(winner.draft.changed == changed for winner in winners):
        return None
    return Draft(as_one(parts, edits), changed)


def better_than(verdict: Verdict, part: Winner, reason: str) -> Verdict:
    """`verdict`, unless `part` of the candidate is as fast alone: then it is only a larger diff."""
    if isinstance(verdict, Winner) and verdict.order >= part.order:
        return Rejection(Stage.SLOWER, reason)
    return verdict


def as_one(parts: Sequence[Candidate], edits: tuple[Edit, ...]) -> Candidate:
    """One candidate of several, whose edits together are `edits`."""
    functions = {part.function for part in parts}
    grants = frozenset[Grant]().union(*(part.grants for part in parts))
    if len(functions) > 1:
        grants |= {Grant.WHOLE_FILE}
    versions = [(part.provenance.proposer, part.provenance.version) for part in parts]
    names = "+".join(name for name, _ in versions)
    written = [WRITTEN_BY_A_MODEL] if any(part.provenance.by_model for part in parts) else []
    details = (*versions, *written)
    return Candidate(
        function=parts[0].function,
        title="; ".join(part.title for part in parts),
        explanation=" ".join(part.explanation for part in parts),
        edits=edits,
        provenance=Provenance(names, "1", ProposerKind.COMBINATION, details),
        grants=grants,
        may_add_ub=any(part.may_add_ub for part in parts),
    )
