"""Checks what settings say about a language model before any work is begun.

Opens nothing and reads no file: a name that is wrong is wrong at once.
"""

from pie_lsp.models.registry import find_model, template_of
from pie_lsp.prompting.registry import strategy
from pie_lsp.values.settings import Settings


def require_askable(settings: Settings) -> None:
    """Raises ModelMissingError or InputError where the chosen model or the way to ask it is not there.

    The sentence lists what there is. Nothing is checked where no model is chosen.
    """
    if settings.language_model:
        strategy(settings.strategy, template_of(find_model(settings.models, settings.language_model)))
