"""How good the retrievers are: whether they find pairs that show the edit which a program needs.

A query is a program of our corpus for which it is measured what its author did next to make it at least 1.10
times as fast. A retriever hits where one of its first pairs, all of other problems, shows an edit of the same
kind. Knows no terminal, runs no program.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.corpus.loader import PROBLEMS
from pie_lsp.corpus.problem import Split
from pie_lsp.retrieval.at_random import AtRandom
from pie_lsp.retrieval.contract import Pair, PairCorpus, Retriever
from pie_lsp.retrieval.pairs import next_pairs
from pie_lsp.retrieval.registry import DESCRIPTION, names, retriever

FIRST = 4
"""How many examples a prompt shows at most."""
LOTS = 50
"""How often lots are drawn for each query, since one draw says little about the floor."""


@dataclass(frozen=True, slots=True)
class RetrieverScore:
    """The share of queries for which the first pair, or one of the first four, is of the right kind."""

    retriever: str
    hit_at_1: float
    hit_at_4: float


@dataclass(frozen=True, slots=True)
class RetrievalBench:
    """What was found. `kinds` are those of the queries, `problems` how many these come from."""

    queries: int
    problems: int
    kinds: int
    retrievers: tuple[RetrieverScore, ...]


def bench_retrieval(encoder: Path | None = None, root: Path = PROBLEMS) -> RetrievalBench:
    """Judge every retriever that can be had, with the encoder in that folder where one is named.

    Raises CorpusError where the corpus is not as it has to be, InputError where the encoder is none.
    """
    corpus = next_pairs(frozenset(Split), root)
    return RetrievalBench(
        queries=len(corpus),
        problems=len({pair.problem for pair in corpus.pairs}),
        kinds=len({pair.kind for pair in corpus.pairs}),
        retrievers=tuple(_score(name, corpus, encoder) for name in names(encoder)),
    )


def _score(name: str, corpus: PairCorpus, encoder: Path | None) -> RetrieverScore:
    if name == AtRandom(corpus).name:
        made: Sequence[Retriever] = [AtRandom(corpus, seed) for seed in range(LOTS)]
    else:
        made = [retriever(name, corpus, encoder, "bench")]
    query_of = _described if name == DESCRIPTION else _source
    firsts = [_first_hits(it, corpus, query_of) for it in made]
    total = len(made) * len(corpus)
    return RetrieverScore(
        name,
        sum(place == 1 for places in firsts for place in places) / max(total, 1),
        sum(place is not None for places in firsts for place in places) / max(total, 1),
    )


def _source(pair: Pair) -> bytes:
    return pair.before


def _described(pair: Pair) -> bytes:
    # What a model would say of the program is not known here; its author's own words stand for it.
    return pair.description.encode()


def _first_hits(by: Retriever, corpus: PairCorpus, query_of: Callable[[Pair], bytes]) -> list[int | None]:
    """For each query the place of the first pair of the right kind, from 1; None where there is none."""
    places: list[int | None] = []
    for pair in corpus.pairs:
        hits = by.retrieve(query_of(pair), FIRST, pair.problem)
        right = (at for at, hit in enumerate(hits, start=1) if hit.pair.kind is pair.kind)
        places.append(next(right, None))
    return places
