"""Finds the problems of the corpus: the folders below ``problems`` that hold a ``problem.toml``.

Nothing else needs to know of a problem, so that a new one is a new folder.
"""

from pathlib import Path

from pie_lsp.corpus.metadata import METADATA, read_problem
from pie_lsp.corpus.problem import Problem
from pie_lsp.values.errors import CorpusError

PROBLEMS = Path(__file__).parent / "problems"
"""The corpus that is part of this package."""


def problem_names(root: Path = PROBLEMS) -> tuple[str, ...]:
    """The names of all problems in their order."""
    return tuple(sorted(path.parent.name for path in root.glob(f"*/{METADATA}")))


def problem_folder(name: str, root: Path = PROBLEMS) -> Path:
    """Where the problem of that name lies. Raises CorpusError where there is none."""
    if name not in problem_names(root):
        raise CorpusError(f"There is no problem {name!r}; `pie-lsp corpus list` names them all.")
    return root / name


def problem_named(name: str, root: Path = PROBLEMS) -> Problem:
    """The problem of that name. Raises CorpusError where there is none, or it is not as it has to be."""
    return read_problem(problem_folder(name, root))


def problems(root: Path = PROBLEMS) -> tuple[Problem, ...]:
    """All problems, ordered by name. Raises CorpusError where one is not as it has to be."""
    return tuple(read_problem(root / name) for name in problem_names(root))


def calibration_problems(root: Path = PROBLEMS) -> tuple[Problem, ...]:
    """The problems that the estimate is fitted to and judged by; the others are there for their pairs."""
    return tuple(problem for problem in problems(root) if problem.calibration)
