"""The one converter from LSP's types to ours."""

from collections.abc import Sequence

from lsprotocol import types

from pie_lsp.server.documents import Change, Document
from pie_lsp.text.positions import Position, PositionEncoding
from pie_lsp.values.span import Span


def encoding(kind: types.PositionEncodingKind | str | None) -> PositionEncoding:
    """The agreed units of positions; UTF-16 where nothing was agreed."""
    return PositionEncoding(str(getattr(kind, "value", kind) or "utf-16"))


def position(value: types.Position) -> Position:
    """A position."""
    return Position(value.line, value.character)


def changes(events: Sequence[types.TextDocumentContentChangeEvent]) -> tuple[Change, ...]:
    """Content changes in the order in which they are applied; `rangeLength` is deprecated and ignored."""
    return tuple(_change(event) for event in events)


def _change(event: types.TextDocumentContentChangeEvent) -> Change:
    if isinstance(event, types.TextDocumentContentChangePartial):
        return Change(event.text, position(event.range.start), position(event.range.end))
    return Change(event.text)


def span(document: Document, value: types.Range) -> Span:
    """Bytes of the file that a range covers, whichever way round it was given."""
    one = document.positions.byte_at(position(value.start))
    two = document.positions.byte_at(position(value.end))
    return Span(min(one, two), max(one, two))
