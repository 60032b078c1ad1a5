"""Every problem of the corpus: its words, its ten tests, and what its validator lets through.

The programs are compiled and run by `pie-lsp corpus check`, which takes minutes.
"""

import re
from collections.abc import Callable

import pytest

from pie_lsp.corpus.costs import read_costs
from pie_lsp.corpus.digests import digest, read_digests
from pie_lsp.corpus.loader import problem_named, problem_names
from pie_lsp.corpus.problem import TESTS, Form, Kind, Problem
from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse

MOST_BYTES = 400_000

FORBIDDEN = re.compile(
    r"#\s*pragma|\basm\b|intrin\.h|<(thread|future|atomic|mutex|chrono|random|ctime|filesystem|fstream)>"
    r"|\b(rand|srand|time|clock|getenv|system|fork|fopen)\s*\("
)
"""What makes a program depend on more than its input, or on more than the language."""


@pytest.fixture(params=problem_names(), scope="module")
def problem(request: pytest.FixtureRequest) -> Problem:
    return problem_named(request.param)


def test_the_words_are_there(problem: Problem) -> None:
    assert problem.title[0].isupper() and not problem.title.endswith(".")
    assert len(problem.statement) > 150 and problem.statement.endswith(".")
    assert problem.versions[0].kind is None
    for version in problem.versions[1:]:
        assert version.edit[0].isupper() and version.edit.endswith("."), version.file
        assert version.kind is not None
    first = (problem.folder / "inputs.py").read_text(encoding="utf-8").partition("\n")[0]
    assert first == f'"""Inputs of {problem.title}: a seeded generator and a validator."""'


def test_the_programs_depend_on_their_input_alone(problem: Problem) -> None:
    for version in problem.versions:
        source = version.source.decode("ascii")
        assert FORBIDDEN.search(source) is None, version.file
        assert 15 <= source.count("\n") <= 130, version.file
        assert "int main(" in source


def test_a_problem_about_a_function_has_it_in_every_version_below_a_driver(problem: Problem) -> None:
    if problem.form is Form.PROGRAM:
        return
    for version in problem.versions:
        names = [found.ref.name for found in find_functions(parse(version.source)).functions]
        assert {problem.function, "main"} <= set(names), version.file


def test_what_is_meant_as_an_improvement_is_one_in_sum(problem: Problem) -> None:
    """Single steps may gain nothing, as they do in life; the best version is far from the first."""
    costs = read_costs(problem)
    assert any(version.kind not in (Kind.COSMETIC, Kind.SLOW_DOWN) for version in problem.versions[1:])
    assert costs.cycles[0] / min(costs.cycles) > 1.3


def test_the_tests_are_the_known_ones_and_valid(problem: Problem) -> None:
    inputs = [problem.test(number) for number in range(1, TESTS + 1)]
    assert tuple(map(digest, inputs)) == read_digests(problem.folder).inputs
    for data in inputs:
        problem.validate(data.decode("ascii"))
        assert len(data) <= MOST_BYTES
    # A larger one need not be longer: a few numbers may ask for much.
    assert len(set(inputs)) == TESTS


Change = Callable[[str], str]

CHANGES: dict[str, Change] = {
    "nothing": lambda text: "",
    "an empty line": lambda text: "\n",
    "the first line alone": lambda text: text.partition("\n")[0] + "\n",
    "half of the first line": lambda text: text.partition("\n")[0][:-1],
    "no newline at the end": lambda text: text[:-1],
    "a blank at the end": lambda text: text[:-1] + " \n",
    "an empty line more": lambda text: text + "\n",
    "a line more": lambda text: text + "1 2 3 4\n",
    "a word more": lambda text: text[:-1] + " 1\n",
    "a blank first": lambda text: " " + text,
    "a blank after the first line": lambda text: text.replace("\n", " \n", 1),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "a tab for a newline": lambda text: text.replace("\n", "\t", 1),
    "a byte-order mark": lambda text: "\ufeff" + text,
    "a letter that is not ASCII": lambda text: text[:-2] + "\u00e9\n",
    "a digit that is not ASCII": lambda text: chr(0x660 + int(text[0])) + text[1:],
    "a null": lambda text: text[:-2] + "\0\n",
    "a zero in front": lambda text: "0" + text,
    "a plus in front": lambda text: "+" + text,
    "a minus in front": lambda text: "-" + text,
    "an underscore in a number": lambda text: text[0] + "_0" + text[1:],
    "a fraction": lambda text: re.sub(r"^\d+", r"\g<0>.0", text),
    "zero": lambda text: re.sub(r"^\d+", "0", text),
    "a huge number": lambda text: re.sub(r"^\d+", "9" * 12, text),
    "a number of 5000 digits": lambda text: re.sub(r"^\d+", "9" * 5000, text),
    "a word for a number": lambda text: re.sub(r"^\d+", "many", text),
    "the last line is missing": lambda text: text[: text.rindex("\n", 0, -1) + 1],
    "the last line is there twice": lambda text: text + text[text.rindex("\n", 0, -1) + 1 :],
}
"""Changes after which a text is an input of no problem."""

ALLOWED = {
    # Its lines are not counted: they go on to the end of the input.
    "tokens_join": {"the last line is missing", "the last line is there twice"},
}


def accepts(problem: Problem, text: str) -> bool:
    try:
        problem.validate(text)
    except ValueError:
        return False
    return True


def test_the_validator_refuses_what_is_no_input(problem: Problem) -> None:
    text = problem.test(1).decode("ascii")
    changed = {name: change(text) for name, change in CHANGES.items()}
    assert text not in changed.values()
    accepted = {name for name, other in changed.items() if accepts(problem, other)}
    assert accepted == ALLOWED.get(problem.name, set())


def test_numbers_out_of_bounds_are_refused_wherever_they_stand(problem: Problem) -> None:
    """Every number of the smallest test in turn: far too large, and below all bounds."""
    text = problem.test(1).decode("ascii")
    accepted = []
    for found in re.finditer(r"(?m)(?<![\w.-])\d+(?![\w.-])", text):
        for number in ("9" * 25, "-" + "9" * 25):
            changed = text[: found.start()] + number + text[found.end() :]
            if accepts(problem, changed):
                accepted.append(text[: found.end()].rpartition("\n")[2])
    assert accepted == []
