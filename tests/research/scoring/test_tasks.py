"""Tasks of the corpus."""

import pytest

from pie_lsp.corpus.costs import COST_TEST
from pie_lsp.corpus.loader import problem_named, problems
from pie_lsp.corpus.problem import Split
from pie_lsp.research.scoring.tasks import corpus_tasks
from pie_lsp.values.errors import CorpusError, InputError


def test_every_problem_of_the_split_is_one_task_about_its_first_program() -> None:
    tasks = corpus_tasks(Split.TEST)
    held_out = [one for one in problems() if one.split is Split.TEST]
    assert [(one.problem, one.source) for one in tasks] == [
        (it.name, it.versions[0].source) for it in held_out
    ]
    functions = [one.function for one in tasks]
    assert functions == [it.function for it in held_out]
    assert any(functions) and not all(functions)


def test_the_tests_are_those_of_the_problem() -> None:
    (task,) = corpus_tasks(Split.TEST, ["ledger_sums"])
    tests = task.tests()
    assert len(tests) == 10
    assert [one.name for one in tests if one.measured] == [str(COST_TEST)]
    assert tests[2].input == problem_named("ledger_sums").test(3)
    assert task.name == "ledger_sums/v1.cpp"


def test_a_problem_of_another_split_or_of_none_is_told() -> None:
    with pytest.raises(InputError, match="of the split test"):
        corpus_tasks(Split.TRAIN, ["ledger_sums"])
    with pytest.raises(CorpusError, match="no problem"):
        corpus_tasks(Split.TRAIN, ["nothing"])
