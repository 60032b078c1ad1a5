"""From a table of labels to the coefficients of the estimate, and what they are worth out of sample.

The corpus is split by problem. Coefficients are fitted on its training problems alone; how far they can be
trusted is told twice: by cross-validation, each family of programs left out in turn, and on the test
problems. Knows the corpus and numbers; runs nothing.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from pie_lsp.corpus.problem import Problem, Split
from pie_lsp.measure.estimate.formula import PRICE_NAMES
from pie_lsp.research.agreement import Agreement, Compared, agreement
from pie_lsp.research.fit import Sample, fit
from pie_lsp.research.labels import Label, Source, Table, pair_name
from pie_lsp.values.errors import InputError

START = 10.0
"""Cycles that every event costs before the first round of the fit."""
_HUNDREDTHS = 100

Estimate = Callable[[Label], float]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Prices and their worth.

    prices     hundredths of a cycle, in the order of `Source.events`
    training   number of programs that the fit has seen
    validated  agreement when each family of the training problems is estimated by a fit to the others
    tested     agreement on the test problems, which no fit has seen
    """

    prices: tuple[int, ...]
    training: int
    validated: Agreement
    tested: Agreement

    @property
    def expected_error(self) -> float:
        """What is told to users, the worse of both: how far nine of ten speedups at most are off."""
        return max(self.validated.p90_abs_log_ratio, self.tested.p90_abs_log_ratio)


def fit_table(table: Table, problems: Sequence[Problem]) -> Fitted:
    """Fit and judge. Raises InputError where the table lacks training or test problems."""
    by_name = {problem.name: problem for problem in problems}
    labels = [label for label in table.labels if label.problem in by_name]
    split = {split: [it for it in labels if by_name[it.problem].split is split] for split in Split}
    training = split[Split.TRAIN]
    families = {label.problem: by_name[label.problem].family for label in training}
    if len(set(families.values())) < 2 or len(split[Split.TEST]) < 2:
        raise InputError("The table has too few labels yet: two families to fit, and two programs to test.")
    prices = rounded(_fit(training))
    held_out: dict[str, tuple[int, ...]] = {
        family: rounded(_fit([it for it in training if families[it.problem] != family]))
        for family in sorted(set(families.values()))
    }
    return Fitted(
        prices,
        len(training),
        agreement(pairs(training, lambda label: estimated(held_out[families[label.problem]], label))),
        agreement(pairs(split[Split.TEST], lambda label: estimated(prices, label))),
    )


def estimated(prices: Sequence[int], label: Label) -> float:
    """Cycles that the formula makes of the counts of a label."""
    return sum(count * price for count, price in zip(label.counts, prices, strict=True)) / _HUNDREDTHS


def pairs(labels: Sequence[Label], estimate: Estimate) -> tuple[Compared, ...]:
    """Every two versions of one problem on one test, the earlier first."""
    ordered = sorted(labels)
    return tuple(
        Compared(
            pair_name(before.problem, before.version, after.version, before.test),
            estimate(before) / estimate(after),
            before.cycles / after.cycles,
        )
        for before, after in combinations(ordered, 2)
        if (before.problem, before.test) == (after.problem, after.test)
    )


def rounded(prices: Sequence[float]) -> tuple[int, ...]:
    """Prices in hundredths of a cycle, as they are shipped."""
    return tuple(math.floor(price * _HUNDREDTHS + 0.5) for price in prices)


def toml_of(machine: str, fitted: Fitted, source: Source) -> str:
    """The table of one machine, as ``coefficients.toml`` of the estimate holds it."""
    lines = [
        f"[machine.{machine}]",
        f'gem5 = "{source.gem5}"',
        f'configuration = "{source.configuration}"',
        f"programs = {fitted.training}",
        f"expected_error = {fitted.expected_error:.3f}",
        *(f"{key} = {price}" for key, price in zip(PRICE_NAMES, fitted.prices, strict=True)),
    ]
    return "\n".join(lines) + "\n"


def _fit(labels: Sequence[Label]) -> tuple[float, ...]:
    samples = [Sample(f"{it.problem}/{it.test}", it.counts, it.cycles) for it in labels]
    return fit(samples, [START] * len(labels[0].counts))
