"""Loads a checkpoint with transformers and draws samples from it, in the worker process.

One call of `generate` draws a batch. Code of a checkpoint never runs, and weights come from safetensors only.
Sampling is by temperature and nucleus alone, as at endpoints; a cut to the 50 likeliest tokens, which the
library would add unasked, is not made. Knows no process and no pipe.
"""

import importlib.util
from collections.abc import Callable
from typing import Any

from pie_lsp.models.local.decoding import Decoder, Watch


class Problem(Exception):
    """What a person has to be told. `kind` says which error of ours it becomes."""

    def __init__(self, kind: str, sentence: str, **numbers: int) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.numbers = numbers


def load(folder: str, device: str, bits: int | None, context: int) -> "Loaded":
    """Load the checkpoint in `folder`. Raises Problem where that cannot be done."""
    import transformers

    safe = {"trust_remote_code": False, "local_files_only": True}
    try:
        config = transformers.AutoConfig.from_pretrained(folder, **safe)
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder, **safe)
        apart = bool(config.is_encoder_decoder)
        kind = transformers.AutoModelForSeq2SeqLM if apart else transformers.AutoModelForCausalLM
        placed = _placement(config, device, bits)
        model = kind.from_pretrained(folder, use_safetensors=True, **safe, **placed)
    except Problem:
        raise
    # What the libraries raise for a folder that somebody else made has no common base.
    except Exception as error:  # noqa: BLE001
        reason = " ".join(str(error).split())[:300].rstrip(".")
        raise Problem("missing", f"The checkpoint in {folder} cannot be loaded ({reason}).") from None
    model.eval()
    return Loaded(model, tokenizer, apart, context)


def _placement(config: Any, device: str, bits: int | None) -> dict[str, Any]:
    """Where weights go, and how many bits they keep."""
    import torch

    auto = device == "auto"
    on_processor = device == "cpu" or (auto and not torch.cuda.is_available())
    if bits is not None:
        import transformers

        if importlib.util.find_spec("bitsandbytes") is None:
            raise Problem(
                "missing",
                "Quantization needs the library bitsandbytes; install it with pip, or set no quantization.",
            )
        packed = transformers.BitsAndBytesConfig(
            load_in_4bit=bits == 4, load_in_8bit=bits == 8, bnb_4bit_compute_dtype=torch.bfloat16
        )
        return {"device_map": "cpu" if on_processor else device, "quantization_config": packed}
    # Half precision has few operations on a processor, and they are slow.
    halved = on_processor and getattr(config, "dtype", None) in (torch.float16, "float16")
    return {
        "dtype": torch.float32 if halved else "auto",
        "device_map": "cpu" if on_processor else device,
    }


class Loaded:
    """A model in memory.

    apart    it reads the prompt in one part and writes the answer in another (sequence to sequence)
    context  most tokens of both together, or of each where they are apart
    """

    def __init__(self, model: Any, tokenizer: Any, apart: bool, context: int) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self.apart = apart
        self.context = context

    def count(self, text: str) -> int:
        """Tokens of `text` by itself."""
        return len(self._tokenizer(text, add_special_tokens=False)["input_ids"])

    def generate(
        self, asked: dict[str, Any], cancelled: Callable[[], bool], on_text: Callable[[str], None]
    ) -> dict[str, Any]:
        """Draw the samples that a request asks for, as the lines between the processes have them.

        Raises Problem where the prompt is too long or memory runs out.
        """
        ids = self._encode(asked)
        length, most = int(ids.shape[1]), int(asked["max_tokens"])
        if (max(length, most) if self.apart else length + most) > self.context:
            raise Problem("too long", "", prompt=length, answer=most, context=self.context)
        # The likeliest answer is always the same one, so it is made once.
        greedy = asked["temperature"] == 0
        count = 1 if greedy else asked["samples"]
        drawn = self._draw(ids, asked, count, asked["seed"], cancelled, on_text)
        return {
            "samples": [{"text": text, "finish": finish} for text, finish, _ in drawn]
            * (asked["samples"] if greedy else 1),
            "prompt_tokens": length,
            "completion_tokens": sum(tokens for _, _, tokens in drawn),
        }

    def _encode(self, asked: dict[str, Any]) -> Any:
        """Tokens of the prompt, with what the tokenizer puts around it in its training."""
        if asked["messages"] is not None:
            text, special = self._conversation(asked["messages"]), False
        else:
            text, special = asked["prompt"], True
        ids = self._tokenizer(text, return_tensors="pt", add_special_tokens=special)["input_ids"]
        ended = ids.shape[1] > 1 and int(ids[0, -1]) == self._tokenizer.eos_token_id
        # Behind the mark of the end, a model that goes on with its input would begin something else.
        return ids[:, :-1] if ended and not self.apart else ids

    def _conversation(self, messages: list[dict[str, str]]) -> str:
        """By the checkpoint's own template; where that knows no system, the first user says it."""
        system = [turn["content"] for turn in messages if turn["role"] == "system"]
        others = [dict(turn) for turn in messages if turn["role"] != "system"]
        if system and others:
            others[0]["content"] = "\n\n".join([*system, others[0]["content"]])
        reason = ""
        for form in (messages, others):
            try:
                return str(
                    self._tokenizer.apply_chat_template(form, tokenize=False, add_generation_prompt=True)
                )
            # A template may raise whatever it likes.
            except Exception as error:  # noqa: BLE001
                reason = str(error)
        raise Problem("answer", f"The template of the checkpoint takes no such conversation ({reason}).")

    def _draw(
        self,
        ids: Any,
        asked: dict[str, Any],
        count: int,
        seed: int | None,
        cancelled: Callable[[], bool],
        on_text: Callable[[str], None],
    ) -> list[tuple[str, str, int]]:
        """Text, reason of the end and tokens of each of `count` samples."""
        import torch

        start = 1 if self.apart else int(ids.shape[1])
        decoder = Decoder(self._tokenizer, start, self._ends(), tuple(asked["stop"]))
        watch = Watch(decoder, cancelled, on_text if asked["stream"] and count == 1 else None)
        torch.seed() if seed is None else torch.manual_seed(seed)
        try:
            with torch.inference_mode():
                made = self._model.generate(
                    input_ids=ids.to(self._model.device),
                    attention_mask=torch.ones_like(ids).to(self._model.device),
                    stopping_criteria=[watch],
                    num_return_sequences=count,
                    **self._sampling(asked),
                )
        except torch.OutOfMemoryError:
            if count == 1:
                raise Problem("answer", "The memory of the accelerator is too small for a sample.") from None
            torch.cuda.empty_cache()
        else:
            if watch.streamed is not None:
                watch.finish(made)
            return [decoder.finished(row) for row in made.tolist()]
        half = count // 2
        later = None if seed is None else seed + half
        return [
            *self._draw(ids, asked, half, seed, cancelled, on_text),
            *self._draw(ids, asked, count - half, later, cancelled, on_text),
        ]

    def _sampling(self, asked: dict[str, Any]) -> dict[str, Any]:
        chosen = {
            "max_new_tokens": asked["max_tokens"],
            "do_sample": asked["temperature"] != 0,
            "temperature": asked["temperature"] or None,
            "top_p": asked["top_p"],
            "top_k": 0,
            "pad_token_id": self._pad(),
        }
        if not chosen["do_sample"]:
            chosen = {name: chosen[name] for name in ("max_new_tokens", "do_sample", "pad_token_id")}
        return {name: value for name, value in chosen.items() if value is not None}

    def _ends(self) -> frozenset[int]:
        configured = self._model.generation_config.eos_token_id
        ends = configured if isinstance(configured, list) else [configured]
        return frozenset(end for end in [*ends, self._tokenizer.eos_token_id] if end is not None)

    def _pad(self) -> int | None:
        pad: int | None = self._tokenizer.pad_token_id
        return pad if pad is not None else next(iter(sorted(self._ends())), None)
