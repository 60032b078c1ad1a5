from pathlib import Path

import pytest

from pie_lsp.corpus.problem import Split
from pie_lsp.retrieval import bm25
from pie_lsp.retrieval.bm25 import by_code, by_description
from pie_lsp.retrieval.contract import Pair, PairCorpus
from pie_lsp.retrieval.pairs import next_pairs

CORPUS = next_pairs(frozenset(Split))


def test_a_program_finds_its_problem_first_unless_that_is_left_out() -> None:
    by = by_code(CORPUS)
    for pair in CORPUS.pairs[::7]:
        hits = by.retrieve(pair.before, 4)
        assert hits[0].pair.problem == pair.problem
        assert len(hits) == 4
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        others = by.retrieve(pair.before, 4, pair.problem)
        assert len({hit.pair.problem for hit in others} - {pair.problem}) == 4


def test_a_function_alone_finds_its_program() -> None:
    (pair,) = (pair for pair in CORPUS.pairs if pair.key == "corpus/word_tally/1-2")
    start = pair.before.index(b"bool has_prefix")
    function = pair.before[start : pair.before.index(b"int main")]
    assert by_code(CORPUS).retrieve(function, 1)[0].pair.problem == "word_tally"


def test_two_runs_find_the_same() -> None:
    query = CORPUS.pairs[0].before
    assert by_code(CORPUS).retrieve(query, 9) == by_code(CORPUS).retrieve(query, 9)


def test_equal_programs_stand_in_the_order_of_their_keys() -> None:
    pairs = [
        Pair(key, f"int {name};".encode(), b"int x;") for key, name in [("b", "a"), ("a", "b"), ("c", "c")]
    ]
    hits = by_code(PairCorpus.of(pairs)).retrieve(b"int main;", 3)
    assert [hit.pair.key for hit in hits] == ["a", "b", "c"]
    assert len({hit.score for hit in hits}) == 1


def test_what_shares_nothing_finds_nothing() -> None:
    assert by_code(CORPUS).retrieve(b"", 4) == ()
    assert by_code(PairCorpus.of([])).retrieve(b"int main() {}", 4) == ()


def test_the_index_of_a_large_corpus_is_kept_and_gives_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bm25, "MADE_ANEW", 10)
    plain = by_code(CORPUS).retrieve(CORPUS.pairs[5].before, 4)
    assert by_code(CORPUS, "all", tmp_path).retrieve(CORPUS.pairs[5].before, 4) == plain
    assert len(list(tmp_path.iterdir())) == 1
    # From here on the programs are not looked at any more.
    monkeypatch.setattr(bm25, "make_index", lambda documents: pytest.fail("made anew"))
    assert by_code(CORPUS, "all", tmp_path).retrieve(CORPUS.pairs[5].before, 4) == plain


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (
            "the program finds words with a prefix by going through all of them; binary search helps",
            "word_tally",
        ),
        ("Counts in a hash table in place of an ordered map.", "word_tally"),
    ],
)
def test_words_find_what_is_described_so(words: str, problem: str) -> None:
    hits = by_description(CORPUS).retrieve(words.encode(), 4)
    assert problem in {hit.pair.problem for hit in hits}
