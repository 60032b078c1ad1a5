"""The open files: their text as the editor has it, and their bytes as the compiler would read them.

A document is an immutable version; changes make a new one. Knows text and C++ syntax; knows nothing
of LSP's types, jobs or results. The parser is imported at the first open file and not before, since
`initialize` must be answered first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pie_lsp.server.uris import path_of
from pie_lsp.text.positions import Position, PositionEncoding, TextPositions
from pie_lsp.text.source import MAX_BYTES, SourceText, detect_for_buffer, encode_buffer, read_source
from pie_lsp.values.errors import InputError
from pie_lsp.values.span import Span

if TYPE_CHECKING:
    from pie_lsp.cpp.functions import Function, FunctionTable
    from pie_lsp.cpp.parsed import ParsedFile

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a text: `text` in the place of what stands between two positions, or of everything."""

    text: str
    start: Position | None = None
    end: Position | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One version of an open file.

    uri        as the client spells it
    version    None where the file is not open
    path       None where it is no file of this machine
    disk       the file as it was on the disk when it was opened or saved, for its encoding
    data       the bytes that the editor would write; UTF-8 where `refusal` says that it could not
    refusal    why this buffer cannot be worked on, or None
    parsed     None for a text that is too large to parse
    """

    uri: str
    path: Path | None
    version: int | None
    text: str
    disk: SourceText | None
    data: bytes
    refusal: str | None
    positions: TextPositions
    codec: str
    parsed: "ParsedFile | None"
    table: "FunctionTable | None"

    def function_at(self, span: Span) -> "Function | None":
        """The function at the start of a selection, or else the first one that the selection touches."""
        functions = self.table.functions if self.table is not None else ()
        at_start = [f for f in functions if f.ref.span.holds(span.start)]
        if at_start:
            return min(at_start, key=lambda f: len(f.ref.span))
        return next((f for f in functions if f.ref.span.overlaps(span)), None)

    def refused_at(self, span: Span) -> str | None:
        """Why the function at the start of a selection is not worked on, where that is so."""
        refused = self.table.refused if self.table is not None else ()
        return next((r.reason for r in refused if r.ref.span.holds(span.start)), None)

    def function(self, name: str, fingerprint: str | None, line: int | None = None) -> "Function | None":
        """The function with this qualified name: the unchanged one first, then the one nearest to `line`."""
        functions = self.table.functions if self.table is not None else ()
        named = [f for f in functions if f.ref.qualified_name == name]
        same = [f for f in named if f.ref.fingerprint == fingerprint]
        return min(same or named, key=lambda f: abs(f.ref.line - (line or 0)), default=None)


def open_document(
    uri: str, path: Path | None, version: int, text: str, encoding: PositionEncoding
) -> Document:
    """A file that the editor opened. Its encoding is that of the file on the disk."""
    text = _without_lone_surrogates(text)
    disk, refusal = read_disk(path, text)
    return _build(uri, path, version, text, disk, refusal, encoding, before=None)


def document_on_disk(uri: str, encoding: PositionEncoding) -> Document:
    """A file that no editor has open. Raises InputError where it cannot be read."""
    path = path_of(uri)
    if path is None:
        raise InputError(f"{uri} is no file on this machine, so it has no tests.")
    source = read_source(path)
    text = source.text().removeprefix("\ufeff")
    return _build(uri, path, None, text, source, None, encoding, before=None)


def change_document(
    document: Document, version: int, changes: Sequence[Change], encoding: PositionEncoding
) -> Document:
    """The document after `changes`, each of which refers to the text that the one before it left."""
    text, positions = document.text, document.positions
    for number, change in enumerate(changes):
        if number:
            positions = TextPositions(text, encoding)
        text = _spliced(text, positions, change)
    disk, refusal = document.disk, None
    if disk is None:
        disk, refusal = read_disk(document.path, text)
    return _build(document.uri, document.path, version, text, disk, refusal, encoding, before=document)


def saved_document(document: Document, encoding: PositionEncoding) -> Document:
    """The document after a save, which may have given the file another encoding."""
    disk, refusal = read_disk(document.path, document.text)
    return _build(
        document.uri, document.path, document.version, document.text, disk, refusal, encoding, before=document
    )


def read_disk(path: Path | None, text: str) -> tuple[SourceText | None, str | None]:
    """The file on the disk and why it cannot be worked on; neither where there is none yet."""
    if path is None:
        return None, "This is no file on this machine, so it has no tests; save it first."
    try:
        with path.open("rb") as stream:
            return detect_for_buffer(stream.read(MAX_BYTES + 1), text), None
    except FileNotFoundError:
        return None, None
    except OSError as error:
        return None, f"{path} cannot be read: {error.strerror}."
    except InputError as error:
        return None, f"{path}: {error}"


def _spliced(text: str, positions: TextPositions, change: Change) -> str:
    inserted = _without_lone_surrogates(change.text)
    if change.start is None or change.end is None:
        return inserted
    start, end = positions.offset_at(change.start), positions.offset_at(change.end)
    return text[: min(start, end)] + inserted + text[max(start, end) :]


def _without_lone_surrogates(text: str) -> str:
    """JSON can carry halves of characters, which no file can; the replacement is as long in UTF-16."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def _build(
    uri: str,
    path: Path | None,
    version: int | None,
    text: str,
    disk: SourceText | None,
    refusal: str | None,
    encoding: PositionEncoding,
    before: Document | None,
) -> Document:
    codec, bom = ("utf-8", False) if disk is None else (disk.encoding, disk.bom)
    try:
        data = encode_buffer(text, disk)
    except InputError as error:
        codec, bom, refusal = "utf-8", False, refusal or str(error)
        data = text.encode(codec)
    if len(data) > MAX_BYTES:
        refusal = f"The file is larger than {MAX_BYTES >> 10} KiB; split it to work on it."
    document = Document(
        uri=uri,
        path=path,
        version=version,
        text=text,
        disk=disk,
        data=data,
        refusal=refusal,
        positions=TextPositions(text, encoding, codec, bom and not text.startswith("\ufeff")),
        codec=codec,
        parsed=None,
        table=None,
    )
    return document if len(data) > MAX_BYTES else _parsed(document, before)


def _parsed(document: Document, before: Document | None) -> Document:
    from pie_lsp.cpp.functions import find_functions
    from pie_lsp.cpp.parse import parse, reparse

    old = before.parsed if before is not None else None
    parsed = parse(document.data) if old is None else reparse(old, document.data)
    return replace(document, parsed=parsed, table=find_functions(parsed))
