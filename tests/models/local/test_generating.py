"""Loading and sampling in this process: forms of prompts, dangers of checkpoints, and a lack of memory."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pie_lsp.models.local.generating import Loaded, Problem, load
from tests.models.local.tiny import build_causal, greedy_by_hand, needs_torch

pytestmark = needs_torch

ASK: dict[str, Any] = {
    "messages": None,
    "prompt": "int main() { for",
    "samples": 1,
    "temperature": 0.0,
    "top_p": None,
    "max_tokens": 16,
    "stop": [],
    "seed": 7,
    "stream": False,
}
TALK = [{"role": "system", "content": "be brief"}, {"role": "user", "content": "hello"}]
SIMPLE = "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}<assistant>"
NO_SYSTEM = "{% if messages[0].role == 'system' %}{{ raise_exception('no system') }}{% endif %}" + SIMPLE


def ask(loaded: Loaded, is_cancelled: Callable[[], bool] = lambda: False, **changes: Any) -> dict[str, Any]:
    return loaded.generate({**ASK, **changes}, is_cancelled, lambda text: None)


def opened(folder: Path, bits: int | None = None) -> Loaded:
    return load(str(folder), "cpu", bits, 4096)


@pytest.mark.parametrize(
    ("template", "prompt"),
    [
        (SIMPLE, "<system>be brief<user>hello<assistant>"),
        (NO_SYSTEM, "<user>be brief\n\nhello<assistant>"),
    ],
)
def test_a_conversation_takes_the_checkpoints_own_form(tmp_path: Path, template: str, prompt: str) -> None:
    loaded = opened(build_causal(tmp_path, template=template))
    answer = ask(loaded, messages=TALK, prompt=None)
    assert answer["samples"][0]["text"] == greedy_by_hand(tmp_path, prompt, 16)


def test_a_template_that_refuses_everything_is_told(tmp_path: Path) -> None:
    loaded = opened(build_causal(tmp_path, template="{{ raise_exception('never') }}"))
    for messages in (TALK, TALK[1:]):
        with pytest.raises(Problem, match="never"):
            ask(loaded, messages=messages, prompt=None)


def test_code_of_a_checkpoint_never_runs(tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    build_causal(tmp_path)
    (tmp_path / "evil.py").write_text(f"open({str(ran)!r}, 'w').close()\nclass Evil: pass\n")
    (tmp_path / "config.json").write_text(
        json.dumps(
            {
                "model_type": "evil",
                "auto_map": {"AutoConfig": "evil.Evil", "AutoModelForCausalLM": "evil.Evil"},
            }
        )
    )
    with pytest.raises(Problem, match="cannot be loaded") as caught:
        opened(tmp_path)
    assert caught.value.kind == "missing"
    assert not ran.exists()


def test_weights_that_are_broken_are_told(tmp_path: Path) -> None:
    build_causal(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"\xff" * 100)
    with pytest.raises(Problem, match="cannot be loaded"):
        opened(tmp_path)


def test_quantization_without_its_library_is_told(causal: Path) -> None:
    from importlib.util import find_spec

    if find_spec("bitsandbytes"):
        pytest.skip("bitsandbytes is installed here, so nothing is missing")
    with pytest.raises(Problem, match="bitsandbytes"):
        opened(causal, bits=4)


def test_half_precision_computes_on_a_processor(causal: Path, tmp_path: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    half = AutoModelForCausalLM.from_pretrained(causal, dtype=torch.float16)
    half.save_pretrained(tmp_path)
    AutoTokenizer.from_pretrained(causal).save_pretrained(tmp_path)
    assert ask(opened(tmp_path))["samples"][0]["text"]


def test_memory_that_runs_out_makes_smaller_batches(causal: Path) -> None:
    """The real model, on an accelerator that has room for two samples."""
    import torch

    loaded = opened(causal)
    generate, batches = loaded._model.generate, list[int]()

    def cramped(**how: Any) -> Any:
        batches.append(how["num_return_sequences"])
        if how["num_return_sequences"] > room:
            raise torch.OutOfMemoryError
        return generate(**how)

    loaded._model.generate = cramped
    room = 2
    answer = ask(loaded, samples=5, temperature=1.0)
    assert batches == [5, 2, 3, 1, 2]
    assert len(answer["samples"]) == 5
    assert len({sample["text"] for sample in answer["samples"]}) > 1
    room = 0
    with pytest.raises(Problem, match="too small"):
        ask(loaded)


def test_a_checkpoints_own_habits_do_not_narrow_the_choice(tmp_path: Path) -> None:
    """Libraries and checkpoints cut to the likeliest tokens; a request that says nothing of it is not cut."""
    build_causal(tmp_path)
    habits = json.loads((tmp_path / "generation_config.json").read_text())
    (tmp_path / "generation_config.json").write_text(json.dumps({**habits, "do_sample": True, "top_k": 1}))
    answer = ask(opened(tmp_path), samples=6, temperature=1.5)
    assert len({sample["text"] for sample in answer["samples"]}) > 1


def test_a_mark_of_the_end_behind_the_prompt_is_left_out(causal: Path, tmp_path: Path) -> None:
    from tokenizers import Tokenizer
    from tokenizers.processors import TemplateProcessing

    for file in causal.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    tokenizer = Tokenizer.from_file(str(causal / "tokenizer.json"))
    tokenizer.post_processor = TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    assert ask(opened(tmp_path))["samples"] == ask(opened(causal))["samples"]


def test_a_cancelled_request_ends_after_a_token(causal: Path) -> None:
    answer = ask(opened(causal), is_cancelled=lambda: True, max_tokens=500)
    assert answer["completion_tokens"] == 1


def test_a_prompt_that_does_not_fit_is_told_with_its_numbers(causal: Path) -> None:
    with pytest.raises(Problem) as caught:
        ask(opened(causal), max_tokens=4096)
    assert caught.value.kind == "too long"
    assert caught.value.numbers["answer"] == caught.value.numbers["context"] == 4096
