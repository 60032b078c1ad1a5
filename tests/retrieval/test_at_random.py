from collections import Counter

from pie_lsp.retrieval.at_random import AtRandom
from pie_lsp.retrieval.contract import Pair, PairCorpus

CORPUS = PairCorpus.of(
    Pair(f"{number:02}", b"%d" % number, b"", problem=f"p{number}") for number in range(20)
)


def test_lots_are_the_same_for_the_same_query_and_seed() -> None:
    drawn = AtRandom(CORPUS).retrieve(b"query", 5)
    assert AtRandom(CORPUS).retrieve(b"query", 5) == drawn
    assert len({hit.pair.key for hit in drawn}) == 5
    others = [AtRandom(CORPUS, 1).retrieve(b"query", 5), AtRandom(CORPUS).retrieve(b"other", 5)]
    assert all(other != drawn for other in others)


def test_every_pair_is_drawn_about_as_often_and_none_that_is_left_out() -> None:
    drawn = Counter(
        hit.pair.key for seed in range(400) for hit in AtRandom(CORPUS, seed).retrieve(b"query", 5, "p3")
    )
    assert set(drawn) == {pair.key for pair in CORPUS.pairs} - {"03"}
    # 400 * 5 / 19 is 105; a fair lottery strays that far once in thousands of years.
    assert all(50 < count < 170 for count in drawn.values())
