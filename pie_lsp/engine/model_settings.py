"""Reads the table of language models from the user's settings.

What cannot be is refused with the reason, since a model that is reached in another way than the user thinks
would send source to the wrong place. Opens no model and reads no key.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from pie_lsp.models.addresses import fault_of, is_loopback
from pie_lsp.models.templates import template_names
from pie_lsp.values.language_model import Api, ModelSettings, is_on_a_hub
from pie_lsp.values.settings import Settings

_PLAIN_NAME = re.compile(r"[\w.:/-]+")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PER_DOLLAR = 1_000_000


class WrongModel(ValueError):
    """What is wrong with the table, in words that end a sentence."""


def read_models(value: object) -> tuple[ModelSettings, ...]:
    """All models of a table from names to tables. Raises WrongModel where one of them cannot be."""
    if not isinstance(value, Mapping):
        raise WrongModel("it is no table")
    return tuple(_model(str(name), table) for name, table in value.items())


def may_be_asked(settings: Settings) -> bool:
    """Whether a model is chosen, and stands on this machine or may be asked on another."""
    chosen = next((one for one in settings.models if one.name == settings.language_model), None)
    if chosen is None:
        return False
    return settings.allow_remote_models or not chosen.address or is_loopback(chosen.address)


def _model(name: str, table: object) -> ModelSettings:
    if not _PLAIN_NAME.fullmatch(name):
        raise WrongModel(f'"{name}" is no name for a model')
    if not isinstance(table, Mapping):
        raise WrongModel(f'"{name}" is no table')
    values: dict[str, object] = {}
    for key, value in table.items():
        plain = re.sub(r"(?<=[a-z])([A-Z])", r"_\1", str(key)).lower().replace("-", "_")
        if plain not in _KEYS:
            raise WrongModel(f'"{name}" has a key "{key}", which does not exist')
        field, read, expects = _KEYS[plain]
        try:
            values[field] = read(value)
        except ValueError as error:
            raise WrongModel(f'"{plain}" of "{name}" must be {str(error) or expects}') from None
    settings = ModelSettings(name=name, **values)  # type: ignore[arg-type]
    _check(settings)
    return settings


def _check(settings: ModelSettings) -> None:
    """What has to go together."""
    name = settings.name
    if bool(settings.address) == bool(settings.checkpoint):
        raise WrongModel(f'"{name}" must have either an address or a checkpoint')
    if settings.address and not settings.served_name:
        raise WrongModel(f'"{name}" must say which "model" is meant at its address')
    if settings.api is Api.AZURE and not settings.api_version:
        raise WrongModel(f'"{name}" must have an "api_version", as Azure wants it')


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError
    return value


def _address(value: object) -> str:
    text = _text(value)
    fault = fault_of(text)
    if fault is not None:
        raise ValueError(f"the address of a server, and {fault}")
    return text


def _variable(value: object) -> str:
    if not isinstance(value, str) or not _VARIABLE.fullmatch(value):
        # Whoever writes the key itself here must not find it in a message.
        raise ValueError("the name of an environment variable, and never the key itself")
    return value


def _checkpoint(value: object) -> str:
    """A path that no current folder changes, or a name on a hub."""
    text = _text(value)
    if Path(text).expanduser().is_absolute() or is_on_a_hub(text):
        return text
    raise ValueError


def _file(value: object) -> Path:
    path = Path(_text(value)).expanduser()
    if not path.is_absolute():
        raise ValueError
    return path


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _count(value: object) -> int:
    if type(value) is not int or not 1 <= value <= 100_000_000:
        raise ValueError
    return value


def _bits(value: object) -> int:
    if value not in (4, 8) or isinstance(value, bool):
        raise ValueError
    return int(str(value))


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise ValueError
    return float(value)


def _seconds(value: object) -> float:
    seconds = _number(value)
    if seconds == 0:
        raise ValueError
    return seconds


def _price(value: object) -> int:
    return round(_number(value) * _PER_DOLLAR)


def _api(value: object) -> Api:
    if not isinstance(value, str) or value not in {api.value for api in Api}:
        raise ValueError
    return Api(value)


def _template(value: object) -> str:
    if value not in template_names():
        raise ValueError(f"one of {', '.join(template_names())}")
    return str(value)


def _extra(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, Mapping):
        raise ValueError
    try:
        return tuple((str(name), json.dumps(part, allow_nan=False)) for name, part in value.items())
    except (TypeError, ValueError):
        raise ValueError from None


_Read = Callable[[object], object]

_KEYS: dict[str, tuple[str, _Read, str]] = {
    "address": ("address", _address, "an address"),
    "api": ("api", _api, f"one of {', '.join(api.value for api in Api)}"),
    "api_version": ("api_version", _text, "a text"),
    "model": ("served_name", _text, "a text"),
    "key_variable": ("key_variable", _variable, "a name"),
    "checkpoint": ("checkpoint", _checkpoint, "an absolute path or a name on a hub such as owner/name"),
    "download": ("download", _switch, "true or false"),
    "revision": ("revision", _text, "a text"),
    "device": ("device", _text, "auto, cpu, cuda or one such as cuda:1"),
    "quantization": ("quantization", _bits, "4 or 8"),
    "template": ("template", _template, "a template"),
    "context": ("context", _count, "a whole number above 0"),
    "tokenizer": ("tokenizer", _file, "the absolute path of a tokenizer.json"),
    "parallel": ("parallel", _count, "a whole number above 0"),
    "timeout_seconds": ("timeout_seconds", _seconds, "a number of seconds above 0"),
    "input_price": ("input_price", _price, "dollars for a million tokens"),
    "output_price": ("output_price", _price, "dollars for a million tokens"),
    "extra": ("extra", _extra, "a table of parameters for the server"),
}
"""Name in the settings, and the field, the reader and what is expected."""
