"""The nearest pairs of the real corpus, by code, by description, and mixed with others."""

import pytest

from pie_lsp.models.templates import load_template
from pie_lsp.prompting.contract import Example, Search
from pie_lsp.prompting.pairs import shown
from pie_lsp.prompting.registry import strategy
from pie_lsp.prompting.shelf import CorpusShelf
from pie_lsp.retrieval.contract import Hit
from pie_lsp.retrieval.pairs import corpus_pairs

CHAT = load_template("chat")
QUERY = (
    b"bool seen(const std::vector<int>& v, int x) { for (int k : v) if (k == x) return true; return false; }"
)


@pytest.fixture(scope="module")
def shelf() -> CorpusShelf:
    return CorpusShelf()


def found(shelf: CorpusShelf, name: str, description: str = "") -> tuple[Example, ...]:
    examples = strategy(name, CHAT).examples
    assert examples is not None
    return examples(Search(shelf, QUERY, description))


def nearest(shelf: CorpusShelf, count: int) -> list[Example]:
    return [shown(hit.pair) for hit in shelf.retriever("bm25").retrieve(QUERY, count)]


@pytest.mark.parametrize("count", [1, 2, 4])
def test_so_many_pairs_the_nearest_last(shelf: CorpusShelf, count: int) -> None:
    assert list(found(shelf, f"retrieval-{count}")) == nearest(shelf, count)[::-1]
    assert len(nearest(shelf, count)) == count


def test_by_description_the_words_decide(shelf: CorpusShelf) -> None:
    told = "Every query adds up the whole range again; prefix sums would avoid that."
    hits: tuple[Hit, ...] = shelf.retriever("description").retrieve(told.encode(), 4)
    assert list(found(shelf, "retrieval-by-description", told)) == [shown(h.pair) for h in reversed(hits)]
    assert found(shelf, "retrieval-by-description", told) != found(
        shelf, "retrieval-by-description", "endl flush"
    )


def test_two_are_alike_and_two_were_made_faster_in_other_ways(shelf: CorpusShelf) -> None:
    examples = found(shelf, "similar-and-different")
    assert list(examples[-2:]) == nearest(shelf, 2)[::-1]
    kinds = [
        hit.pair.kind
        for example in examples
        for hit in shelf.retriever("bm25").retrieve(QUERY, 24)
        if shown(hit.pair) == example
    ]
    assert len(kinds) == 4 and kinds[0] != kinds[1] and not {kinds[0], kinds[1]} & set(kinds[2:])


def test_the_digest_is_that_of_the_corpus(shelf: CorpusShelf) -> None:
    assert shelf.digest() == corpus_pairs().digest
