"""Whether a prompt and its answer fit a model. Nothing is ever cut to fit.

Knows tokenizers only by their counts; without the model's own there is an estimate, rather too high.
"""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pie_lsp.values.errors import ModelMissingError, PromptTooLongError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_BYTES_PER_TOKEN = 2.5
"""C++ has 2.6 to 4 bytes per token with the tokenizers in use, so a count by this is rather too high."""


def estimated_tokens(text: str) -> int:
    """Tokens of `text`, guessed from its length in UTF-8."""
    return int(len(text.encode("utf-8", "surrogateescape")) / _BYTES_PER_TOKEN) + 1


def require_fit(name: str, prompt: int, answer: int, context: int, *, apart: bool = False) -> None:
    """Raise PromptTooLongError where `prompt` and `answer` tokens do not fit into `context`.

    apart  the model reads the prompt and writes the answer in two places, of `context` tokens each
    """
    if apart and prompt <= context and answer <= context:
        return
    if not apart and prompt + answer <= context:
        return
    taken = f"{prompt:,} tokens" if apart else f"{prompt:,} tokens and {answer:,} are kept for the answer"
    raise PromptTooLongError(
        f"The prompt for the model {name} has {taken}, but the model takes {context:,}; nothing was cut and "
        "nothing was sent. Ask about a single function, show fewer examples, or set a model with a larger "
        "context."
    )


class TokenizerFile:
    """The tokenizer of a model that runs elsewhere, from its file ``tokenizer.json``. Loaded when used."""

    def __init__(self, path: Path, *, begins: bool = True) -> None:
        """`begins` tells whether marks of beginning and end are counted with each text."""
        self._path = path
        self._begins = begins

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        try:
            return Tokenizer.from_file(str(self._path))
        # The library raises bare exceptions for whatever it cannot read.
        except Exception as error:  # noqa: BLE001
            raise ModelMissingError(f"{self._path} cannot be read as a tokenizer ({error}).") from None

    def count(self, text: str) -> int:
        """Tokens of `text`. Raises ModelMissingError where there is no tokenizer in the file."""
        plain = text.encode("utf-8", "replace").decode()
        return len(self._tokenizer.encode(plain, add_special_tokens=self._begins).ids)
