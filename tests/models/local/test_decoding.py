"""From tokens to text: every space of a program is kept, and an answer ends where it ends."""

import pytest
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

from pie_lsp.models.local.decoding import Decoder
from tests.models.local.tiny import needs_torch

pytestmark = needs_torch

WORDS = ["<s>", "</s>", "\u2581int", "\u2581x", ";", "\u2581", "\n", "x"]


@pytest.fixture(scope="module")
def spaced(tmp_path_factory: pytest.TempPathFactory) -> object:
    """A tokenizer like LLaMA's, which drops the space before the first word of a text."""
    from transformers import PreTrainedTokenizerFast

    made = Tokenizer(models.WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token="x"))
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    made.decoder = decoders.Metaspace()
    return PreTrainedTokenizerFast(tokenizer_object=made, bos_token="<s>", eos_token="</s>")


def row(*words: str) -> list[int]:
    return [WORDS.index(word) for word in words]


def test_the_first_space_of_an_answer_is_kept(spaced: object) -> None:
    tokens = row("<s>", "\u2581int", "\u2581x", ";")
    assert Decoder(spaced, 2, frozenset({1}), ()).text(tokens) == " x;"
    # Alone, the tokenizer gives it without.
    assert Decoder(spaced, 0, frozenset({1}), ()).text(row("\u2581x", ";")) == "x;"


def test_spaces_before_signs_are_not_tidied_up(spaced: object) -> None:
    tokens = row("<s>", "\u2581int", "\u2581x", "\u2581", ";")
    assert Decoder(spaced, 2, frozenset({1}), ()).text(tokens) == " x ;"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("\u2581x", ";", "</s>", "</s>"), (" x;", "stop", 3)),
        (("\u2581x", ";"), (" x;", "length", 2)),
        (("</s>",), ("", "stop", 1)),
        ((), ("", "length", 0)),
        (("\u2581x", "\n", ";"), (" x", "stop", 3)),
        (("\u2581x", "</s>", "\n"), (" x", "stop", 2)),
    ],
)
def test_where_an_answer_ends(spaced: object, words: tuple[str, ...], expected: tuple[str, str, int]) -> None:
    decoder = Decoder(spaced, 2, frozenset({1}), ("\n",))
    assert decoder.finished(row("<s>", "\u2581int", *words)) == expected


def test_a_stop_is_seen_when_it_comes(spaced: object) -> None:
    decoder = Decoder(spaced, 2, frozenset({1}), ("x;",))
    assert not decoder.has_stopped(row("<s>", "\u2581int", "\u2581x"))
    assert decoder.has_stopped(row("<s>", "\u2581int", "\u2581x", ";"))
    # What the prompt ends with is not part of the answer.
    assert not decoder.has_stopped(row("<s>", "x", ";"))
