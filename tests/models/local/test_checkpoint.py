"""Which checkpoints are taken, what tells them apart, and that none is fetched unasked."""

import json
import os
import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from pie_lsp.models.local.checkpoint import find_checkpoint
from pie_lsp.values.errors import ModelMissingError
from pie_lsp.values.language_model import ModelSettings

NAME = "somebody/tiny-model"


def write(folder: Path, **config: object) -> ModelSettings:
    """What a checkpoint looks like from outside; nothing here loads it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps({"max_position_embeddings": 2048, **config}))
    (folder / "tokenizer.json").write_text("{}")
    (folder / "tokenizer_config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(b"weights")
    return ModelSettings("tiny", checkpoint=str(folder))


async def digest(settings: ModelSettings) -> str:
    return (await find_checkpoint(settings)).digest


async def test_what_is_read_from_a_folder(tmp_path: Path) -> None:
    found = await find_checkpoint(write(tmp_path))
    assert (found.folder, found.context, found.apart, found.has_template) == (tmp_path, 2048, False, False)
    (tmp_path / "chat_template.jinja").write_text("x")
    assert (await find_checkpoint(write(tmp_path, is_encoder_decoder=True))).apart
    assert (await find_checkpoint(write(tmp_path))).has_template


@pytest.mark.parametrize(
    ("config", "tokenizer", "wanted", "context"),
    [
        ({}, {}, None, 2048),
        ({}, {}, 1000, 1000),
        ({}, {}, 5000, 2048),
        ({}, {"model_max_length": 512}, None, 512),
        ({}, {"model_max_length": int(1e30)}, None, 2048),
        ({"max_position_embeddings": None, "n_positions": 1024}, {}, None, 1024),
        ({"text_config": {"max_position_embeddings": 77}}, {}, None, 77),
        ({"max_position_embeddings": None}, {}, 300, 300),
    ],
)
async def test_the_context_is_what_the_model_was_made_for_or_less(
    tmp_path: Path,
    config: dict[str, object],
    tokenizer: dict[str, object],
    wanted: int | None,
    context: int,
) -> None:
    settings = replace(write(tmp_path, **config), context=wanted)
    (tmp_path / "tokenizer_config.json").write_text(json.dumps(tokenizer))
    assert (await find_checkpoint(settings)).context == context


async def test_the_digest_is_of_what_decides_the_answers(tmp_path: Path) -> None:
    settings = write(tmp_path)
    digests = [await digest(settings), await digest(settings)]
    (tmp_path / "README.md").write_text("not part of it")
    digests.append(await digest(settings))
    assert len(set(digests)) == 1
    for name in ("config.json", "tokenizer.json", "chat_template.jinja", "model.safetensors.index.json"):
        (tmp_path / name).write_text('{"max_position_embeddings": 2048, "changed": 1}')
        digests.append(await digest(settings))
    (tmp_path / "model.safetensors").write_bytes(b"more weights")
    digests.append(await digest(settings))
    os.utime(tmp_path / "model.safetensors", ns=(1, 1))
    digests.append(await digest(settings))
    assert len(set(digests)) == 7


@pytest.mark.parametrize(
    ("removed", "added", "words"),
    [
        ("config.json", "", "no config.json"),
        ("config.json", "adapter_config.json", "merge the adapter"),
        ("model.safetensors", "", "no weights in the safetensors format"),
        ("model.safetensors", "pytorch_model.bin", "others can hold code"),
    ],
)
async def test_what_cannot_be_used_is_told(tmp_path: Path, removed: str, added: str, words: str) -> None:
    settings = write(tmp_path)
    (tmp_path / removed).unlink()
    if added:
        (tmp_path / added).write_bytes(pickle.dumps({}))
    with pytest.raises(ModelMissingError, match=words):
        await find_checkpoint(settings)


async def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="is no folder"):
        await find_checkpoint(ModelSettings("t", checkpoint=str(tmp_path / "nowhere")))


async def test_a_checkpoint_without_a_length_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="set its context"):
        await find_checkpoint(write(tmp_path, max_position_embeddings=None))


async def test_a_configuration_that_is_no_json_is_told(tmp_path: Path) -> None:
    settings = write(tmp_path)
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(ModelMissingError, match=r"config\.json cannot be read as JSON"):
        await find_checkpoint(settings)


async def test_a_name_on_a_hub_is_looked_up_on_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(ModelMissingError, match=r"is not on this machine .*Set download to true"):
        await find_checkpoint(ModelSettings("t", checkpoint=NAME))
    kept = tmp_path / "models--somebody--tiny-model"
    commit = "0123456789abcdef0123456789abcdef01234567"
    write(kept / "snapshots" / commit)
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text(commit)
    found = await find_checkpoint(ModelSettings("t", checkpoint=NAME))
    assert found.folder == kept / "snapshots" / commit


async def test_a_folder_of_the_same_name_is_not_taken_for_one_on_a_hub(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workspace could hold such a folder."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "cache"))
    write(tmp_path / NAME)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelMissingError, match="is not on this machine"):
        await find_checkpoint(ModelSettings("t", checkpoint=NAME))
