from pie_lsp.corpus.problem import Split
from pie_lsp.retrieval.bm25 import by_code
from pie_lsp.retrieval.contract import Pair, PairCorpus
from pie_lsp.retrieval.diverse import Diverse
from pie_lsp.retrieval.pairs import next_pairs


def test_what_repeats_a_chosen_pair_comes_later() -> None:
    query = b"a b c d e f g h i j;"
    pairs = [
        Pair("1", b"a b c d e f g h;", b""),
        Pair("2", b"a b c d e f g h; ;", b""),
        Pair("3", b"g h i j; k l m n o", b""),
    ]
    base = by_code(PairCorpus.of(pairs))
    assert [hit.pair.key for hit in base.retrieve(query, 3)] == ["1", "2", "3"]
    assert [hit.pair.key for hit in Diverse(base).retrieve(query, 3)] == ["1", "3", "2"]
    assert [hit.pair.key for hit in Diverse(base).retrieve(query, 1)] == ["1"]
    assert Diverse(base).retrieve(b"", 3) == ()


def test_the_nearest_is_always_the_first_and_problems_come_once() -> None:
    corpus = next_pairs(frozenset(Split))
    base = by_code(corpus)
    for pair in corpus.pairs[::11]:
        hits = Diverse(base).retrieve(pair.before, 4, pair.problem)
        assert hits[0] == base.retrieve(pair.before, 1, pair.problem)[0]
        assert len({hit.pair.problem for hit in hits} - {pair.problem}) == 4
