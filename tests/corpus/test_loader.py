from pathlib import Path

import pytest

from pie_lsp.corpus.loader import (
    calibration_problems,
    problem_folder,
    problem_named,
    problem_names,
    problems,
)
from pie_lsp.corpus.problem import Form, Kind, Split
from pie_lsp.values.errors import CorpusError


def test_the_corpus_is_large_and_various() -> None:
    found = problems()
    assert len(found) >= 60
    functions = [problem for problem in found if problem.form is Form.FUNCTION]
    assert len(functions) >= 20
    assert len(found) - len(functions) >= 40
    assert {problem.split for problem in found} == set(Split)
    kinds = {version.kind for problem in found for version in problem.versions} - {None}
    assert len(kinds) >= 15
    assert {Kind.COSMETIC, Kind.SLOW_DOWN, Kind.ALGORITHM} <= kinds
    assert {problem.family for problem in found} >= {
        *("algorithms", "io", "containers", "strings", "copies"),
        *("arithmetic", "memory", "branches", "division"),
    }


def test_no_problem_lies_in_two_splits() -> None:
    found = problems()
    for key in ("name", "title", "statement"):
        assert len({getattr(problem, key) for problem in found}) == len(found)
    programs = [version.source for problem in found for version in problem.versions]
    assert len(programs) > 330
    assert len(set(programs)) == len(programs)


def test_what_the_estimate_is_fitted_to_is_a_part_of_each_split() -> None:
    fitted = calibration_problems()
    assert 30 <= len(fitted) < len(problems())
    assert {problem.split for problem in fitted} == set(Split)
    others = set(problem_names()) - {problem.name for problem in fitted}
    assert {problem_named(name).split for name in others} == set(Split)


def test_problems_come_in_the_order_of_their_names() -> None:
    names = problem_names()
    assert list(names) == sorted(names)
    assert tuple(problem.name for problem in problems()) == names
    assert problem_named(names[-1]) == problems()[-1]


@pytest.mark.parametrize("name", ["gone", "", ".", "..", "gcd_pairs/", "GCD_PAIRS"])
def test_what_is_no_problem_is_an_error(name: str) -> None:
    with pytest.raises(CorpusError, match=r"There is no problem .*corpus list"):
        problem_folder(name)
    with pytest.raises(CorpusError, match="There is no problem"):
        problem_named(name)


def test_a_new_problem_is_a_new_folder(folder: Path) -> None:
    (folder.parent / "notes").mkdir()
    assert problem_names(folder.parent) == ("gcd_pairs",)
    folder.rename(folder.parent / "sum_up")
    assert [problem.name for problem in problems(folder.parent)] == ["sum_up"]
    assert problem_folder("sum_up", folder.parent) == folder.parent / "sum_up"


def test_pairs_are_each_version_with_each_later_one() -> None:
    problem = problem_named("gcd_pairs")
    files = [(old.file, new.file) for old, new in problem.pairs()]
    names = [f"v{number}.cpp" for number in range(1, 7)]
    assert files == [(old, new) for at, old in enumerate(names) for new in names[at + 1 :]]


def test_a_test_is_the_same_at_every_call_and_each_is_another() -> None:
    problem = problem_named("gcd_pairs")
    made = [problem.test(number) for number in range(1, 11)]
    assert made == [problem_named("gcd_pairs").test(number) for number in range(1, 11)]
    assert len(set(made)) == 10
    assert [int(data.partition(b"\n")[0]) for data in made] == list(problem.sizes)


def test_the_name_is_part_of_the_seed(folder: Path) -> None:
    folder.rename(folder.parent / "sum_up")
    assert problem_named("sum_up", folder.parent).test(1) != problem_named("gcd_pairs").test(1)


@pytest.mark.parametrize("number", [-1, 0, 11])
def test_there_are_ten_tests(number: int) -> None:
    with pytest.raises(CorpusError, match=f"has no test {number}; its tests are 1 to 10"):
        problem_named("gcd_pairs").test(number)


GOOD = "def generate(rng, size):\n    return '1\\n'\ndef validate(text):\n    pass\n"


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("def generate(", "cannot be loaded"),
        ("import a_module_that_nobody_has", "cannot be loaded"),
        ("raise SystemError('early')", r"cannot be loaded \(early\)"),
        ("def generate(rng, size):\n    return ''\n", "has to define generate and validate"),
        (GOOD + "generate = 3\n", "has to define generate and validate"),
        (GOOD.replace("return '1\\n'", "return size / 0"), r"fails at size 85 \(division by zero\)"),
        (GOOD.replace("'1\\n'", "b'1'"), "does not return a text"),
        (GOOD.replace("1\\n", "\u00e9"), "test 1 is not ASCII"),
    ],
)
def test_what_a_generator_does_wrong_is_told(folder: Path, code: str, sentence: str) -> None:
    (folder / "inputs.py").write_text(code, encoding="utf-8")
    # Nothing of it runs before an input is asked for.
    problem = problem_named("gcd_pairs", folder.parent)
    with pytest.raises(CorpusError, match=sentence) as raised:
        problem.test(1)
    assert str(raised.value).startswith("gcd_pairs: ")


def test_a_validator_refuses_by_value_errors_alone(folder: Path) -> None:
    problem = problem_named("gcd_pairs", folder.parent)
    problem.validate("2\n4 6\n")
    with pytest.raises(ValueError, match="not two lines"):
        problem.validate("2\n")
    (folder / "inputs.py").write_text(GOOD.replace("pass", "text[99]"))
    with pytest.raises(CorpusError, match=r"validate in inputs\.py fails \(IndexError"):
        problem.validate("2\n4 6\n")
