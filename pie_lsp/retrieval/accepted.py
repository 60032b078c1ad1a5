"""Edits that the user accepted, as pairs that later prompts may show. They stay on this machine.

Knows rules by their ids alone.
"""

import hashlib
from collections.abc import Mapping
from types import MappingProxyType

from pie_lsp.corpus.problem import Kind
from pie_lsp.retrieval.contract import Pair
from pie_lsp.retrieval.local import ACCEPTED, add_accepted, load

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "A28": Kind.PRECOMPUTATION,
        "C1": Kind.COPY_ELIMINATION,
        "C2": Kind.COPY_ELIMINATION,
        "D1": Kind.ALLOCATION,
        "D2": Kind.ALLOCATION,
        "D12": Kind.ALGORITHM,
        "D13": Kind.ALGORITHM,
        "D15": Kind.DATA_STRUCTURE,
        "D21": Kind.ALGORITHM,
        "IO4": Kind.BUFFERED_IO,
        "S1": Kind.STRING_BUILDING,
        "S8": Kind.PRECOMPUTATION,
    }
)
"""What kind of edit each rule makes; of what a model or a person wrote, nobody knows."""


def accepted_pair(
    *, before: bytes, after: bytes, function: str, proposer: str, description: str, speedup: float
) -> Pair:
    """The pair of an edit that was accepted. `proposer` is a rule's id, or several joined by ``+``."""
    digest = hashlib.sha256(before + b"\0" + after).hexdigest()[:24]
    kinds = dict.fromkeys(KINDS[name] for name in proposer.split("+") if name in KINDS)
    return Pair(
        key=f"{ACCEPTED}/{digest}",
        before=before,
        after=after,
        kinds=tuple(kinds),
        function=function,
        description=description,
        speedup=speedup,
    )


def keep(pair: Pair) -> bool:
    """Add `pair` to the accepted edits, unless it is there. Raises InputError where it cannot be written."""
    if any(known.key == pair.key for known in load(ACCEPTED).corpus.pairs):
        return False
    add_accepted(pair)
    return True
