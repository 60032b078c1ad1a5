"""What retrieval is about: pairs of a slow and a fast program, and who finds those like a given one.

Knows nothing of where pairs come from, nor of how they are found.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol, Self

from pie_lsp.corpus.problem import Kind

_ORDER = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Pair:
    """A program and a faster one that does the same.

    key          names the pair, and stays the same whatever else a corpus holds
    kinds        of the edits that lead from the one to the other, in their order; empty where nobody knows
    problem      what both solve; empty where nobody knows
    function     the one function in which they differ; empty where it is not one, or nobody knows
    description  what makes the one faster, in words; may be empty
    speedup      as measured by whoever made the pair; None where nobody did
    """

    key: str
    before: bytes
    after: bytes
    kinds: tuple[Kind, ...] = ()
    problem: str = ""
    function: str = ""
    description: str = ""
    speedup: float | None = None

    @property
    def kind(self) -> Kind | None:
        """The weightiest of the kinds: the one that `Kind` lists first, algorithms before details."""
        return min(self.kinds, key=_ORDER.__getitem__, default=None)


@dataclass(frozen=True, slots=True)
class PairCorpus:
    """Pairs in the order of their keys, each key once.

    digest  changes whenever anything that is searched or found does
    """

    pairs: tuple[Pair, ...]
    digest: str = field(repr=False)

    @classmethod
    def of(cls, pairs: Iterable[Pair]) -> Self:
        """The corpus of `pairs`; of two with one key the first counts."""
        by_key: dict[str, Pair] = {}
        for pair in pairs:
            by_key.setdefault(pair.key, pair)
        ordered = tuple(by_key[key] for key in sorted(by_key))
        return cls(ordered, _digest(ordered))

    def best_of_each_source(self) -> "PairCorpus":
        """For each slow program the pair with the largest speedup alone, as the authors of PIE do."""
        best: dict[bytes, Pair] = {}
        for pair in self.pairs:
            known = best.get(pair.before)
            if known is None or (pair.speedup or 0.0) > (known.speedup or 0.0):
                best[pair.before] = pair
        return PairCorpus.of(best.values())

    def __len__(self) -> int:
        return len(self.pairs)


@dataclass(frozen=True, slots=True)
class Hit:
    """A pair that was found. Scores of one retriever compare with each other, and with nothing else."""

    score: float
    pair: Pair


class Ranker(Protocol):
    """Puts the pairs of a corpus in order, for others to choose from."""

    @property
    def corpus(self) -> PairCorpus:
        """What is ranked."""

    def ranked(self, query: bytes) -> Iterable[Hit]:
        """The pairs that have something in common with `query`, the best first; equal ones by their keys."""


class Retriever(Protocol):
    """Finds the pairs of a corpus that are like a given program or function."""

    @property
    def name(self) -> str:
        """Short and stable: "bm25"."""

    def retrieve(self, query: bytes, k: int, exclude_problem: str | None = None) -> tuple[Hit, ...]:
        """At most `k` pairs, the best first; of equal ones that with the smaller key first.

        No source comes twice, and no problem does, so that `k` examples show `k` things.
        Pairs of the problem `exclude_problem` are left out.
        """


def _digest(pairs: Iterable[Pair]) -> str:
    whole = hashlib.sha256()
    for pair in pairs:
        kinds = " ".join(kind.value for kind in pair.kinds)
        texts = (pair.key, kinds, pair.problem, pair.function, pair.description, repr(pair.speedup))
        for part in (*(text.encode() for text in texts), pair.before, pair.after):
            whole.update(len(part).to_bytes(8, "little"))
            whole.update(part)
    return whole.hexdigest()
