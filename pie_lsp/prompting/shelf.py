"""The pairs of our corpus as a place to look for examples, read when the first is wanted."""

from functools import cached_property

from pie_lsp.retrieval.contract import PairCorpus, Retriever
from pie_lsp.retrieval.pairs import corpus_pairs
from pie_lsp.retrieval.registry import retriever


class CorpusShelf:
    """Implements `Shelf`. Serves one request; its indexes are made once in it."""

    def __init__(self) -> None:
        self._retrievers: dict[str, Retriever] = {}

    @cached_property
    def _corpus(self) -> PairCorpus:
        return corpus_pairs()

    def retriever(self, name: str) -> Retriever:
        """See `Shelf`."""
        if name not in self._retrievers:
            self._retrievers[name] = retriever(name, self._corpus)
        return self._retrievers[name]

    def digest(self) -> str:
        """What changes whenever other examples may be found."""
        return self._corpus.digest
