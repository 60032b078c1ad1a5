import pytest
from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.text.lines import LineIndex

TEXTS = st.text(st.sampled_from("ab\r\n\f\v\x1c\x85\u2028😀"), max_size=30)


def split(text: str) -> list[str]:
    """Lines by the definition: \\r\\n, \\n and \\r, in that order of preference."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


@pytest.mark.parametrize("mark", ["\f", "\v", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_no_other_character_ends_a_line(mark: str) -> None:
    assert LineIndex(f"x{mark}y\nz").count == 2


@given(TEXTS)
def test_lines_are_those_of_the_protocol(text: str) -> None:
    lines = LineIndex(text)
    assert [text[lines.start(at) : lines.end(at)] for at in range(lines.count)] == split(text)


@given(TEXTS)
def test_bytes_have_the_same_lines(text: str) -> None:
    data = text.encode()
    lines = LineIndex(data)
    assert [data[lines.start(at) : lines.end(at)].decode() for at in range(lines.count)] == split(text)


@given(TEXTS.filter(bool), st.data())
def test_an_offset_lies_in_the_line_that_holds_it(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    lines = LineIndex(text)
    line = lines.line_at(offset)
    assert lines.start(line) <= offset
    assert line + 1 == lines.count or offset < lines.start(line + 1)


def test_people_count_from_one() -> None:
    assert [LineIndex(b"a\rb\r\nc").number(offset) for offset in (0, 1, 2, 3, 4, 5, 6)] == [
        1,
        1,
        2,
        2,
        2,
        3,
        3,
    ]


def test_an_empty_text_has_one_line() -> None:
    assert (LineIndex("").count, LineIndex("").end(0), LineIndex("").line_at(0)) == (1, 0, 0)
