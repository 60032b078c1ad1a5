"""A checkpoint that shows its prompts counts as the worker does, and needs neither weights nor a process."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pie_lsp.models.contract import SamplingRequest
from pie_lsp.models.local.showing import open_shown
from pie_lsp.models.registry import open_model, open_to_show
from pie_lsp.models.templates import load_template
from pie_lsp.values.errors import ModelAnswerError, ModelMissingError
from pie_lsp.values.language_model import ModelSettings
from tests.models.local.hub import hub_of
from tests.models.local.tiny import needs_torch

pytestmark = needs_torch

TEXT = "int main() { for (int i = 0; i < n; ++i) s += a[i]; }\n"
PLAIN = load_template("plain")


async def test_it_counts_as_the_worker_does_without_weights(causal: Path, tmp_path: Path) -> None:
    bare = shutil.copytree(causal, tmp_path / "bare", ignore=shutil.ignore_patterns("*.safetensors"))
    shown, doubts = await open_to_show(ModelSettings("t", checkpoint=str(bare)))
    model = await open_model(ModelSettings("t", checkpoint=str(causal), device="cpu"))
    assert await shown.count_tokens(TEXT) == await model.count_tokens(TEXT)
    assert (shown.context_tokens, doubts) == (model.context_tokens, ())
    await model.close()


async def test_it_answers_nothing(causal: Path) -> None:
    shown, _ = await open_shown(ModelSettings("t", checkpoint=str(causal)), PLAIN)
    with pytest.raises(ModelAnswerError, match="to show prompts"):
        await shown.sample(SamplingRequest(prompt="x"))


async def test_without_a_tokenizer_the_estimate_is_told(causal: Path, tmp_path: Path) -> None:
    bare = shutil.copytree(causal, tmp_path / "bare", ignore=shutil.ignore_patterns("tokenizer.json"))
    shown, doubts = await open_shown(ModelSettings("t", checkpoint=str(bare)), PLAIN)
    assert not shown.counts and await shown.count_tokens(TEXT) > 0
    assert [doubt for doubt in doubts if "estimated and not counted" in doubt] == list(doubts) != []


async def test_a_folder_without_a_checkpoint_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match=r"no config\.json"):
        await open_shown(ModelSettings("t", checkpoint=str(tmp_path)), PLAIN)


async def test_a_hub_is_left_alone_where_it_may_not_be_asked(
    causal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    with hub_of(causal, "somebody/tiny") as hub:
        monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", hub.address)
        shown, doubts = await open_shown(ModelSettings("t", checkpoint="somebody/tiny"), PLAIN)
    assert hub.asked == [] and not shown.counts
    assert "Set download to true" in doubts[0] and "4,096 tokens" in doubts[1]


FETCH = """
import asyncio, sys
from pie_lsp.models.local.checkpoint import find_checkpoint
from pie_lsp.values.language_model import ModelSettings
settings = ModelSettings("t", checkpoint="somebody/tiny", download=True)
for weights in (False, True):
    asyncio.run(find_checkpoint(settings, weights=weights))
    print("done", flush=True)
    sys.stdin.readline()
"""


def test_weights_are_fetched_when_the_model_is_asked_and_not_before(causal: Path, tmp_path: Path) -> None:
    with hub_of(causal, "somebody/tiny") as hub:
        ours = {"HF_ENDPOINT": hub.address, "HF_HOME": str(tmp_path), "HF_HUB_OFFLINE": "0"}
        fetching = subprocess.Popen(
            [sys.executable, "-c", FETCH],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **ours, "NO_PROXY": "127.0.0.1"},
        )
        assert fetching.stdin is not None and fetching.stdout is not None
        assert fetching.stdout.readline() == b"done\n"
        first = set(hub.fetched)
        fetching.communicate(b"\n\n")
    assert fetching.returncode == 0
    assert "tokenizer.json" in first and "model.safetensors" not in first
    assert set(hub.fetched) - first == {"model.safetensors"}
