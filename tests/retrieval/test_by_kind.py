from collections.abc import Iterator
from dataclasses import dataclass

from pie_lsp.corpus.problem import Kind, Split
from pie_lsp.retrieval.bm25 import by_code
from pie_lsp.retrieval.by_kind import ByKind
from pie_lsp.retrieval.contract import Hit, Pair, PairCorpus
from pie_lsp.retrieval.pairs import next_pairs

CORPUS = next_pairs(frozenset(Split))
FLUSHES, PLAIN = b"cout << x << endl;", b"cout << x << '\\n';"


@dataclass(frozen=True)
class InOrder:
    """Ranks the pairs as they come, whatever the query."""

    corpus: PairCorpus

    def ranked(self, query: bytes) -> Iterator[Hit]:
        for place, pair in enumerate(self.corpus.pairs):
            yield Hit(1.0 - place / 100, pair)


def pair(key: str, kind: Kind | None, before: bytes = PLAIN, problem: str = "") -> Pair:
    return Pair(key, before + key.encode(), b"fast", () if kind is None else (kind,), problem or key)


def keys(corpus: PairCorpus, query: bytes, k: int = 4, exclude: str | None = None) -> list[str]:
    return [hit.pair.key for hit in ByKind(InOrder(corpus)).retrieve(query, k, exclude)]


def test_four_examples_show_four_kinds_where_there_are_four() -> None:
    by_kind = ByKind(by_code(CORPUS))
    for asked in CORPUS.pairs[::9]:
        hits = by_kind.retrieve(asked.before, 4, asked.problem)
        assert len({hit.pair.kind for hit in hits}) == 4
        assert len({hit.pair.problem for hit in hits} - {asked.problem}) == 4


def test_the_kind_that_goes_with_the_signs_comes_first() -> None:
    pairs = [pair(f"a{n}", Kind.TYPE_WIDTH) for n in range(5)]
    pairs += [pair(f"b{n}", Kind.BUFFERED_IO, FLUSHES) for n in range(5)]
    corpus = PairCorpus.of(pairs)
    assert keys(corpus, FLUSHES, 1) == ["b0"]
    assert keys(corpus, PLAIN, 1) == ["a0"]


def test_of_a_kind_the_nearest_comes_first_and_others_follow_in_turn() -> None:
    corpus = PairCorpus.of([*(pair(f"a{n}", Kind.TYPE_WIDTH) for n in range(4)), pair("b", Kind.ALLOCATION)])
    assert keys(corpus, PLAIN, 9) == ["a0", "b", "a1", "a2", "a3"]


def test_what_is_known_of_the_problem_itself_tells_nothing() -> None:
    """Only the problem that is left out says that flushing goes with its kind."""
    pairs = [pair(f"a{n}", Kind.TYPE_WIDTH) for n in range(3)]
    pairs += [pair(f"b{n}", Kind.ALLOCATION) for n in range(3)]
    own = [pair(f"c{n}", Kind.ALLOCATION, FLUSHES, "own") for n in range(9)]
    without, with_own = PairCorpus.of(pairs), PairCorpus.of([*pairs, *own])
    assert keys(with_own, FLUSHES, 6, "own") == keys(without, FLUSHES, 6, "own")


def test_pairs_of_unknown_kind_have_their_turn_and_alone_keep_their_order() -> None:
    unknown = [pair(f"c{n}", None) for n in range(3)]
    assert keys(PairCorpus.of(unknown), PLAIN) == ["c0", "c1", "c2"]
    mixed = keys(PairCorpus.of([*unknown, pair("d", Kind.ALGORITHM)]), PLAIN, 2)
    assert sorted(mixed) == ["c0", "d"]


def test_nothing_comes_of_nothing() -> None:
    assert keys(PairCorpus.of([]), PLAIN) == []
