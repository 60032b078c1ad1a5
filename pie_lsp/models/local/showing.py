"""A checkpoint whose prompts are looked at and not answered: it counts tokens, and has no use for weights.

Starts no process. Where the tokenizer is not at hand, tokens are estimated, and that is told.
"""

import asyncio

from pie_lsp.models.budget import TokenizerFile, estimated_tokens
from pie_lsp.models.contract import Answer, OnText, SamplingRequest
from pie_lsp.models.endpoint import LOCAL_CONTEXT
from pie_lsp.models.local.checkpoint import Checkpoint, find_checkpoint
from pie_lsp.models.templates import Template
from pie_lsp.models.texts import sendable
from pie_lsp.values.errors import ModelAnswerError, ModelMissingError
from pie_lsp.values.language_model import ModelSettings, is_on_a_hub

_TOKENIZER = "tokenizer.json"


class ShownCheckpoint:
    """Implements `Model`, but gives no answers. `found` is None where nothing of it is on this machine."""

    def __init__(self, settings: ModelSettings, template: Template, found: Checkpoint | None) -> None:
        self.name = settings.name
        self.template = template.name
        self.is_remote = False
        self.identity = f"shown|{settings.checkpoint}"
        self.address = settings.checkpoint if found is None else str(found.folder)
        self.context_tokens = (settings.context or LOCAL_CONTEXT) if found is None else found.context
        file = None if found is None else found.folder / _TOKENIZER
        self._tokenizer = None if file is None or not file.is_file() else TokenizerFile(file, begins=False)

    @property
    def counts(self) -> bool:
        """Whether tokens are counted, and not estimated."""
        return self._tokenizer is not None

    async def count_tokens(self, text: str) -> int:
        """By the checkpoint's own tokenizer where it is at hand."""
        if self._tokenizer is None:
            return estimated_tokens(text)
        return await asyncio.to_thread(self._tokenizer.count, sendable(text))

    async def sample(self, request: SamplingRequest, on_text: OnText | None = None) -> Answer:
        """Raises: it was opened to show what would be asked."""
        raise ModelAnswerError(f"The model {self.name} was opened to show prompts, and answers none.")

    async def close(self) -> None:
        """Nothing is held."""


async def open_shown(settings: ModelSettings, template: Template) -> tuple[ShownCheckpoint, tuple[str, ...]]:
    """The checkpoint of `settings`, and what about its prompts is not certain.

    Of one on a hub the tokenizer is fetched where that is allowed, and never weights. Raises
    ModelMissingError where a folder holds no checkpoint.
    """
    found, doubts = None, []
    try:
        found = await find_checkpoint(settings, weights=False)
    except ModelMissingError as error:
        if not is_on_a_hub(settings.checkpoint):
            raise
        doubts.append(str(error))
    model = ShownCheckpoint(settings, template, found)
    if found is None:
        doubts.append(f"Its context is taken for {model.context_tokens:,} tokens.")
    if not model.counts:
        doubts.append("Its tokenizer is not at hand, so tokens are estimated and not counted.")
    return model, tuple(doubts)
