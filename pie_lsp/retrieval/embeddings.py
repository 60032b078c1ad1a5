"""Finds pairs by vectors of their slow programs, as the authors of PIE do: FAISS over a code encoder.

Knows nothing of how a program becomes a vector (`encoder.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pie_lsp.retrieval.choosing import by_score, choose
from pie_lsp.retrieval.contract import Hit, PairCorpus
from pie_lsp.retrieval.encoder import Encoder
from pie_lsp.retrieval.index import Identity, kept
from pie_lsp.values.errors import InputError

DEPTH = 1000
"""So many of the nearest are ranked."""
_METHOD = "flat-l2/mean-512/1"


@dataclass(frozen=True, slots=True)
class Embeddings:
    """A retriever: the pairs whose programs are nearest as vectors; scores are minus squared distances."""

    corpus: PairCorpus
    encoder: Encoder
    index: Any
    name: str = "embeddings"

    def ranked(self, query: bytes) -> Iterator[Hit]:
        """See `Ranker`."""
        pairs = self.corpus.pairs
        if pairs:
            vector = self.encoder.encode(query).reshape(1, -1)
            distances, numbers = self.index.search(vector, min(DEPTH, len(pairs)))
            found = zip(distances[0].tolist(), numbers[0].tolist(), strict=True)
            yield from by_score(Hit(-distance, pairs[number]) for distance, number in found if number >= 0)

    def retrieve(self, query: bytes, k: int, exclude_problem: str | None = None) -> tuple[Hit, ...]:
        """See `Retriever`."""
        return choose(self.ranked(query), k, exclude_problem)


def embeddings(corpus: PairCorpus, encoder: Encoder, slot: str, folder: Path | None = None) -> Embeddings:
    """Over `corpus`, whose index is kept under the name `slot` (below `folder`, else in the cache)."""
    identity = Identity(
        slot=f"embeddings/{slot}",
        method=_METHOD,
        corpus=corpus.digest,
        model=encoder.identity,
        dimension=encoder.dimension,
    )
    index = kept(identity, lambda: _make(corpus, encoder), _to_bytes, _from_bytes, folder)
    return Embeddings(corpus, encoder, index)


def _make(corpus: PairCorpus, encoder: Encoder) -> Any:
    import faiss

    index = faiss.IndexFlatL2(encoder.dimension)
    index.add(encoder.encode_all(pair.before for pair in corpus.pairs))
    return index


def _to_bytes(index: Any) -> bytes:
    import faiss

    return bytes(faiss.serialize_index(index).tobytes())


def _from_bytes(data: bytes) -> Any:
    import faiss
    import numpy as np

    try:
        return faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8))
    except RuntimeError as error:
        raise InputError(f"FAISS cannot read its index ({error}).") from error
