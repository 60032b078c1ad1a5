"""Sums and prices are whole numbers, rounded against the user."""

from types import SimpleNamespace

import pytest

from pie_lsp.models.contract import Usage
from pie_lsp.models.usage import priced, summed, usage_of
from pie_lsp.values.language_model import ModelSettings


def test_sums() -> None:
    assert summed([Usage(1, 2, 3), Usage(10, 20, 30)]) == Usage(11, 22, 33)
    assert summed([]) == Usage()
    assert summed([Usage(1, 1, 1, 5), Usage(1, 1, 1), Usage(1, 1, 1, 6)]).cost_microdollars == 11


@pytest.mark.parametrize(("prompt", "completion", "cost"), [(0, 0, 0), (1, 0, 1), (3, 0, 1), (5, 1, 4)])
def test_a_part_of_a_millionth_counts_whole(prompt: int, completion: int, cost: int) -> None:
    settings = ModelSettings("m", input_price=333_333, output_price=2_000_000)
    assert priced(Usage(prompt, completion, 1), settings).cost_microdollars == cost


def test_without_prices_there_is_no_cost() -> None:
    assert priced(Usage(5, 5, 1), ModelSettings("m")).cost_microdollars is None


def test_one_price_is_enough() -> None:
    assert priced(Usage(5, 5, 1), ModelSettings("m", output_price=1_000_000)).cost_microdollars == 5


@pytest.mark.parametrize("told", [None, SimpleNamespace(prompt_tokens=None, completion_tokens="x"), "x"])
def test_nonsense_is_nothing(told: object) -> None:
    assert usage_of(told) == Usage(0, 0, 1)
