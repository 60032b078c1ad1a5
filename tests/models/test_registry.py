"""From settings to a model: which kind, which template, and what is missing."""

from pathlib import Path

import pytest

from pie_lsp.models.registry import find_model, open_model, template_of
from pie_lsp.values.errors import ModelMissingError
from pie_lsp.values.language_model import ModelSettings


def test_a_model_is_found_by_its_name() -> None:
    models = (ModelSettings("a"), ModelSettings("b"))
    assert find_model(models, "b") is models[1]
    with pytest.raises(ModelMissingError, match=r'"c" in your settings \(there are: a, b\)'):
        find_model(models, "c")
    with pytest.raises(ModelMissingError, match="there are: none"):
        find_model((), "c")


@pytest.mark.parametrize(
    ("settings", "template"),
    [
        (ModelSettings("x"), "chat"),
        (ModelSettings("x", checkpoint="LearningOpt/pie-conditioned-7b"), "pie-conditioned"),
        (ModelSettings("x", address="http://h/v1", served_name="LearningOpt/pie-all-uncon-7b"), "pie"),
        (ModelSettings("x", checkpoint="LearningOpt/pie-conditioned-7b", template="pie"), "pie"),
    ],
)
def test_the_template_is_the_one_that_is_set_or_that_was_trained_with(
    settings: ModelSettings, template: str
) -> None:
    assert template_of(settings).name == template


@pytest.mark.parametrize(
    ("address", "remote"), [("http://127.0.0.1:1/v1", False), ("https://models.example/v1", True)]
)
async def test_opening_an_endpoint_sends_nothing_and_tells_where_it_is(address: str, remote: bool) -> None:
    model = await open_model(ModelSettings("x", address=address, served_name="m"))
    assert (model.name, model.is_remote, model.address) == ("x", remote, address)
    assert model.context_tokens == (32_768 if remote else 4096)
    await model.close()


async def test_a_template_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match='no template "mine"'):
        await open_model(ModelSettings("x", address="http://h/v1", template="mine"))
