"""Retrievers by name: what a setting or an option may say, and what each needs."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pie_lsp.retrieval.at_random import AtRandom
from pie_lsp.retrieval.bm25 import by_code, by_description
from pie_lsp.retrieval.contract import PairCorpus, Retriever
from pie_lsp.values.errors import InputError

DEFAULT = "bm25"

_WITHOUT_WEIGHTS: Mapping[str, Callable[[PairCorpus], Retriever]] = MappingProxyType(
    {
        "bm25": by_code,
        "description": by_description,
        "random": AtRandom,
    }
)


def names() -> tuple[str, ...]:
    """The retrievers that can be had, in the order of their names."""
    return tuple(sorted(_WITHOUT_WEIGHTS))


def retriever(name: str, corpus: PairCorpus) -> Retriever:
    """The retriever of that name over `corpus`. Raises InputError where there is none."""
    make = _WITHOUT_WEIGHTS.get(name)
    if make is None:
        raise InputError(f"There is no retriever {name!r}; known are {', '.join(names())}.")
    return make(corpus)
