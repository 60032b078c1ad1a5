import re
from pathlib import Path

import pytest

from pie_lsp.research.projection import PIE_SIMULATIONS, SECONDS_A_YEAR, Rates, described, project
from pie_lsp.research.recorded_seconds import recorded_seconds
from pie_lsp.values.settings import Settings

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
RATES = Rates(row_seconds=0.5, row_instructions=1e6, estimate_cheaper=420.0)


def test_the_arithmetic_by_hand() -> None:
    """10 M instructions are 25 to 50 s of gem5, and a label 9 M more than measured, by the mean of both."""
    found = project(RATES, 10e6, simulations=1_000_000)
    assert found.gem5_least * SECONDS_A_YEAR == pytest.approx(25e6)
    assert found.gem5_most * SECONDS_A_YEAR == pytest.approx(50e6)
    assert found.labelling * SECONDS_A_YEAR == pytest.approx(0.5e6 + 0.9 * 37.5e6 / 420)
    assert found.cheaper == pytest.approx(37.5 / (0.5 + 0.9 * 37.5 / 420))


def test_all_of_pie() -> None:
    found = project(RATES, 10e6)
    assert PIE_SIMULATIONS == 42_800_000
    assert (round(found.gem5_least, 1), round(found.gem5_most, 1)) == (33.9, 67.8)


def test_a_program_smaller_than_those_that_were_measured_is_taken_to_cost_as_much() -> None:
    assert project(RATES, 1e3).labelling == project(RATES, 1e6).labelling < project(RATES, 2e6).labelling


def test_a_line_for_people() -> None:
    assert described(project(RATES, 10e6)).split() == [
        "10", "M", "33.9", "to", "67.8", "0.79", "65x",
    ]  # fmt: skip


def test_the_table_of_the_readme_rests_on_the_recorded_seconds() -> None:
    """With the rates that the text above it names; a new record asks for new figures there."""
    found = re.search(
        r"a row takes ([\d.]+)\ncore-seconds.*?\(([\d.]+) million micro-operations", README, re.S
    )
    recorded = recorded_seconds(Settings().model)
    assert found is not None and recorded is not None
    assert f"divided by {recorded.ratio:.0f}:" in README
    rates = Rates(float(found[1]), float(found[2]) * 1e6, recorded.ratio)
    for size in (10, 20, 50):
        row = project(rates, size * 1e6)
        gem5 = f"{row.gem5_least:.0f} to {row.gem5_most:.0f}"
        assert f"| {size} M | {gem5} | {row.labelling:.2f} |" in README
