"""Finds pairs by what their slow programs, or their descriptions, have in common with a query: BM25.

Knows pairs and terms; how documents are scored is told in `inverted.py`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.retrieval.choosing import choose
from pie_lsp.retrieval.contract import Hit, Pair, PairCorpus
from pie_lsp.retrieval.index import Identity, arrays_from_bytes, arrays_to_bytes, kept
from pie_lsp.retrieval.inverted import InvertedIndex, index_from, make_index
from pie_lsp.retrieval.terms import Terms, code_terms, text_terms

MADE_ANEW = 1000
"""Up to so many pairs no index is kept."""
_METHOD = "bm25/code-terms/1"


@dataclass(frozen=True, slots=True)
class Bm25:
    """A retriever: BM25 over one text of each pair of `corpus`; `index` is of the terms of these texts."""

    name: str
    corpus: PairCorpus
    terms: Terms
    index: InvertedIndex

    def ranked(self, query: bytes) -> Iterator[Hit]:
        """See `Ranker`. What shares no term with the query is never found."""
        pairs = self.corpus.pairs
        for number, score in self.index.ranked(self.terms(query)):
            yield Hit(score, pairs[number])

    def retrieve(self, query: bytes, k: int, exclude_problem: str | None = None) -> tuple[Hit, ...]:
        """See `Retriever`."""
        return choose(self.ranked(query), k, exclude_problem)


def by_code(corpus: PairCorpus, slot: str = "", folder: Path | None = None) -> Bm25:
    """Finds by the tokens of the slow programs; the query is a program, or a function.

    The index of a large corpus is kept under the name `slot`, where there is one, below `folder` or else in
    the cache; that of a small one is made in the time that it takes to read.
    """

    def make() -> InvertedIndex:
        return _index(corpus, code_terms, lambda pair: pair.before)

    if len(corpus) <= MADE_ANEW or not slot:
        return Bm25("bm25", corpus, code_terms, make())
    identity = Identity(slot=f"bm25/{slot}", method=_METHOD, corpus=corpus.digest)
    index = kept(
        identity,
        make,
        lambda made: arrays_to_bytes(made.arrays()),
        lambda data: index_from(arrays_from_bytes(data)),
        folder,
    )
    return Bm25("bm25", corpus, code_terms, index)


def by_description(corpus: PairCorpus) -> Bm25:
    """Finds by the words of the descriptions; the query says what is slow about a program, in UTF-8."""
    index = _index(corpus, text_terms, lambda pair: pair.description.encode())
    return Bm25("description", corpus, text_terms, index)


def _index(corpus: PairCorpus, terms: Terms, text_of: Callable[[Pair], bytes]) -> InvertedIndex:
    return make_index(terms(text_of(pair)) for pair in corpus.pairs)
