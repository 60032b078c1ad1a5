"""A prompt that does not fit is refused with the numbers, and never cut."""

from pathlib import Path

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from pie_lsp.models.budget import TokenizerFile, estimated_tokens, require_fit
from pie_lsp.values.errors import PromptTooLongError


def test_the_last_token_still_fits() -> None:
    require_fit("m", 60, 40, 100)
    with pytest.raises(
        PromptTooLongError, match=r"model m has 61 tokens and 40 .*takes 100; nothing was cut"
    ):
        require_fit("m", 61, 40, 100)


def test_a_model_that_writes_elsewhere_has_room_twice() -> None:
    require_fit("m", 100, 100, 100, apart=True)
    for prompt, answer in ((101, 1), (1, 101)):
        with pytest.raises(PromptTooLongError, match=r"takes 100"):
            require_fit("m", prompt, answer, 100, apart=True)


def test_the_estimate_is_rather_too_high() -> None:
    """Against words and signs, of which real tokenizers make fewer pieces than two and a half bytes each."""
    program = "for (int i = 0; i < n; ++i) {\n    total += values[i] * weights[i];\n}\n"
    assert estimated_tokens(program) > 24
    assert estimated_tokens("é" * 10) > estimated_tokens("e" * 10)
    assert estimated_tokens(b"\xff".decode("utf-8", "surrogateescape")) == 1


def test_a_tokenizer_file_counts_exactly(tmp_path: Path) -> None:
    tokenizer = Tokenizer(models.WordLevel({"a": 0, "b": 1, "?": 2}, unk_token="?"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    counter = TokenizerFile(tmp_path / "tokenizer.json")
    assert counter.count("a b  a c") == 4
    assert counter.count("") == 0
    assert counter.count(b"a \xff".decode("utf-8", "surrogateescape")) == 2


def test_marks_of_the_beginning_are_counted_only_where_each_text_is_one(tmp_path: Path) -> None:
    tokenizer = Tokenizer(models.WordLevel({"a": 0, "<s>": 1}, unk_token="a"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 1)])
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    assert TokenizerFile(tmp_path / "tokenizer.json").count("a a") == 3
    assert TokenizerFile(tmp_path / "tokenizer.json", begins=False).count("a a") == 2
