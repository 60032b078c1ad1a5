from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from pie_lsp.retrieval.contract import Hit, Pair, PairCorpus
from pie_lsp.retrieval.fusion import RANK_OFFSET, Fused

CORPUS = PairCorpus.of(Pair(key, key.encode(), b"") for key in "abcd")


@dataclass(frozen=True)
class Fixed:
    """Ranks by the order of the keys in `order`, with wild scores."""

    corpus: PairCorpus
    order: str

    def ranked(self, query: bytes) -> Iterator[Hit]:
        by_key = {pair.key: pair for pair in self.corpus.pairs}
        for place, key in enumerate(self.order):
            yield Hit(10.0 ** (9 - place), by_key[key])


def test_what_several_rank_high_wins_whatever_the_scores() -> None:
    fused = Fused((Fixed(CORPUS, "abcd"), Fixed(CORPUS, "bdca")))
    hits = fused.retrieve(b"", 4)
    assert [hit.pair.key for hit in hits] == ["b", "a", "d", "c"]
    assert hits[0].score == pytest.approx(1 / (RANK_OFFSET + 1) + 1 / (RANK_OFFSET + 2))


def test_what_one_alone_finds_is_found_and_ties_go_by_keys() -> None:
    fused = Fused((Fixed(CORPUS, "c"), Fixed(CORPUS, "a")))
    assert [hit.pair.key for hit in fused.retrieve(b"", 4)] == ["a", "c"]
    assert fused.corpus is CORPUS
