"""Which standard headers an answer needs that the file does not include. Knows names and directives alone."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources

from pie_lsp.cpp.library import STANDARD_HEADERS
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.tokens import directives
from pie_lsp.propose.layout import line_end
from pie_lsp.values.edit import Edit
from pie_lsp.values.span import Span

_INCLUDE = re.compile(rb"(?:#|%:)\s*include\s*[<\"]([^>\"\r\n]+)[>\"]")
_CONDITION = re.compile(rb"(?:#|%:)\s*if")
_EVERYTHING = b"bits/stdc++.h"
_BOM = b"\xef\xbb\xbf"


@cache
def _headers() -> dict[bytes, bytes]:
    """The header of each name."""
    folder = resources.files("pie_lsp.prompting") / "texts"
    table = tomllib.loads((folder / "headers.toml").read_text(encoding="utf-8"))["headers"]
    return {name.encode(): header.encode() for header, names in table.items() for name in names}


def included(data: bytes) -> tuple[bytes, ...]:
    """The headers that `data` includes, in their order."""
    lines = (data[token.span.start : token.span.end] for token in directives(data))
    return tuple(found[1] for line in lines if (found := _INCLUDE.match(line)))


def missing(file: ParsedFile, answered: Iterable[bytes], new_words: Iterable[bytes]) -> tuple[bytes, ...]:
    """Standard headers to add: those that the answer includes, and those of names that only it has.

    answered   headers that the answer includes; others than standard ones are not added
    new_words  words of the answer that the file does not have
    """
    known = set(included(file.data))
    if _EVERYTHING in known:
        return ()
    guessed = sorted({_headers()[word] for word in new_words if word in _headers()})
    wanted = dict.fromkeys((*answered, *guessed))
    return tuple(header for header in wanted if header in STANDARD_HEADERS and header not in known)


def include_edit(file: ParsedFile, headers: tuple[bytes, ...]) -> Edit:
    """One edit that includes `headers`, behind the includes that stand first, or at the top of the file."""
    data = file.data
    block: Span | None = None
    for token in directives(data):
        line = data[token.span.start : token.span.end]
        if _INCLUDE.match(line):
            block = token.span
        elif block is not None or _CONDITION.match(line):
            break
    lines = [b"#include <" + header + b">" for header in headers]
    if block is None:
        start = len(_BOM) if data.startswith(_BOM) else 0
        end = line_end(data, start)
        return Edit(Span(start, start), b"".join(line + end for line in lines))
    end = line_end(data, block.end)
    return Edit(Span(block.end, block.end), b"".join(end + line for line in lines))
