"""A wrong name of a model, or of a way to ask it, is refused before anything is opened."""

from dataclasses import replace
from pathlib import Path

import pytest

from pie_lsp.engine.chosen_model import require_askable, shelf_of
from pie_lsp.values.errors import InputError, ModelMissingError, PieError
from pie_lsp.values.language_model import ModelSettings
from pie_lsp.values.settings import Settings

MODELS = (
    ModelSettings("qwen", address="http://127.0.0.1:1/v1", served_name="m"),
    ModelSettings("pie", address="http://127.0.0.1:1/v1", served_name="m", template="pie-conditioned"),
)


def refusal(settings: Settings) -> str:
    """Why `settings` are refused; empty where they are not."""
    try:
        require_askable(settings)
    except PieError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(strategy="few-shot"),
        Settings(models=MODELS, language_model="qwen"),
        Settings(models=MODELS, language_model="qwen", strategy="retrieval"),
        Settings(models=MODELS, language_model="pie", strategy="performance-conditioned"),
    ],
)
def test_what_is_there_is_let_through_although_nothing_listens_there(settings: Settings) -> None:
    assert refusal(settings) == ""


def test_a_model_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(ModelMissingError, match="there are: qwen, pie"):
        require_askable(Settings(models=MODELS, language_model="gpt"))


def test_a_strategy_that_is_not_there_or_does_not_fit_is_refused() -> None:
    with pytest.raises(InputError, match="there are chain-of-thought, few-shot"):
        require_askable(Settings(models=MODELS, language_model="qwen", strategy="luck"))
    with pytest.raises(InputError, match="Take retrieval-4"):
        require_askable(Settings(models=MODELS, language_model="qwen", strategy="performance-conditioned"))


def test_a_retriever_has_what_it_needs_or_is_refused(tmp_path: Path) -> None:
    chosen = Settings(models=MODELS, language_model="qwen")
    require_askable(replace(chosen, retriever="bm25"))
    require_askable(replace(chosen, retriever="fused", encoder=str(tmp_path)))
    # Whoever is not asked for anything needs nothing.
    require_askable(replace(chosen, retriever="fused", strategy="instruction"))
    with pytest.raises(InputError, match=r"no retriever 'best' .* there are bm25, by-kind"):
        require_askable(replace(chosen, retriever="best"))
    with pytest.raises(InputError, match=r"retriever fused needs an encoder: .*--encoder"):
        require_askable(replace(chosen, retriever="fused"))
    with pytest.raises(InputError, match="is no folder"):
        require_askable(replace(chosen, retriever="fused", encoder=str(tmp_path / "gone")))


def test_the_shelf_finds_by_whom_the_user_chose() -> None:
    assert shelf_of(Settings()).nearest().name == "by-kind"
    assert shelf_of(Settings(retriever="bm25")).nearest().name == "bm25"
