"""Texts that only the server has: a file as it was verified, and as each suggestion makes it.

Their URIs are ``pie:/RESULT/original/NAME`` and ``pie:/RESULT/RANK/NAME``. Knows results, and nothing of LSP.
"""

import os
from collections import defaultdict
from urllib.parse import quote, unquote, urlsplit

from pie_lsp.server import wording
from pie_lsp.server.results import Result, Results

SCHEME = "pie"
ORIGINAL = "original"


class Contents:
    """Remembers which texts were asked for, so that the editor can be told when they are gone."""

    def __init__(self) -> None:
        self._shown: defaultdict[str, set[str]] = defaultdict(set)

    def text(self, uri: str, results: Results) -> str:
        """The text at a URI of ours; a sentence where there is none any more."""
        parts = urlsplit(uri)
        names = [unquote(name) for name in parts.path.split("/")]
        result = results.find(names[1]) if len(names) == 4 and parts.scheme == SCHEME else None
        data = None if result is None else _bytes(result, names[2])
        if result is None or data is None:
            return wording.NO_TEXT
        self._shown[result.id].add(uri)
        return data.decode(result.report.encoding, "replace").removeprefix("\ufeff")

    def shown(self, result_id: str) -> frozenset[str]:
        """The URIs of a result that were asked for; they are forgotten by that."""
        return frozenset(self._shown.pop(result_id, ()))


def uri_of_original(result: Result) -> str:
    """Where the text is that was verified."""
    return _uri(result, ORIGINAL)


def uri_of_suggestion(result: Result, rank: int) -> str:
    """Where the text is that a suggestion makes."""
    return _uri(result, str(rank))


def _uri(result: Result, which: str) -> str:
    return f"{SCHEME}:/{quote(result.id)}/{which}/{quote(os.fsencode(result.request.path.name))}"


def _bytes(result: Result, which: str) -> bytes | None:
    if which == ORIGINAL:
        return result.request.source
    suggestion = result.suggestion(int(which)) if which.isascii() and which.isdigit() else None
    return suggestion.new_source if suggestion is not None else None
