"""The table of models: what can be set, what is refused and why, and that no key gets into a message."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pie_lsp.engine.model_settings import WrongModel, may_be_asked, read_models
from pie_lsp.engine.settings import load_settings
from pie_lsp.values.language_model import Api, ModelSettings, is_on_a_hub
from pie_lsp.values.settings import Settings

LOCAL = {"address": "http://127.0.0.1:11434/v1", "model": "qwen2.5-coder:7b"}


def read(**keys: Any) -> ModelSettings:
    (settings,) = read_models({"mine": keys})
    return settings


def test_an_endpoint() -> None:
    assert read(**LOCAL) == ModelSettings(
        "mine", address="http://127.0.0.1:11434/v1", served_name="qwen2.5-coder:7b"
    )


def test_every_key_in_the_spelling_of_an_editor() -> None:
    assert read(
        address="https://mine.example",
        api="azure",
        apiVersion="2024-10-21",
        model="deployed",
        keyVariable="MY_KEY",
        template="chat",
        context=128_000,
        tokenizer="/models/tokenizer.json",
        parallel=8,
        timeoutSeconds=30,
        inputPrice=2.5,
        outputPrice=10,
        extra={"reasoning_effort": "low", "top_k": 40},
    ) == ModelSettings(
        "mine",
        address="https://mine.example",
        api=Api.AZURE,
        api_version="2024-10-21",
        served_name="deployed",
        key_variable="MY_KEY",
        template="chat",
        context=128_000,
        tokenizer=Path("/models/tokenizer.json"),
        parallel=8,
        timeout_seconds=30.0,
        input_price=2_500_000,
        output_price=10_000_000,
        extra=(("reasoning_effort", '"low"'), ("top_k", "40")),
    )


def test_a_checkpoint() -> None:
    settings = read(
        checkpoint="LearningOpt/pie-conditioned-7b",
        download=True,
        revision="main",
        device="cuda:1",
        quantization=4,
    )
    assert (settings.checkpoint, settings.download, settings.revision) == (
        "LearningOpt/pie-conditioned-7b",
        True,
        "main",
    )
    assert (settings.device, settings.quantization) == ("cuda:1", 4)
    assert read(checkpoint="~/models/mine").checkpoint == "~/models/mine"


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({}, "either an address or a checkpoint"),
        ({**LOCAL, "checkpoint": "a/b"}, "either an address or a checkpoint"),
        ({"address": LOCAL["address"]}, 'which "model" is meant'),
        ({**LOCAL, "api": "azure"}, '"api_version"'),
        ({**LOCAL, "api": "mine"}, "one of openai, azure"),
        ({**LOCAL, "address": "localhost:11434"}, "begin with http://"),
        ({**LOCAL, "address": "http://me:secret@host/v1"}, "environment variable"),
        ({**LOCAL, "adress": "x"}, '"adress", which does not exist'),
        ({**LOCAL, "api_key": "sk-secret"}, '"api_key", which does not exist'),
        ({**LOCAL, "key_variable": "sk-secret"}, "never the key itself"),
        ({**LOCAL, "template": "nothing"}, "one of chat, "),
        ({**LOCAL, "context": 0}, "a whole number above 0"),
        ({**LOCAL, "context": True}, "a whole number above 0"),
        ({**LOCAL, "tokenizer": "tokenizer.json"}, "absolute path"),
        ({**LOCAL, "timeout_seconds": 0}, "seconds above 0"),
        ({**LOCAL, "input_price": -1}, "dollars for a million tokens"),
        ({**LOCAL, "input_price": float("nan")}, "dollars for a million tokens"),
        ({**LOCAL, "extra": []}, "a table of parameters"),
        ({**LOCAL, "extra": {"x": object()}}, "a table of parameters"),
        ({**LOCAL, "extra": {"x": float("inf")}}, "a table of parameters"),
        ({"checkpoint": "models/deep/mine"}, "an absolute path or a name on a hub"),
        ({"checkpoint": "./mine"}, "an absolute path or a name on a hub"),
        ({"checkpoint": "a/b", "quantization": 5}, "4 or 8"),
        ({"checkpoint": "a/b", "download": "yes"}, "true or false"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(keys: dict[str, Any], words: str) -> None:
    with pytest.raises(WrongModel) as caught:
        read(**keys)
    assert words in str(caught.value)
    assert '"mine"' in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("value", [None, "x", [], {"": LOCAL}, {"a b": LOCAL}, {"mine": "x"}, {1: None}])
def test_what_is_no_table_of_models_is_refused(value: object) -> None:
    if value == []:
        value = [LOCAL]
    with pytest.raises(WrongModel):
        read_models(value)


def test_a_wrong_model_costs_a_sentence_with_its_reason() -> None:
    settings, messages = load_settings(None, {"models": {"mine": {**LOCAL, "context": "big"}}, "jobs": 3})
    assert (settings.models, settings.jobs) == ((), 3)
    assert messages == (
        'Setting "models" must be a table of language models, but "context" of "mine" must be a whole number '
        "above 0; it is ignored.",
    )


@pytest.mark.parametrize(
    ("model", "remote", "asked"),
    [
        (LOCAL, False, True),
        ({"checkpoint": "/models/tiny"}, False, True),
        ({"address": "https://far.example/v1", "model": "m"}, False, False),
        ({"address": "https://far.example/v1", "model": "m"}, True, True),
    ],
)
def test_a_model_on_another_machine_is_asked_only_where_that_is_allowed(
    model: dict[str, str], remote: bool, asked: bool
) -> None:
    settings = Settings(models=(read(**model),), language_model="mine", allow_remote_models=remote)
    assert may_be_asked(settings) is asked
    assert not may_be_asked(replace(settings, language_model="other"))
    assert not may_be_asked(replace(settings, language_model=""))


def test_a_name_on_a_hub_is_no_path() -> None:
    assert is_on_a_hub("neulab/codebert-cpp") and is_on_a_hub("a.b-c/d_e.f")
    for path in ("/models/tiny", "~/tiny", "tiny", "a/b/c", "./a", "a/", ""):
        assert not is_on_a_hub(path), path
