"""Tiny models with tokenizers, built on the spot and saved as every checkpoint is."""

from importlib.util import find_spec
from pathlib import Path

import pytest

needs_torch = pytest.mark.skipif(
    find_spec("torch") is None,
    reason="torch is not installed, so no local model can run; ./setup.sh test says how it installs it",
)

CORPUS = ["int main() { return 0; }\n", "for (int i = 0; i < n; ++i) {\n    s += a[i];\n}\n"]


def build_causal(folder: Path, positions: int = 4096, template: str | None = None) -> Path:
    """A model like LLaMA, which goes on with a text."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    tokenizer = _tokenizer(template)
    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=positions,
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=2,
        tie_word_embeddings=True,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def build_translating(folder: Path) -> Path:
    """A model like T5, which reads a text and writes another."""
    import torch
    from transformers import T5Config, T5ForConditionalGeneration

    tokenizer = _tokenizer(None)
    tokenizer.model_max_length = 256
    torch.manual_seed(2)
    config = T5Config(
        vocab_size=len(tokenizer),
        d_model=32,
        d_kv=8,
        d_ff=64,
        num_layers=2,
        num_heads=4,
        decoder_start_token_id=2,
        eos_token_id=1,
        pad_token_id=2,
    )
    T5ForConditionalGeneration(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def greedy_by_hand(folder: Path, prompt: str, tokens: int) -> str:
    """What the library itself says, without anything of ours."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM, AutoTokenizer

    apart = AutoConfig.from_pretrained(folder).is_encoder_decoder
    loaded = (AutoModelForSeq2SeqLM if apart else AutoModelForCausalLM).from_pretrained(folder)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    ids = tokenizer(prompt, return_tensors="pt")["input_ids"]
    with torch.inference_mode():
        made = loaded.generate(input_ids=ids, max_new_tokens=tokens, do_sample=False)
    return str(tokenizer.decode(made[0, 1 if apart else ids.shape[1] :], skip_special_tokens=True))


def _tokenizer(template: str | None):  # type: ignore[no-untyped-def]
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=320,
        special_tokens=["<s>", "</s>", "<pad>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator(CORPUS, trainer)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=made, bos_token="<s>", eos_token="</s>", pad_token="<pad>", padding_side="left"
    )
    if template is not None:
        tokenizer.chat_template = template
    return tokenizer
