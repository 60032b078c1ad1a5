"""Finds pairs by what their slow programs, or their descriptions, have in common with a query: BM25.

Knows pairs and terms; how documents are scored is told in `inverted.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pie_lsp.retrieval.choosing import choose
from pie_lsp.retrieval.contract import Hit, Pair, PairCorpus
from pie_lsp.retrieval.inverted import InvertedIndex, make_index
from pie_lsp.retrieval.terms import Terms, code_terms, text_terms


@dataclass(frozen=True, slots=True)
class Bm25:
    """A retriever: BM25 over one text of each pair of `corpus`; `index` is of the terms of these texts."""

    name: str
    corpus: PairCorpus
    terms: Terms
    index: InvertedIndex

    def retrieve(self, query: bytes, k: int, exclude_problem: str | None = None) -> tuple[Hit, ...]:
        """See `Retriever`. What shares no term with the query is never found."""
        pairs = self.corpus.pairs
        ranked = (Hit(score, pairs[number]) for number, score in self.index.ranked(self.terms(query)))
        return choose(ranked, k, exclude_problem)


def by_code(corpus: PairCorpus, index: InvertedIndex | None = None) -> Bm25:
    """Finds by the tokens of the slow programs; the query is a program, or a function."""
    if index is None:
        index = _index(corpus, code_terms, lambda pair: pair.before)
    return Bm25("bm25", corpus, code_terms, index)


def by_description(corpus: PairCorpus) -> Bm25:
    """Finds by the words of the descriptions; the query says what is slow about a program, in UTF-8."""
    index = _index(corpus, text_terms, lambda pair: pair.description.encode())
    return Bm25("description", corpus, text_terms, index)


def _index(corpus: PairCorpus, terms: Terms, text_of: Callable[[Pair], bytes]) -> InvertedIndex:
    return make_index(terms(text_of(pair)) for pair in corpus.pairs)
