"""What models are scored on: programs with tests. Here those of our corpus; `pie_tasks.py` has PIE's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.corpus.costs import COST_TEST
from pie_lsp.corpus.loader import PROBLEMS, problem_named, problems
from pie_lsp.corpus.problem import TESTS, Problem, Split
from pie_lsp.values.errors import InputError
from pie_lsp.values.testing import TestCase


@dataclass(frozen=True, slots=True)
class Task:
    """One program that a model is to make faster.

    name      of this task, for people
    path      as what it is compiled; nothing need lie there
    function  that is asked about; empty for the one with the most loops
    tests     makes or reads them when they are wanted
    """

    name: str
    problem: str
    path: Path
    source: bytes
    function: str
    tests: Callable[[], tuple[TestCase, ...]]


def corpus_tasks(split: Split, names: Sequence[str] = (), root: Path = PROBLEMS) -> tuple[Task, ...]:
    """The first program of every problem of `split`, or of the problems `names` among them.

    All tests have to be passed; costs are those on one of them, as everywhere in the corpus.

    Raises CorpusError for a name that is not there, InputError for one of another split.
    """
    if not names:
        return tuple(map(_task, (one for one in problems(root) if one.split is split)))
    chosen = [problem_named(name, root) for name in dict.fromkeys(names)]
    for one in chosen:
        if one.split is not split:
            raise InputError(
                f"The problem {one.name} is of the split {one.split.value}; ask for it with "
                f"--split {one.split.value}."
            )
    return tuple(map(_task, chosen))


def _task(problem: Problem) -> Task:
    first = problem.versions[0]

    def tests() -> tuple[TestCase, ...]:
        return tuple(
            TestCase(str(number), problem.test(number), measured=number == COST_TEST)
            for number in range(1, TESTS + 1)
        )

    name = f"{problem.name}/{first.file}"
    return Task(name, problem.name, problem.folder / first.file, first.source, problem.function, tests)
