import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pie_lsp.retrieval import inverted
from pie_lsp.retrieval.inverted import K1, B, digest_of, index_from, make_index
from pie_lsp.values.errors import InputError

WORDS = st.lists(st.sampled_from([b"a", b"b", b"c", b"d", b"e"]), max_size=12)


def plain(documents: list[list[bytes]], query: list[bytes]) -> dict[int, float]:
    """BM25 as textbooks have it, one document after the other."""
    size, average = len(documents), sum(map(len, documents)) / len(documents)
    scores = {}
    for number, document in enumerate(documents):
        counts = Counter(document)
        score = 0.0
        for term in set(query) & set(document):
            holding = sum(term in other for other in documents)
            rarity = math.log(1 + (size - holding + 0.5) / (holding + 0.5))
            length = K1 * (1 - B + B * len(document) / average)
            score += rarity * counts[term] * (K1 + 1) / (counts[term] + length)
        if score:
            scores[number] = score
    return scores


@settings(max_examples=60, deadline=None)
@given(documents=st.lists(WORDS, min_size=1, max_size=9), query=WORDS)
def test_scores_are_those_of_the_formula(documents: list[list[bytes]], query: list[bytes]) -> None:
    expected = plain(documents, query) if any(documents) else {}
    ranked = make_index(documents).ranked(query)
    assert dict(ranked) == pytest.approx(expected, rel=1e-5)
    # Equal ones by their numbers.
    assert list(ranked) == sorted(ranked, key=lambda it: (-it[1], it[0]))


def test_no_documents_and_no_terms() -> None:
    assert make_index([]).ranked([b"a"]) == ()
    assert make_index([[], []]).ranked([b"a"]) == ()
    assert make_index([[b"a"]]).ranked([]) == ()


def test_a_large_collection_is_ranked_at_its_top_as_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(7)
    rare = [b"r%d" % number for number in range(400)]
    documents = [
        [
            b"the",
            b"the",
            b"of",
            *(rare[at] for at in rng.integers(0, 400, 8)),
            *[b"and"] * int(rng.integers(0, 4)),
        ]
        for _ in range(600)
    ]
    index = make_index(documents)
    queries = [[b"the", b"and", *(rare[at] for at in rng.integers(0, 400, 20))] for _ in range(20)]
    whole = [index.ranked(query)[:10] for query in queries]
    monkeypatch.setattr(inverted, "SMALL", 100)
    monkeypatch.setattr(inverted, "FIRST", 150)
    fast = [index.ranked(query) for query in queries]
    for short, long in zip(fast, whole, strict=True):
        assert [number for number, _ in short[:10]] == [number for number, _ in long]
        assert [score for _, score in short[:10]] == pytest.approx([score for _, score in long])
    assert max(map(len, fast)) == 150


def test_arrays_give_the_same_index_back() -> None:
    index = make_index([[b"a", b"b"], [b"b", b"c"]])
    again = index_from(index.arrays())
    assert again.ranked([b"b", b"c"]) == index.ranked([b"b", b"c"]) != ()


@pytest.mark.parametrize("name", ["vocabulary", "starts", "documents", "impacts", "size"])
def test_arrays_that_are_no_index_are_refused(name: str) -> None:
    arrays = make_index([[b"a", b"b"], [b"b", b"c"]]).arrays()
    wrong = [arrays[name].astype("U9"), arrays[name][:-1]]
    for other in wrong:
        with pytest.raises(InputError, match="no index of terms"):
            index_from({**arrays, name: other})
    with pytest.raises(InputError, match="no index of terms"):
        index_from({key: value for key, value in arrays.items() if key != name})


def test_a_term_has_the_same_number_in_every_process() -> None:
    assert digest_of(b"cout\0<<") == 16542738452525797179
