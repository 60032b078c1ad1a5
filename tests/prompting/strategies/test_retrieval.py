"""The nearest pairs of the real corpus, by code, by description, and mixed with others."""

from pathlib import Path

import pytest

from pie_lsp.models.templates import load_template
from pie_lsp.prompting.contract import Example, Search
from pie_lsp.prompting.pairs import may_be_imitated, shown
from pie_lsp.prompting.registry import strategy
from pie_lsp.prompting.shelf import CorpusShelf
from pie_lsp.retrieval.contract import Hit, Pair, PairCorpus
from pie_lsp.retrieval.local import save
from pie_lsp.retrieval.pairs import corpus_pairs
from pie_lsp.retrieval.registry import retriever
from pie_lsp.values.errors import InputError
from tests.retrieval.tiny_encoder import save_tiny_encoder

CHAT = load_template("chat")
QUERY = (
    b"bool seen(const std::vector<int>& v, int x) { for (int k : v) if (k == x) return true; return false; }"
)


@pytest.fixture(scope="module")
def shelf() -> CorpusShelf:
    return CorpusShelf()


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_encoder(tmp_path_factory.mktemp("encoder") / "tiny")


def found(shelf: CorpusShelf, name: str, description: str = "") -> tuple[Example, ...]:
    examples = strategy(name, CHAT).examples
    assert examples is not None
    return examples(Search(shelf, QUERY, description))


def nearest(shelf: CorpusShelf, count: int) -> list[Example]:
    return [shown(hit.pair) for hit in shelf.retriever("by-kind").retrieve(QUERY, count)]


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


def test_different_ones_stand_before_the_nearest(shelf: CorpusShelf) -> None:
    hits = shelf.retriever("diverse").retrieve(QUERY, 4)
    examples = found(shelf, "similar-and-different")
    assert list(examples) == [shown(hit.pair) for hit in reversed(hits)]
    assert list(examples[-1:]) == [shown(shelf.retriever("bm25").retrieve(QUERY, 1)[0].pair)]


def test_local_pairs_are_shown_where_the_user_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    mine = Pair("mine", QUERY, b"bool seen() { return mine; }", description="Mine.")
    save("own", PairCorpus.of([mine]))
    shelf = CorpusShelf(["own"])
    assert found(shelf, "retrieval-by-description", "Mine.") == (shown(mine),)
    assert shelf.digest() != CorpusShelf().digest()
    with pytest.raises(InputError, match="no local corpus 'gone'"):
        CorpusShelf(["gone"]).digest()


def shown_pairs() -> PairCorpus:
    return PairCorpus.of(filter(may_be_imitated, corpus_pairs().pairs))


def test_the_digest_is_that_of_what_may_be_shown(shelf: CorpusShelf) -> None:
    assert shelf.digest() == shown_pairs().digest


def test_no_pair_changes_what_an_answer_has_to_keep(shelf: CorpusShelf) -> None:
    left_out = {pair.key for pair in corpus_pairs().pairs} - {pair.key for pair in shown_pairs().pairs}
    assert "corpus/letter_press/1-3" in left_out and "corpus/lowest_tides/1-4" in left_out
    for pair in corpus_pairs().pairs:
        if pair.key in left_out:
            hits = shelf.retriever("by-kind").retrieve(pair.before, 4)
            assert pair.key not in {hit.pair.key for hit in hits}


@pytest.mark.parametrize("name", ["embeddings", "fused", "fused-by-kind"])
def test_an_encoder_of_the_user_finds_the_pairs_where_it_was_chosen(encoder: Path, name: str) -> None:
    chosen = CorpusShelf(nearest=name, encoder=encoder)
    hits = retriever(name, shown_pairs(), encoder).retrieve(QUERY, 4)
    assert list(found(chosen, "retrieval-4")) == [shown(hit.pair) for hit in reversed(hits)]
    assert chosen.nearest().name == name
    # The other strategies go on with what they are about.
    assert found(chosen, "similar-and-different") == found(CorpusShelf(), "similar-and-different")


def test_without_weights_too_another_retriever_finds_other_pairs() -> None:
    by_tokens = CorpusShelf(nearest="bm25")
    hits = by_tokens.retriever("bm25").retrieve(QUERY, 4)
    assert list(found(by_tokens, "retrieval-4")) == [shown(hit.pair) for hit in reversed(hits)]
    assert found(by_tokens, "retrieval-4") != found(CorpusShelf(), "retrieval-4")


def test_retriever_and_encoder_are_in_the_digest_where_they_find_the_pairs(
    encoder: Path, tmp_path: Path
) -> None:
    other = save_tiny_encoder(tmp_path / "other", seed=1)
    shelves = (
        CorpusShelf(),
        CorpusShelf(nearest="bm25"),
        CorpusShelf(nearest="fused", encoder=encoder),
        CorpusShelf(nearest="fused", encoder=other),
    )
    assert len({shelf.digest(nearest=True) for shelf in shelves}) == len(shelves)
    assert len({shelf.digest() for shelf in shelves}) == 1
    # One that is set and not used changes nothing.
    assert CorpusShelf(encoder=encoder).digest(nearest=True) == CorpusShelf().digest(nearest=True)
