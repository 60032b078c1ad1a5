"""Several rankings in one: reciprocal rank fusion, which needs no scores that compare with each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pie_lsp.retrieval.choosing import by_score, choose
from pie_lsp.retrieval.contract import Hit, Pair, PairCorpus, Ranker

RANK_OFFSET = 60
"""As usual; it keeps the first of one ranking from outweighing what several put near the top."""
DEPTH = 200
"""So many of each ranking count."""


@dataclass(frozen=True, slots=True)
class Fused:
    """A retriever that adds up one by the rank of a pair over all `rankers`, which rank one corpus."""

    rankers: tuple[Ranker, ...]
    name: str = "fused"

    @property
    def corpus(self) -> PairCorpus:
        """See `Ranker`."""
        return self.rankers[0].corpus

    def ranked(self, query: bytes) -> Iterator[Hit]:
        """See `Ranker`."""
        scores: dict[str, float] = {}
        pairs: dict[str, Pair] = {}
        for ranker in self.rankers:
            for rank, hit in enumerate(islice(ranker.ranked(query), DEPTH), start=1):
                key = hit.pair.key
                pairs[key] = hit.pair
                scores[key] = scores.get(key, 0.0) + 1 / (RANK_OFFSET + rank)
        yield from by_score(Hit(score, pairs[key]) for key, score in scores.items())

    def retrieve(self, query: bytes, k: int, exclude_problem: str | None = None) -> tuple[Hit, ...]:
        """See `Retriever`."""
        return choose(self.ranked(query), k, exclude_problem)
