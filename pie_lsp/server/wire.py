"""Reads and writes our own messages as JSON. What is not exactly what a message takes is refused.

pygls gives a handler of an unknown method a namedtuple with renamed keys and values of any type; here they
are the dataclasses of `pie_lsp.server.messages`.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from pygls.exceptions import JsonRpcInvalidParams
from pygls.protocol import default_converter

from pie_lsp.server import messages
from pie_lsp.text.positions import Position

_T = TypeVar("_T")

PARAMETERS: Mapping[str, type] = MappingProxyType(
    {
        messages.RUN: messages.RunParams,
        messages.VERIFY_COPY: messages.VerifyCopyParams,
        messages.RESULTS: messages.ResultsParams,
    }
)
"""Our requests, and what they take."""


def read(method: str, params: Any) -> Any:
    """The parameters of one of our requests. Raises JsonRpcInvalidParams for any others."""
    try:
        if params is not None and not isinstance(params, Mapping):
            raise TypeError("they are no object")
        return _reader().structure({} if params is None else params, PARAMETERS[method])
    # What cattrs, enums and the messages themselves raise for content that is not theirs.
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise JsonRpcInvalidParams(f"The parameters of `{method}` are not valid: {_fault(error)}.") from error


def converter() -> Converter:
    """The converter of pygls, which writes our messages too."""
    made: Converter = default_converter()  # type: ignore[no-untyped-call]
    made.register_unstructure_hook_factory(
        _is_ours, lambda kind: make_dict_unstructure_fn(kind, made, **_names(kind))
    )
    return made


@cache
def _reader() -> Converter:
    reader = Converter(detailed_validation=False)
    for plain in (str, int, bool):
        reader.register_structure_hook(plain, _exactly)
    reader.register_structure_hook(messages.Token | None, _token)
    reader.register_structure_hook(Position, lambda value, _: _position(value))
    reader.register_structure_hook_factory(
        _is_ours, lambda kind: make_dict_structure_fn(kind, reader, **_names(kind))
    )
    return reader


def _is_ours(kind: Any) -> bool:
    return is_dataclass(kind) and kind.__module__ == messages.__name__


def _names(kind: Any) -> dict[str, Any]:
    return {field.name: override(rename=_camel(field.name)) for field in fields(kind)}


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)


def _exactly(value: object, kind: type[_T]) -> _T:
    if type(value) is not kind:
        raise TypeError(f"{value!r} is not {_KINDS[kind]}")
    return value


_KINDS: Mapping[type, str] = MappingProxyType({str: "a text", int: "a whole number", bool: "true or false"})


def _token(value: object, _kind: object) -> messages.Token | None:
    if value is None or type(value) is str or type(value) is int:
        return value
    raise TypeError(f"{value!r} names no progress")


def _position(value: Any) -> Position:
    line, character = _exactly(value["line"], int), _exactly(value["character"], int)
    if line < 0 or character < 0:
        raise ValueError(f"line {line}, character {character} is no position")
    return Position(line, character)


def _fault(error: Exception) -> str:
    return f"{error.args[0]!r} is missing" if isinstance(error, KeyError) and error.args else str(error)
