"""Pairs as lines of JSON, the format of every file of pairs that we write. Knows no folders."""

import json

from pie_lsp.corpus.problem import Kind
from pie_lsp.retrieval.contract import Pair
from pie_lsp.values.errors import InputError

_TEXTS = ("key", "before", "after", "problem", "function", "description")


def to_line(pair: Pair) -> bytes:
    """`pair` as one line of ASCII; sources of any encoding come back byte for byte."""
    record = {
        "key": pair.key,
        "before": _text(pair.before),
        "after": _text(pair.after),
        "kinds": [kind.value for kind in pair.kinds],
        "problem": pair.problem,
        "function": pair.function,
        "description": pair.description,
        "speedup": pair.speedup,
    }
    return json.dumps(record).encode("ascii") + b"\n"


def from_line(line: bytes) -> Pair:
    """The pair of a line that `to_line` wrote. Raises InputError, which says what is wrong, for any other."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"it is no JSON ({error})") from error
    if not isinstance(record, dict):
        raise InputError("it is no JSON object")
    texts = [text for name in _TEXTS if isinstance(text := record.get(name), str)]
    kinds, speedup = record.get("kinds"), record.get("speedup")
    if len(texts) != len(_TEXTS) or not isinstance(kinds, list):
        raise InputError(f"it lacks one of {', '.join(_TEXTS)}, kinds")
    if speedup is not None and (type(speedup) not in (int, float) or not 0 < speedup < float("inf")):
        raise InputError(f"its speedup is no ratio ({speedup!r})")
    try:
        known = tuple(Kind(kind) for kind in kinds)
        key, before, after, problem, function, description = texts
        return Pair(
            key, _bytes(before), _bytes(after), known, problem, function, description,
            None if speedup is None else float(speedup),
        )  # fmt: skip
    except ValueError as error:
        raise InputError(f"it cannot be read ({error})") from error


def _text(source: bytes) -> str:
    # What is no UTF-8 becomes lone surrogates, which JSON escapes and gives back.
    return source.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
