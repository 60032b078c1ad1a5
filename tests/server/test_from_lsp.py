import pytest
from lsprotocol import types

from pie_lsp.server import from_lsp
from pie_lsp.server.documents import Change
from pie_lsp.text.positions import Position, PositionEncoding
from pie_lsp.values.span import Span

from .conftest import document


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (None, PositionEncoding.UTF16),
        ("utf-8", PositionEncoding.UTF8),
        (types.PositionEncodingKind.Utf32, PositionEncoding.UTF32),
    ],
)
def test_the_agreed_encoding(
    kind: types.PositionEncodingKind | str | None, expected: PositionEncoding
) -> None:
    assert from_lsp.encoding(kind) is expected


def lsp_range(start: tuple[int, int], end: tuple[int, int]) -> types.Range:
    return types.Range(start=types.Position(*start), end=types.Position(*end))


def test_changes_of_parts_and_of_everything() -> None:
    part = types.TextDocumentContentChangePartial(range=lsp_range((0, 1), (2, 3)), text="x", range_length=99)
    whole = types.TextDocumentContentChangeWholeDocument(text="y")
    assert from_lsp.changes([part, whole]) == (Change("x", Position(0, 1), Position(2, 3)), Change("y"))


def test_a_range_is_bytes_of_the_file_whichever_way_round() -> None:
    opened = document("é😀x\n")
    assert from_lsp.span(opened, lsp_range((0, 1), (0, 3))) == Span(2, 6)
    assert from_lsp.span(opened, lsp_range((0, 3), (0, 1))) == Span(2, 6)
