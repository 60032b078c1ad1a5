"""Finds pairs at random: the floor that every other retriever has to rise above. Looks at no program."""

import hashlib
from dataclasses import dataclass

from pie_lsp.retrieval.choosing import by_score, choose
from pie_lsp.retrieval.contract import Hit, PairCorpus


@dataclass(frozen=True, slots=True)
class AtRandom:
    """A retriever that draws pairs by lot, the same for the same query and `seed`."""

    corpus: PairCorpus
    seed: int = 0

    @property
    def name(self) -> str:
        """See `Retriever`."""
        return "random"

    def retrieve(self, query: bytes, k: int, exclude_problem: str | None = None) -> tuple[Hit, ...]:
        """See `Retriever`. The scores are lots between 0 and 1."""
        salt = hashlib.sha256(b"%d " % self.seed + query).digest()
        return choose(by_score(Hit(_lot(salt, it.key), it) for it in self.corpus.pairs), k, exclude_problem)


def _lot(salt: bytes, key: str) -> float:
    drawn = hashlib.sha256(salt + key.encode()).digest()[:8]
    return int.from_bytes(drawn, "little") / 2**64
