"""The pairs to show: those of our corpus, and of the local corpora that the user names.

Of these, pairs that change what an answer may not change are not shown. They are read when the first is
wanted, and indexes are made once for a request. An encoder is loaded where a retriever that needs one is.
"""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from pie_lsp.prompting.pairs import may_be_imitated
from pie_lsp.retrieval.contract import PairCorpus, Retriever
from pie_lsp.retrieval.encoder import identity_of
from pie_lsp.retrieval.local import load
from pie_lsp.retrieval.pairs import corpus_pairs
from pie_lsp.retrieval.registry import DEFAULT, needs_encoder, retriever


class CorpusShelf:
    """Implements `Shelf`. What it is asked raises InputError where a local corpus is not there."""

    def __init__(
        self, local: Sequence[str] = (), nearest: str = DEFAULT, encoder: Path | None = None
    ) -> None:
        self._local = tuple(local)
        self._nearest = nearest
        self._encoder = encoder
        self._retrievers: dict[str, Retriever] = {}

    @cached_property
    def _corpus(self) -> PairCorpus:
        own = (pair for name in self._local for pair in load(name).corpus.pairs)
        return PairCorpus.of(filter(may_be_imitated, (*own, *corpus_pairs().pairs)))

    def retriever(self, name: str) -> Retriever:
        """See `Shelf`."""
        if name not in self._retrievers:
            slot = "+".join(("shown", *self._local))
            self._retrievers[name] = retriever(name, self._corpus, self._encoder, slot)
        return self._retrievers[name]

    def nearest(self) -> Retriever:
        """See `Shelf`."""
        return self.retriever(self._nearest)

    def digest(self, nearest: bool = False) -> str:
        """What changes whenever other examples may be found.

        nearest  they are found by whichever retriever was chosen, so that it counts, and its encoder
        """
        if not nearest:
            return self._corpus.digest
        weights = self._encoder if needs_encoder(self._nearest) else None
        identity = "" if weights is None else identity_of(weights)
        return "\0".join((self._corpus.digest, self._nearest, identity))
