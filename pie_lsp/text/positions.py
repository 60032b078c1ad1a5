"""Positions of editors, and offsets into text and bytes; knows nothing of C++ or of the protocol's types.

A client counts the characters of a line in UTF-8 bytes, UTF-16 units or code points, whatever was agreed
at `initialize`. pie-lsp counts bytes of the file on disk, which may be Shift-JIS and may start with a
byte-order mark that the editor does not show. `TextPositions` converts between the two.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from pie_lsp.text.lines import LineIndex
from pie_lsp.text.source import BOM, SourceText
from pie_lsp.values.span import Span


class PositionEncoding(Enum):
    """In what a client counts the characters of a line (LSP 3.17, `PositionEncodingKind`)."""

    UTF8 = "utf-8"
    UTF16 = "utf-16"
    UTF32 = "utf-32"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """0-based line, and 0-based character in the units that were agreed with the client."""

    line: int
    character: int


class TextPositions:
    """Converts positions of one version of one buffer.

    text      the buffer, without a byte-order mark
    encoding  what the client counts in
    codec     encoding of the file on disk, one of those `pie_lsp.text.source` detects
    bom       the file on disk starts with a byte-order mark

    Positions are clamped as the protocol demands: past the end of a line to its end, past the last line to
    the end of the text, and inside a character to its start. What needs bytes raises InputError where the
    codec cannot hold the text.
    """

    def __init__(
        self,
        text: str,
        encoding: PositionEncoding = PositionEncoding.UTF16,
        codec: str = "utf-8",
        bom: bool = False,
    ) -> None:
        self._text = text
        self._encoding = encoding
        self._source = SourceText(b"", codec, bom)
        self._lead = len(BOM) if bom else 0
        self._ascii = text.isascii()
        self._lines = LineIndex(text)

    def offset_at(self, position: Position) -> int:
        """Character offset of `position` in the text."""
        if position.line >= self._lines.count:
            return len(self._text)
        if position.line < 0 or position.character <= 0:
            return self._lines.start(max(position.line, 0))
        start, end = self._lines.start(position.line), self._lines.end(position.line)
        line = self._text[start:end]
        return start + _index_of(line, position.character, self._encoding)

    def position_at(self, offset: int) -> Position:
        """Position of a character offset; an offset between \\r and \\n is the end of its line."""
        offset = min(max(offset, 0), len(self._text))
        line = self._lines.line_at(offset)
        start = self._lines.start(line)
        before = self._text[start : min(offset, self._lines.end(line))]
        return Position(line, _units(before, self._encoding))

    def byte_at(self, position: Position) -> int:
        """Byte offset of `position` in the file on disk."""
        return self.byte_of_offset(self.offset_at(position))

    def position_of_byte(self, byte: int) -> Position:
        """Position of a byte offset in the file on disk; inside a character, the character's start."""
        return self.position_at(self.offset_of_byte(byte))

    def range_of(self, span: Span) -> tuple[Position, Position]:
        """Start and end of a span of bytes."""
        return self.position_of_byte(span.start), self.position_of_byte(span.end)

    def byte_of_offset(self, offset: int) -> int:
        """Byte offset of a character offset."""
        offset = min(max(offset, 0), len(self._text))
        if self._ascii:
            return self._lead + offset
        line = self._lines.line_at(offset)
        before = self._text[self._lines.start(line) : offset]
        return self._lead + self._byte_starts.start(line) + len(self._source.encode(before))

    def offset_of_byte(self, byte: int) -> int:
        """Character offset of a byte offset."""
        byte = max(byte - self._lead, 0)
        if self._ascii:
            return min(byte, len(self._text))
        line = min(self._byte_starts.line_at(byte), self._lines.count - 1)
        within = byte - self._byte_starts.start(line)
        start = self._lines.start(line)
        stop = self._lines.start(line + 1) if line + 1 < self._lines.count else len(self._text)
        return start + _index_of_byte(self._text[start:stop], within, self._source)

    @cached_property
    def _byte_starts(self) -> LineIndex:
        # The line ends are the same bytes in every codec that is detected, so the lines are the same.
        return self._lines if self._ascii else LineIndex(self._source.encode(self._text))


def _units(text: str, encoding: PositionEncoding) -> int:
    if encoding is PositionEncoding.UTF32 or text.isascii():
        return len(text)
    if encoding is PositionEncoding.UTF8:
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _index_of(line: str, units: int, encoding: PositionEncoding) -> int:
    if encoding is PositionEncoding.UTF32 or line.isascii():
        return min(units, len(line))
    return _largest(line, units, lambda piece: _units(piece, encoding))


def _index_of_byte(line: str, count: int, source: SourceText) -> int:
    if line.isascii():
        return min(count, len(line))
    return _largest(line, count, lambda piece: len(source.encode(piece)))


def _largest(line: str, size: int, measure: Callable[[str], int]) -> int:
    # The size of a beginning of the line grows with its length, so the longest that fits is bisected.
    return bisect_right(range(1, len(line) + 1), size, key=lambda length: measure(line[:length]))
