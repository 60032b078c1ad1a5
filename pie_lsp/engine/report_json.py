"""A whole report as bytes and back, for the result cache; the public JSON of the command line is another.

Everything that is not exactly what `dump` of the same schema wrote reads as None, so that a report from
an older version or a damaged one is computed again and never half understood.
"""

import base64
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pie_lsp.values.report import OptimizeReport

if TYPE_CHECKING:
    from cattrs import Converter

_T = TypeVar("_T")

SCHEMA = 2
"""Changes whenever a field of `OptimizeReport`, or of anything in it, changes its meaning."""


def dump(report: OptimizeReport) -> bytes:
    """`report` as bytes; equal reports give equal bytes."""
    document = {"schema": SCHEMA, "report": _converter().unstructure(report, OptimizeReport)}
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode("ascii")


def load(stored: bytes) -> OptimizeReport | None:
    """The report that `dump` turned into `stored`; None where it is anything else."""
    from cattrs.errors import ForbiddenExtraKeysError

    try:
        document = json.loads(stored)
        if document["schema"] != SCHEMA:
            return None
        return _converter().structure(document["report"], OptimizeReport)
    # What json, base64, enums and spans raise for content that is not theirs; cattrs without detailed
    # validation passes them on as they are.
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, ForbiddenExtraKeysError):
        return None


@cache
def _converter() -> "Converter":
    from cattrs import Converter

    converter = Converter(detailed_validation=False, forbid_extra_keys=True)
    converter.register_unstructure_hook(bytes, lambda value: base64.b64encode(value).decode("ascii"))
    converter.register_structure_hook(bytes, lambda value, _: base64.b64decode(value, validate=True))
    # A path may hold bytes that are no text, which Python keeps as lone surrogates; JSON escapes them.
    converter.register_unstructure_hook(Path, str)
    converter.register_structure_hook(Path, lambda value, _: Path(_exactly(value, str)))
    converter.register_unstructure_hook(float, float)
    for plain in (str, bool, int, float):
        converter.register_structure_hook(plain, _exactly)
    return converter


def _exactly(value: object, kind: type[_T]) -> _T:
    """`value` as it is, where cattrs alone would make any object the text of itself."""
    if type(value) is not kind:
        raise TypeError(f"{value!r} is not {kind.__name__}")
    return value
