"""The pairs to show: those of our corpus, and of the local corpora that the user names.

They are read when the first is wanted, and indexes are made once for a request.
"""

from collections.abc import Sequence
from functools import cached_property

from pie_lsp.retrieval.contract import PairCorpus, Retriever
from pie_lsp.retrieval.local import load
from pie_lsp.retrieval.pairs import corpus_pairs
from pie_lsp.retrieval.registry import retriever


class CorpusShelf:
    """Implements `Shelf`. What it is asked raises InputError where a local corpus is not there."""

    def __init__(self, local: Sequence[str] = ()) -> None:
        self._local = tuple(local)
        self._retrievers: dict[str, Retriever] = {}

    @cached_property
    def _corpus(self) -> PairCorpus:
        if not self._local:
            return corpus_pairs()
        own = (pair for name in self._local for pair in load(name).corpus.pairs)
        return PairCorpus.of((*own, *corpus_pairs().pairs))

    def retriever(self, name: str) -> Retriever:
        """See `Shelf`."""
        if name not in self._retrievers:
            slot = "+".join(("corpus", *self._local))
            self._retrievers[name] = retriever(name, self._corpus, slot=slot)
        return self._retrievers[name]

    def digest(self) -> str:
        """What changes whenever other examples may be found."""
        return self._corpus.digest
