"""From the user's settings to a model that can be asked. Opening one sends nothing and loads nothing."""

from collections.abc import Sequence

from pie_lsp.models.client import read_key
from pie_lsp.models.contract import Model
from pie_lsp.models.endpoint import Endpoint
from pie_lsp.models.local.checkpoint import computing_libraries, find_checkpoint
from pie_lsp.models.local.model import LocalModel
from pie_lsp.models.local.showing import open_shown
from pie_lsp.models.templates import Template, load_template, template_trained_with
from pie_lsp.values.errors import ModelMissingError
from pie_lsp.values.language_model import ModelSettings

DEFAULT_TEMPLATE = "chat"


def find_model(models: Sequence[ModelSettings], name: str) -> ModelSettings:
    """The settings of the model called `name`. Raises ModelMissingError where there are none."""
    for settings in models:
        if settings.name == name:
            return settings
    known = ", ".join(settings.name for settings in models) or "none"
    raise ModelMissingError(
        f'There is no language model "{name}" in your settings (there are: {known}). Add it to the table '
        '"models" in the settings of your editor or in your own settings file, or choose another '
        "language_model."
    )


async def open_model(settings: ModelSettings) -> Model:
    """The model of `settings`; the caller closes it.

    Raises ModelMissingError where a checkpoint or a library is not there, and ModelKeyError without a key.
    """
    template = template_of(settings)
    if settings.address:
        return Endpoint(settings, template, read_key(settings))
    libraries = computing_libraries()
    return LocalModel(settings, template, await find_checkpoint(settings), libraries)


async def open_to_show(settings: ModelSettings) -> tuple[Model, tuple[str, ...]]:
    """The model of `settings` to look at its prompts, and what about these is not certain.

    Nothing is sent, and no weights are loaded or fetched. Raises as `open_model` does.
    """
    if settings.address:
        return await open_model(settings), ()
    return await open_shown(settings, template_of(settings))


def template_of(settings: ModelSettings) -> Template:
    """What is set; else what a released checkpoint of that name was trained with; else a conversation."""
    names = (settings.checkpoint, settings.served_name)
    known = next((found for name in names if (found := template_trained_with(name))), DEFAULT_TEMPLATE)
    return load_template(settings.template or known)
