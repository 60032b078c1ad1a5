"""Retrievers by name: what a setting or an option may say, and what each needs."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from pie_lsp.retrieval.at_random import AtRandom
from pie_lsp.retrieval.bm25 import Bm25, by_code, by_description
from pie_lsp.retrieval.by_kind import ByKind
from pie_lsp.retrieval.contract import PairCorpus, Retriever
from pie_lsp.retrieval.diverse import Diverse
from pie_lsp.retrieval.embeddings import Embeddings, embeddings
from pie_lsp.retrieval.encoder import load_encoder
from pie_lsp.retrieval.fusion import Fused
from pie_lsp.values.errors import InputError

DEFAULT = "by-kind"
DESCRIPTION = "description"
"""The one retriever whose query is a text about a program, and not the program."""

Make = Callable[[PairCorpus, str], Retriever]

_WITHOUT_WEIGHTS: Mapping[str, Make] = MappingProxyType(
    {
        "bm25": by_code,
        "by-kind": lambda corpus, slot: ByKind(by_code(corpus, slot)),
        DESCRIPTION: lambda corpus, slot: by_description(corpus),
        "diverse": lambda corpus, slot: Diverse(by_code(corpus, slot)),
        "random": lambda corpus, slot: AtRandom(corpus),
    }
)
_WITH_ENCODER: Mapping[str, Callable[[Embeddings, Bm25], Retriever]] = MappingProxyType(
    {
        "embeddings": lambda near, tokens: near,
        "fused": lambda near, tokens: Fused((tokens, near)),
        "fused-by-kind": lambda near, tokens: ByKind(Fused((tokens, near)), "fused-by-kind"),
    }
)


def names(encoder: Path | None = None) -> tuple[str, ...]:
    """The retrievers that can be had, with the encoder in that folder or without one."""
    return tuple(sorted((*_WITHOUT_WEIGHTS, *(_WITH_ENCODER if encoder else ()))))


def finding_by_code() -> tuple[str, ...]:
    """Those whose query is a program, whether they need an encoder or not: one may stand for another."""
    return tuple(name for name in names(Path()) if name != DESCRIPTION)


def needs_encoder(name: str) -> bool:
    """Whether the retriever of that name needs one."""
    return name in _WITH_ENCODER


def retriever(name: str, corpus: PairCorpus, encoder: Path | None = None, slot: str = "corpus") -> Retriever:
    """The retriever of that name over `corpus`, whose index is kept under `slot`.

    Raises InputError where there is none, or it needs an encoder, MissingToolError without torch.
    """
    make = _WITHOUT_WEIGHTS.get(name)
    if make is not None:
        return make(corpus, slot)
    make_with = _WITH_ENCODER.get(name)
    if make_with is None:
        raise InputError(f"There is no retriever {name!r}; known are {', '.join(names(Path()))}.")
    if encoder is None:
        raise InputError(f"The retriever {name!r} needs the folder of an encoder; {DEFAULT!r} does not.")
    return make_with(embeddings(corpus, load_encoder(encoder), slot), by_code(corpus, slot))
