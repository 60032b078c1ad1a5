"""Ranks anew by kind of edit: examples of several kinds, those first that the program most likely needs.

Four pairs that all show one kind of edit help with one guess. So the likeliest kinds come first, each with
its nearest pair. How likely a kind is, is told by the signs of the program, as they go with kinds in the
corpus itself (a naive Bayes estimate), and by the kinds of the nearest pairs.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Self

from pie_lsp.corpus.problem import Kind
from pie_lsp.retrieval.choosing import choose
from pie_lsp.retrieval.contract import Hit, Pair, Ranker
from pie_lsp.retrieval.signs import all_signs, signs_of

NEAREST = 60
"""So many of the nearest pairs vote."""
SHARPNESS = 3
"""How much more the vote of a nearer pair counts."""
DOUBT = 0.3
"""What a kind without a vote has nevertheless."""
TRUST = 0.5
"""Signs overlap, so their evidence counts as if there were half as many."""
PRIOR_WEIGHT = 4.0
"""As if so many programs of average signs were known of each kind."""

AnyKind = Kind | None


@dataclass(frozen=True, slots=True)
class _Counts:
    """How often kinds, and signs with kinds, were seen."""

    kinds: Counter[Kind] = field(default_factory=Counter)
    signs: Counter[tuple[Kind, str]] = field(default_factory=Counter)

    @classmethod
    def of(cls, kinds_and_signs: list[tuple[Kind, frozenset[str]]]) -> Self:
        """Count."""
        counts = cls()
        for kind, signs in kinds_and_signs:
            counts.kinds[kind] += 1
            counts.signs.update((kind, sign) for sign in signs)
        return counts

    def without(self, other: "_Counts") -> "_Counts":
        """The counts of what is not in `other`."""
        return _Counts(self.kinds - other.kinds, self.signs - other.signs)


class ByKind:
    """A retriever that ranks what `base` finds anew."""

    def __init__(self, base: Ranker, name: str = "by-kind") -> None:
        self._base = base
        self._name = name
        of_problem: defaultdict[str, list[tuple[Kind, frozenset[str]]]] = defaultdict(list)
        for pair in base.corpus.pairs:
            if pair.kind is not None:
                of_problem[pair.problem].append((pair.kind, signs_of(pair.before)))
        self._all = _Counts.of([it for seen in of_problem.values() for it in seen])
        self._of_problem = {problem: _Counts.of(seen) for problem, seen in of_problem.items()}

    @property
    def name(self) -> str:
        """See `Retriever`."""
        return self._name

    def retrieve(self, query: bytes, k: int, exclude_problem: str | None = None) -> tuple[Hit, ...]:
        """See `Retriever`. The scores are those of the base, which no longer decide the order alone."""
        ranked = [hit for hit in self._base.ranked(query) if not _is_of(hit.pair, exclude_problem)]
        counts = self._all
        if exclude_problem in self._of_problem:
            # What is known of the problem itself must not tell what its programs need.
            counts = counts.without(self._of_problem[exclude_problem])
        weights = _weights(ranked, _likelihoods(counts, signs_of(query)))
        return choose(_in_turn(ranked, weights), k, exclude_problem)


def _is_of(pair: Pair, problem: str | None) -> bool:
    return problem is not None and pair.problem == problem


def _likelihoods(counts: _Counts, signs: frozenset[str]) -> dict[Kind, float]:
    """How likely each kind is for a program with these signs, with the likeliest at 1."""
    total = counts.kinds.total()
    of_sign: Counter[str] = Counter()
    for (_, sign), count in counts.signs.items():
        of_sign[sign] += count
    logs = {}
    for kind, programs in counts.kinds.items():
        log = math.log(programs / total)
        for sign in all_signs():
            usual = (of_sign[sign] + 1) / (total + 2)
            share = (counts.signs[kind, sign] + PRIOR_WEIGHT * usual) / (programs + PRIOR_WEIGHT)
            log += math.log(share if sign in signs else 1 - share)
        logs[kind] = log
    best = max(logs.values(), default=0.0)
    return {kind: math.exp(TRUST * (log - best)) for kind, log in logs.items()}


def _weights(ranked: list[Hit], likely: Mapping[Kind, float]) -> dict[AnyKind, float]:
    """How much each kind that occurs is worth showing."""
    votes: defaultdict[AnyKind, float] = defaultdict(float)
    nearest = ranked[0].score if ranked else 1.0
    for hit in islice(ranked, NEAREST):
        votes[hit.pair.kind] += (hit.score / nearest) ** SHARPNESS if nearest > 0 else 1.0
    # Of pairs whose kind nobody knows, no sign tells anything for or against.
    unknown = sum(likely.values()) / len(likely) if likely else 1.0
    kinds = {hit.pair.kind for hit in ranked}
    return {
        kind: (unknown if kind is None else likely.get(kind, 0.0)) * (votes[kind] + DOUBT) for kind in kinds
    }


def _in_turn(ranked: list[Hit], weights: Mapping[AnyKind, float]) -> Iterator[Hit]:
    """The nearest pair of each kind, the weightiest kind first; then the second nearest of each, and so on.

    A problem is shown once, so what stands for a kind is its nearest pair of a problem not yet shown.
    """
    left: dict[AnyKind, list[Hit]] = {}
    for hit in ranked:
        left.setdefault(hit.pair.kind, []).append(hit)
    order = sorted(left, key=lambda kind: (-weights[kind], kind.value if kind is not None else ""))
    problems, sources = set[str](), set[bytes]()
    while any(left.values()):
        for kind in order:
            fresh = next((hit for hit in left[kind] if _is_new(hit.pair, problems, sources)), None)
            if fresh is None:
                left[kind] = []
                continue
            left[kind].remove(fresh)
            problems.add(fresh.pair.problem)
            sources.add(fresh.pair.before)
            yield fresh


def _is_new(pair: Pair, problems: set[str], sources: set[bytes]) -> bool:
    return (not pair.problem or pair.problem not in problems) and pair.before not in sources
