"""A wrong name of a model, or of a way to ask it, is refused before anything is opened."""

import pytest

from pie_lsp.engine.chosen_model import require_askable
from pie_lsp.values.errors import InputError, ModelMissingError
from pie_lsp.values.language_model import ModelSettings
from pie_lsp.values.settings import Settings

MODELS = (
    ModelSettings("qwen", address="http://127.0.0.1:1/v1", served_name="m"),
    ModelSettings("pie", address="http://127.0.0.1:1/v1", served_name="m", template="pie-conditioned"),
)


def test_what_is_there_is_let_through_and_nothing_is_asked() -> None:
    require_askable(Settings())
    require_askable(Settings(strategy="few-shot"))
    require_askable(Settings(models=MODELS, language_model="qwen"))
    require_askable(Settings(models=MODELS, language_model="qwen", strategy="retrieval"))
    require_askable(Settings(models=MODELS, language_model="pie", strategy="performance-conditioned"))


def test_a_model_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(ModelMissingError, match="there are: qwen, pie"):
        require_askable(Settings(models=MODELS, language_model="gpt"))


def test_a_strategy_that_is_not_there_or_does_not_fit_is_refused() -> None:
    with pytest.raises(InputError, match="there are chain-of-thought, few-shot"):
        require_askable(Settings(models=MODELS, language_model="qwen", strategy="luck"))
    with pytest.raises(InputError, match="Take retrieval-4"):
        require_askable(Settings(models=MODELS, language_model="qwen", strategy="performance-conditioned"))
