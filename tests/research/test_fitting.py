"""From the packaged labels to the packaged coefficients, and that what judges a fit has no part in it."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib.resources import files

import pytest

from pie_lsp.corpus.loader import problems
from pie_lsp.corpus.problem import Problem, Split
from pie_lsp.measure.estimate.formula import PRICE_NAMES, Machine, machines
from pie_lsp.research.agreement import Agreement, Compared, agreement
from pie_lsp.research.fitting import Fitted, estimated, fit_table, pairs, rounded, toml_of
from pie_lsp.research.labels import Label, Table, packaged
from pie_lsp.values.errors import InputError

CORPUS = problems()
BY_NAME = {problem.name: problem for problem in CORPUS}
FAMILIES = ("division", "branches", "strings")
"""Some of the families; for these every fit that leaves one out is repeated."""


@pytest.fixture(scope="module")
def table() -> Table:
    return packaged("skylake-verbatim")


@pytest.fixture(scope="module")
def fitted(table: Table) -> Fitted:
    return fit_table(table, CORPUS)


@pytest.fixture
def small(table: Table) -> Table:
    """Few families, so that many fits take little time."""
    return only(table, lambda problem: problem.family in FAMILIES)


def only(table: Table, wanted: Callable[[Problem], bool]) -> Table:
    return Table(table.source, tuple(label for label in table.labels if wanted(BY_NAME[label.problem])))


def changed(table: Table, which: Callable[[Problem], bool]) -> Table:
    """The same with wild cycles and counts in the labels of some problems."""
    return Table(
        table.source,
        tuple(
            replace(label, cycles=label.cycles * (2 + number % 5), counts=label.counts[::-1])
            if which(BY_NAME[label.problem])
            else label
            for number, label in enumerate(table.labels)
        ),
    )


@pytest.mark.parametrize("machine", machines(), ids=lambda machine: machine.name)
def test_the_packaged_coefficients_are_those_of_the_packaged_table(machine: Machine) -> None:
    name = machine.name
    labels = packaged(name)
    text = files("pie_lsp.measure.estimate").joinpath("coefficients.toml").read_text(encoding="utf-8")
    row = tomllib.loads(text)["machine"][name]
    made = tomllib.loads(toml_of(name, fit_table(labels, CORPUS), labels.source))
    assert made == {"machine": {name: {key: value for key, value in row.items() if key != "phrase"}}}


def test_only_training_problems_decide_the_prices(table: Table, fitted: Fitted) -> None:
    other = fit_table(changed(table, lambda problem: problem.split is not Split.TRAIN), CORPUS)
    assert (other.prices, other.training, other.validated) == (
        fitted.prices,
        fitted.training,
        fitted.validated,
    )
    assert other.tested != fitted.tested
    # The same change to training problems is seen.
    assert fit_table(changed(table, lambda it: it.split is Split.TRAIN), CORPUS).prices != fitted.prices


def test_validation_problems_count_nowhere(table: Table, fitted: Fitted) -> None:
    assert fit_table(changed(table, lambda problem: problem.split is Split.VALIDATION), CORPUS) == fitted
    assert fit_table(only(table, lambda problem: problem.split is not Split.VALIDATION), CORPUS) == fitted


def test_a_problem_lies_where_its_split_says(table: Table, fitted: Fitted) -> None:
    """A training problem that becomes one of the tests leaves the fit and is judged."""
    moved = [replace(it, split=Split.TEST) if it.name == "gcd_pairs" else it for it in CORPUS]
    other = fit_table(table, moved)
    versions = len(BY_NAME["gcd_pairs"].versions)
    assert other.training == fitted.training - versions
    assert other.tested.pairs == fitted.tested.pairs + versions * (versions - 1) // 2
    assert other.prices != fitted.prices


def test_each_family_is_judged_by_a_fit_to_the_others(small: Table) -> None:
    found = fit_table(small, CORPUS)
    training = [it for it in small.labels if BY_NAME[it.problem].split is Split.TRAIN]
    assert {BY_NAME[it.problem].family for it in training} == set(FAMILIES)
    assert found.training == len(training)
    expected: list[Compared] = []
    for family in FAMILIES:

        def is_kept(problem: Problem, family: str = family) -> bool:
            return problem.family != family or problem.split is not Split.TRAIN

        prices = fit_table(only(small, is_kept), CORPUS).prices
        assert prices != found.prices
        own = [it for it in training if BY_NAME[it.problem].family == family]
        expected += pairs(own, partial(estimated, prices))
    assert found.validated == agreement(sorted(expected, key=lambda pair: pair.name))


def test_the_tested_agreement_is_that_of_the_prices_as_shipped(table: Table, fitted: Fitted) -> None:
    held_out = [label for label in table.labels if BY_NAME[label.problem].split is Split.TEST]
    assert fitted.tested == agreement(pairs(held_out, lambda label: estimated(fitted.prices, label)))
    assert all(type(price) is int and price >= 0 for price in fitted.prices)
    assert len(fitted.prices) == len(PRICE_NAMES)


def test_the_order_of_the_labels_does_not_count(small: Table) -> None:
    assert (
        fit_table(Table(small.source, small.labels[::-1]), CORPUS).prices == fit_table(small, CORPUS).prices
    )


def test_labels_of_problems_that_are_gone_are_left_out(table: Table, fitted: Fitted) -> None:
    gone = tuple(replace(label, problem="gone", cycles=1) for label in table.labels[:9])
    assert fit_table(Table(table.source, table.labels + gone), CORPUS) == fitted


@pytest.mark.parametrize(
    "is_kept",
    [
        lambda problem: problem.split is Split.TRAIN,
        lambda problem: problem.split is Split.TEST,
        lambda problem: problem.split is Split.TEST or problem.family == "division",
        lambda problem: False,
    ],
    ids=["no test", "no training", "one family", "nothing"],
)
def test_too_few_labels_are_told(table: Table, is_kept: Callable[[Problem], bool]) -> None:
    with pytest.raises(InputError, match="two families to fit, and two programs to test"):
        fit_table(only(table, is_kept), CORPUS)


def label(problem: str, version: str, cycles: int, test: int = 2) -> Label:
    return Label(problem, version, test, "", "", cycles, 0, 0, (cycles // 2, 3))


def test_pairs_are_of_one_problem_and_one_test_the_earlier_first() -> None:
    labels = [
        label("b", "v1.cpp", 100),
        label("a", "v3.cpp", 200),
        label("a", "v1.cpp", 800),
        label("a", "v2.cpp", 400),
        label("b", "v2.cpp", 50, test=3),
    ]
    found = pairs(labels, lambda it: it.counts[0] + it.counts[1])
    assert [(pair.name, pair.simulated) for pair in found] == [
        ("a v1.cpp v2.cpp", 2.0),
        ("a v1.cpp v3.cpp", 4.0),
        ("a v2.cpp v3.cpp", 2.0),
    ]
    assert found[0].estimated == 403 / 203


def test_an_estimate_is_counts_times_hundredths() -> None:
    assert estimated((250, 1000), label("a", "v1.cpp", 8)) == 4 * 2.5 + 3 * 10
    with pytest.raises(ValueError, match="zip"):
        estimated((250,), label("a", "v1.cpp", 8))


def test_prices_are_rounded_to_hundredths_the_half_upwards() -> None:
    assert rounded((0.0, 0.004, 0.005, 0.015, 1.125, 27.614, 3.999)) == (0, 0, 1, 2, 113, 2761, 400)


def test_the_row_of_a_machine_is_read_back(table: Table, fitted: Fitted) -> None:
    judged = replace(fitted, validated=Agreement(150, 0.9, 0.01, 0.0949, 0.2, 0.02, 0.5))
    row = tomllib.loads(toml_of("skylake-verbatim", judged, table.source))
    assert row == {
        "machine": {
            "skylake-verbatim": {
                "gem5": table.source.gem5,
                "configuration": table.source.configuration,
                "programs": fitted.training,
                "expected_error": 0.095,
                **dict(zip(PRICE_NAMES, fitted.prices, strict=True)),
            }
        }
    }
