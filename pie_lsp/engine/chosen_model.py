"""Checks what settings say about a language model before any work is begun.

Opens no model and loads nothing: a name that is wrong is wrong at once.
"""

from pathlib import Path

from pie_lsp.models.registry import find_model, template_of
from pie_lsp.prompting.registry import strategy
from pie_lsp.prompting.shelf import CorpusShelf
from pie_lsp.retrieval.registry import DEFAULT, finding_by_code, needs_encoder
from pie_lsp.values.errors import InputError
from pie_lsp.values.settings import Settings


def require_askable(settings: Settings) -> None:
    """Raises ModelMissingError or InputError where the chosen model or the way to ask it is not there.

    The sentence lists what there is. Nothing is checked where no model is chosen.
    """
    if not settings.language_model:
        return
    how = strategy(settings.strategy, template_of(find_model(settings.models, settings.language_model)))
    name = settings.retriever or DEFAULT
    known = finding_by_code()
    if name not in known:
        there = ", ".join(known)
        raise InputError(f"There is no retriever {name!r} that searches by code; there are {there}.")
    if how.nearest and needs_encoder(name):
        if not settings.encoder:
            raise InputError(
                f"The retriever {name} needs an encoder: name its folder in the setting encoder, or with "
                f"--encoder, or take {DEFAULT}."
            )
        if not _encoder(settings).is_dir():
            raise InputError(f"The encoder {settings.encoder} is no folder; name one that is there.")


def shelf_of(settings: Settings) -> CorpusShelf:
    """Where examples are looked for, and by whom."""
    encoder = _encoder(settings) if settings.encoder else None
    return CorpusShelf(settings.pairs, settings.retriever or DEFAULT, encoder)


def _encoder(settings: Settings) -> Path:
    return Path(settings.encoder).expanduser()
