from dataclasses import replace

from pie_lsp.corpus.problem import Kind
from pie_lsp.retrieval.contract import Pair, PairCorpus

PAIR = Pair("b", b"slow", b"fast", (Kind.COPY_ELIMINATION, Kind.ALGORITHM), "sums", speedup=2.0)


def test_pairs_come_in_the_order_of_their_keys_each_once() -> None:
    other = replace(PAIR, key="a", before=b"slower")
    corpus = PairCorpus.of([PAIR, other, replace(PAIR, after=b"later")])
    assert corpus.pairs == (other, PAIR)
    assert corpus == PairCorpus.of([other, PAIR])


def test_the_kind_is_the_weightiest() -> None:
    assert PAIR.kind is Kind.ALGORITHM
    assert replace(PAIR, kinds=(Kind.TYPE_WIDTH, Kind.ALLOCATION)).kind is Kind.ALLOCATION
    assert replace(PAIR, kinds=()).kind is None


def test_any_change_changes_the_digest() -> None:
    changed = [
        replace(PAIR, key="c"),
        replace(PAIR, before=b"slo", after=b"wfast"),
        replace(PAIR, kinds=(Kind.ALGORITHM,)),
        replace(PAIR, problem="sum"),
        replace(PAIR, function="solve"),
        replace(PAIR, description="It is faster."),
        replace(PAIR, speedup=None),
    ]
    digests = {PairCorpus.of([pair]).digest for pair in [PAIR, *changed]}
    assert len(digests) == 1 + len(changed)


def test_of_each_source_the_best_pair_stays() -> None:
    faster = replace(PAIR, key="c", after=b"faster", speedup=3.0)
    unknown = replace(PAIR, key="a", speedup=None)
    other = replace(PAIR, key="d", before=b"other", speedup=None)
    corpus = PairCorpus.of([PAIR, faster, unknown, other, replace(faster, key="e")])
    assert corpus.best_of_each_source().pairs == (faster, other)
