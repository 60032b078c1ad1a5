"""Examples that are similar to a program and different from each other: maximal marginal relevance."""

from dataclasses import dataclass
from itertools import islice

from pie_lsp.retrieval.choosing import choose
from pie_lsp.retrieval.contract import Hit, Ranker
from pie_lsp.retrieval.terms import code_terms

NEAREST = 50
"""The examples are chosen among so many."""
LIKENESS = 0.5
"""How much likeness to the program counts against unlikeness to what is chosen already."""


@dataclass(frozen=True, slots=True)
class Diverse:
    """A retriever that takes, among the nearest pairs of `base`, one after the other that adds most."""

    base: Ranker
    name: str = "diverse"

    def retrieve(self, query: bytes, k: int, exclude_problem: str | None = None) -> tuple[Hit, ...]:
        """See `Retriever`. The scores are those of the base, which no longer decide the order alone."""
        outside = (
            hit
            for hit in self.base.ranked(query)
            if exclude_problem is None or hit.pair.problem != exclude_problem
        )
        near = list(choose(islice(outside, NEAREST), NEAREST))
        terms = {hit.pair.key: frozenset(code_terms(hit.pair.before)) for hit in near}
        nearest = max((hit.score for hit in near), default=0.0) or 1.0
        chosen: list[Hit] = []
        # How like the most alike of the chosen a pair is.
        likest = dict.fromkeys(terms, 0.0)
        while near and len(chosen) < k:
            best = max(
                near,
                key=lambda hit: LIKENESS * hit.score / nearest - (1 - LIKENESS) * likest[hit.pair.key],
            )
            near.remove(best)
            chosen.append(best)
            for hit in near:
                key = hit.pair.key
                likest[key] = max(likest[key], _overlap(terms[key], terms[best.pair.key]))
        return tuple(chosen)


def _overlap(one: frozenset[bytes], other: frozenset[bytes]) -> float:
    union = len(one | other)
    return len(one & other) / union if union else 1.0
