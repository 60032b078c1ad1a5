"""Pairs from the problems of our corpus: two versions of one problem, of which the later was measured faster.

Knows the corpus and its recorded costs; compiles and measures nothing.
"""

from collections.abc import Callable, Collection, Iterator
from itertools import combinations
from pathlib import Path

from pie_lsp.corpus.costs import Costs, read_costs
from pie_lsp.corpus.loader import PROBLEMS, problems
from pie_lsp.corpus.problem import Kind, Problem, Split
from pie_lsp.retrieval.contract import Pair, PairCorpus
from pie_lsp.values.settings import MIN_SPEEDUP

NOT_MEANT = frozenset((Kind.COSMETIC, Kind.SLOW_DOWN))
"""Kinds of steps that are there to be seen through; a gain across them alone teaches nothing."""

TO_SHOW = (Split.TRAIN,)
"""The splits whose pairs may be shown to a model that is judged on the others."""


def corpus_pairs(splits: Collection[Split] = TO_SHOW, root: Path = PROBLEMS) -> PairCorpus:
    """Every version with every later one that is at least 1.10 times as fast.

    Raises CorpusError where a problem or its costs are not as they have to be.
    """
    return PairCorpus.of(_of_problems(splits, root, _improvements))


def next_pairs(splits: Collection[Split] = TO_SHOW, root: Path = PROBLEMS) -> PairCorpus:
    """Every version with the first later one that is 1.10 times as fast: what its author did next."""
    return PairCorpus.of(_of_problems(splits, root, _next_improvements))


_Places = Iterator[tuple[int, int]]


def _of_problems(
    splits: Collection[Split], root: Path, choose: Callable[[Problem, Costs], _Places]
) -> Iterator[Pair]:
    for problem in problems(root):
        if problem.split in splits:
            costs = read_costs(problem)
            for old, new in choose(problem, costs):
                yield _pair(problem, costs, old, new)


def _improvements(problem: Problem, costs: Costs) -> _Places:
    for old, new in combinations(range(len(problem.versions)), 2):
        if costs.speedup(old, new) >= MIN_SPEEDUP and _kinds(problem, old, new):
            yield old, new


def _next_improvements(problem: Problem, costs: Costs) -> _Places:
    last = None
    for old, new in _improvements(problem, costs):
        if old != last:
            yield old, new
        last = old


def _kinds(problem: Problem, old: int, new: int) -> tuple[Kind, ...]:
    steps = (version.kind for version in problem.versions[old + 1 : new + 1])
    return tuple(dict.fromkeys(kind for kind in steps if kind is not None and kind not in NOT_MEANT))


def _pair(problem: Problem, costs: Costs, old: int, new: int) -> Pair:
    before, after = problem.versions[old], problem.versions[new]
    edits = (it.edit for it in problem.versions[old + 1 : new + 1] if it.kind not in NOT_MEANT)
    return Pair(
        key=f"corpus/{problem.name}/{old + 1}-{new + 1}",
        before=before.source,
        after=after.source,
        kinds=_kinds(problem, old, new),
        problem=problem.name,
        function=problem.function,
        description=" ".join(edits),
        speedup=costs.speedup(old, new),
    )
