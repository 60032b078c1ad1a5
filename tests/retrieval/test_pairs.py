from dataclasses import replace
from pathlib import Path

import pytest

from pie_lsp.corpus.costs import read_costs, write_costs
from pie_lsp.corpus.loader import PROBLEMS, problem_named, problems
from pie_lsp.corpus.problem import Form, Kind, Split
from pie_lsp.retrieval.pairs import NOT_MEANT, corpus_pairs, next_pairs
from pie_lsp.values.errors import CorpusError

from ..corpus.conftest import folder as folder


def test_pairs_are_improvements_of_problems_that_may_be_shown() -> None:
    pairs = corpus_pairs().pairs
    splits = {problem.name: problem.split for problem in problems()}
    assert len(pairs) > 200
    assert {splits[pair.problem] for pair in pairs} == {Split.TRAIN}
    assert all(pair.speedup is not None and pair.speedup >= 1.1 for pair in pairs)
    assert all(pair.kinds and NOT_MEANT.isdisjoint(pair.kinds) for pair in pairs)
    assert len({pair.kind for pair in corpus_pairs(frozenset(Split)).pairs}) >= 15


def test_a_pair_tells_where_it_is_from_and_what_was_done() -> None:
    problem = problem_named("word_tally")
    (pair,) = (it for it in corpus_pairs().pairs if it.key == "corpus/word_tally/1-6")
    assert (pair.before, pair.after) == (problem.versions[0].source, problem.versions[5].source)
    assert pair.kinds == (Kind.COPY_ELIMINATION, Kind.CONTAINER_CHOICE, Kind.DATA_STRUCTURE)
    assert (pair.kind, pair.problem, pair.function) == (Kind.DATA_STRUCTURE, "word_tally", "")
    assert pair.description == " ".join(problem.versions[at].edit for at in (1, 3, 5))
    assert pair.speedup == read_costs(problem).speedup(0, 5)
    of_functions = {it.name: it.function for it in problems() if it.form is Form.FUNCTION}
    named = {it.problem: it.function for it in corpus_pairs(frozenset(Split)).pairs if it.function}
    assert named == of_functions


def test_the_figures_decide_what_is_an_improvement(folder: Path) -> None:
    problem = problem_named("gcd_pairs", folder.parent)
    kinds = [version.kind for version in problem.versions]
    costs = replace(read_costs(problem), cycles=(1000, 1000, 500, 600, 460, 100))
    write_costs(folder, costs)
    whole = [pair.key for pair in corpus_pairs(root=folder.parent).pairs]
    faster = [(1, 3), (1, 4), (1, 5), (1, 6), (2, 3), (2, 4), (2, 5), (2, 6), (3, 6), (4, 5), (4, 6), (5, 6)]
    meant = [(old, new) for old, new in faster if any(kind not in NOT_MEANT for kind in kinds[old:new])]
    assert whole == [f"corpus/gcd_pairs/{old}-{new}" for old, new in meant]
    first = dict(reversed(meant))
    assert [pair.key for pair in next_pairs(root=folder.parent).pairs] == [
        f"corpus/gcd_pairs/{old}-{new}" for old, new in sorted(first.items())
    ]
    assert corpus_pairs((Split.TEST,), folder.parent).pairs == ()


def test_without_figures_nothing_is_guessed(folder: Path) -> None:
    (folder / "costs.toml").unlink()
    with pytest.raises(CorpusError, match=r"costs\.toml cannot be read"):
        corpus_pairs(root=folder.parent)
    assert PROBLEMS.is_dir()
