import pytest
from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.text.positions import Position, PositionEncoding, TextPositions
from pie_lsp.text.source import SourceText
from pie_lsp.values.errors import InputError
from pie_lsp.values.span import Span

ENCODINGS = st.sampled_from(PositionEncoding)
TEXTS = st.text(st.sampled_from("ab\r\n\f\té表😀\u2028"), max_size=40)
JAPANESE = st.text(st.sampled_from("ab\r\n\f\t表示ソ"), max_size=40)
CODECS = st.sampled_from(["utf-8", "cp932", "euc_jp", "gb18030"])


def units(text: str, encoding: PositionEncoding) -> int:
    if encoding is PositionEncoding.UTF32:
        return len(text)
    if encoding is PositionEncoding.UTF8:
        return len(text.encode())
    return len(text.encode("utf-16-le")) // 2


@given(TEXTS, ENCODINGS, st.data())
def test_an_offset_survives_the_way_there_and_back(
    text: str, encoding: PositionEncoding, data: st.DataObject
) -> None:
    offset = data.draw(st.integers(0, len(text)))
    positions = TextPositions(text, encoding)
    inside_line_end = text[offset - 1 : offset + 1] == "\r\n" and offset > 0
    assert positions.offset_at(positions.position_at(offset)) == offset - inside_line_end


@given(TEXTS, ENCODINGS, st.data())
def test_a_position_counts_what_was_agreed(
    text: str, encoding: PositionEncoding, data: st.DataObject
) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    line = data.draw(st.integers(0, len(lines) - 1))
    column = data.draw(st.integers(0, len(lines[line])))
    position = Position(line, units(lines[line][:column], encoding))
    positions = TextPositions(text, encoding)
    assert positions.position_at(positions.offset_at(position)) == position
    assert text[: positions.offset_at(position)].endswith(lines[line][:column])


@given(TEXTS, ENCODINGS, st.integers(0, 60), st.integers(0, 90))
def test_any_position_is_clamped_to_one_that_exists(
    text: str, encoding: PositionEncoding, line: int, character: int
) -> None:
    positions = TextPositions(text, encoding)
    offset = positions.offset_at(Position(line, character))
    assert 0 <= offset <= len(text)
    there = positions.position_at(offset)
    assert there <= Position(line, character)
    assert positions.offset_at(there) == offset


@given(JAPANESE, ENCODINGS, CODECS, st.booleans(), st.data())
def test_bytes_are_those_of_the_file_on_disk(
    text: str, encoding: PositionEncoding, codec: str, bom: bool, data: st.DataObject
) -> None:
    offset = data.draw(st.integers(0, len(text)))
    bom = bom and codec == "utf-8"
    positions = TextPositions(text, encoding, codec, bom)
    byte = positions.byte_of_offset(offset)
    disk = (b"\xef\xbb\xbf" if bom else b"") + text.encode(codec)
    assert disk[byte:] == text[offset:].encode(codec)
    assert positions.offset_of_byte(byte) == offset
    if not (offset and text[offset - 1 : offset + 1] == "\r\n"):
        assert positions.byte_at(positions.position_of_byte(byte)) == byte


@pytest.mark.parametrize(
    ("encoding", "character", "offset"),
    [
        (PositionEncoding.UTF16, 1, 0),
        (PositionEncoding.UTF16, 2, 1),
        (PositionEncoding.UTF8, 1, 0),
        (PositionEncoding.UTF8, 3, 0),
        (PositionEncoding.UTF8, 4, 1),
        (PositionEncoding.UTF32, 1, 1),
    ],
)
def test_inside_a_character_is_its_start(encoding: PositionEncoding, character: int, offset: int) -> None:
    assert TextPositions("😀x", encoding).offset_at(Position(0, character)) == offset


@pytest.mark.parametrize(
    ("position", "offset"),
    [((0, 10), 3), ((1, 9), 4), ((2, 0), 5), ((99, 99), 5), ((-1, 2), 0), ((0, -3), 0)],
)
def test_a_position_past_an_end_is_the_end(position: tuple[int, int], offset: int) -> None:
    assert TextPositions("abc\n\n").offset_at(Position(*position)) == offset


def test_the_end_of_a_line_lies_before_both_bytes_of_its_end() -> None:
    assert TextPositions("ab\r\ncd").byte_at(Position(0, 99)) == 2


def test_a_byte_inside_a_character_is_its_start() -> None:
    positions = TextPositions("a表b", codec="cp932")
    assert [positions.offset_of_byte(byte) for byte in range(6)] == [0, 1, 1, 2, 3, 3]


def test_the_byte_order_mark_lies_before_the_first_position() -> None:
    positions = TextPositions("int x;", codec="utf-8", bom=True)
    assert positions.byte_at(Position(0, 0)) == 3
    assert positions.position_of_byte(0) == Position(0, 0)
    assert positions.range_of(Span(3, 6)) == (Position(0, 0), Position(0, 3))


def test_an_empty_text_has_one_position() -> None:
    positions = TextPositions("")
    assert positions.position_at(7) == Position(0, 0)
    assert positions.byte_at(Position(3, 3)) == 0


def test_a_buffer_that_the_disk_cannot_hold_is_refused_in_bytes_alone() -> None:
    positions = TextPositions("// 😀\nx", codec="cp932")
    assert positions.offset_at(Position(0, 5)) == 4
    with pytest.raises(InputError, match="cp932"):
        positions.byte_at(Position(1, 0))


def test_half_a_surrogate_pair_counts_as_one() -> None:
    assert TextPositions("\ud83dx").position_at(2) == Position(0, 2)


def test_a_file_of_five_thousand_lines_agrees_with_its_source() -> None:
    text = "".join(f"int f{number}() {{ return {number}; }} // 表😀\r\n" for number in range(5000))
    positions = TextPositions(text, PositionEncoding.UTF16)
    data = SourceText(text.encode(), "utf-8").data
    place = data.index(b"f4321")
    assert positions.position_of_byte(place) == Position(4321, 4)
    assert positions.byte_at(Position(4321, 4)) == place


def test_the_last_line_without_an_end_is_clamped_to_its_length() -> None:
    assert TextPositions("abc").offset_at(Position(0, 10)) == 3
