"""A tiny model behind real HTTP: an endpoint and a worker give the same answers from the same checkpoint."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from pie_lsp.models.contract import SamplingRequest
from pie_lsp.models.registry import open_model
from pie_lsp.values.language_model import ModelSettings
from tests.models.local.tiny import needs_torch
from tests.models.served import Asked, Script, Texts, serving

pytestmark = needs_torch

PROMPT = "int main() { for"


def of_checkpoint(folder: Path) -> Script:
    """Answers completions with the checkpoint, by nothing but the library."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    model, tokenizer = AutoModelForCausalLM.from_pretrained(folder), AutoTokenizer.from_pretrained(folder)

    def complete(body: dict[str, Any]) -> Texts:
        ids = tokenizer(body["prompt"], return_tensors="pt")["input_ids"]
        greedy = body.get("temperature") == 0
        chance = {} if greedy else {"temperature": body["temperature"], "top_k": 0}
        torch.manual_seed(body.get("seed", 0))
        made = model.generate(
            input_ids=ids,
            do_sample=not greedy,
            max_new_tokens=body["max_tokens"],
            num_return_sequences=body.get("n", 1),
            **chance,
        )
        rows = [row[ids.shape[1] :] for row in made]
        texts = tuple(tokenizer.decode(row, skip_special_tokens=True) for row in rows)
        return Texts(texts, "length", (ids.shape[1], sum(len(row) for row in rows)))

    async def answer(asked: Asked) -> Texts:
        return await asyncio.to_thread(complete, asked.body)

    return answer


@pytest.mark.parametrize(("samples", "temperature"), [(1, 0.0), (4, 1.0)])
async def test_both_ways_to_a_model_give_the_same_texts(
    causal: Path, samples: int, temperature: float
) -> None:
    request = SamplingRequest(
        prompt=PROMPT, samples=samples, temperature=temperature, max_tokens=16, seed=3, stop=("\n#",)
    )
    async with serving(of_checkpoint(causal)) as served:
        endpoint = await open_model(ModelSettings("far", address=served.address, served_name="tiny"))
        far = await endpoint.sample(request)
        await endpoint.close()
    local = await open_model(ModelSettings("near", checkpoint=str(causal), device="cpu"))
    near = await local.sample(request)
    await local.close()
    assert [sample.text for sample in far.samples] == [sample.text for sample in near.samples]
    assert far.usage.prompt_tokens == near.usage.prompt_tokens
    assert len(far.samples) == samples
