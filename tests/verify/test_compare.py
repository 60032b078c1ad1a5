"""Outputs are compared as judges do, and with the old program byte for byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.verify.compare import byte_difference, expected_difference, shown

LINES = st.lists(st.lists(st.sampled_from([b"1", b"-2", b"x", b"3.50", b"\xff"]), min_size=1), max_size=6)
BLANKS = st.sampled_from([b" ", b"  ", b"\t"])
ENDS = st.sampled_from([b"\n", b" \n", b"\r\n", b"\t\n"])


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (b"1 2\n", b"1 2"),
        (b"1 2\n", b"1 2 \r\n\n\n"),
        (b"1 2\r\n3\r\n", b"1 2\n3\n"),
        (b"  1\t2", b"1  2\n"),
        (b"", b"\n \n"),
    ],
)
def test_white_space_counts_for_nothing(expected: bytes, got: bytes) -> None:
    assert expected_difference(expected, got) is None


@pytest.mark.parametrize(
    ("expected", "got", "said"),
    [
        (b"1\n", b"2\n", 'line 1 is "2" instead of "1"'),
        (b"1\n2\n", b"1\n", 'line 2, "2", is missing'),
        (b"1\n", b"1\n2\n", 'line 2, "2", is too much'),
        (b"1\n\n2\n", b"1\n2\n", 'line 2 is "2" instead of ""'),
        (b"1 2\n", b"1\n2\n", 'line 1 is "1" instead of "1 2"'),
        (
            b"9007199254740993",
            b"9007199254740992",
            'line 1 is "9007199254740992" instead of "9007199254740993"',
        ),
        (b"0.0009", b"0.0000001", 'line 1 is "0.0000001" instead of "0.0009"'),
        (b"7", b"007", 'line 1 is "007" instead of "7"'),
        (b"1.0", b"1", 'line 1 is "1" instead of "1.0"'),
        (b"Yes", b"YES", 'line 1 is "YES" instead of "Yes"'),
    ],
)
def test_everything_else_does(expected: bytes, got: bytes, said: str) -> None:
    assert expected_difference(expected, got) == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"1\n", b"1", 'line 2, "", is missing'),
        (b"1\n", b"1 \n", 'line 1 is "1 " instead of "1"'),
        (b"1\n", b"1\r\n", 'line 1 is "1\\r" instead of "1"'),
        (b"1\n", b"1\n\n", 'line 3, "", is too much'),
        (b"\x00\xff", b"\x00\xfe", 'line 1 is "\\x00\\xfe" instead of "\\x00\\xff"'),
    ],
)
def test_bytes_differ_at_once(old: bytes, new: bytes, said: str) -> None:
    assert byte_difference(old, new) == said


def test_a_long_line_is_shown_around_the_difference() -> None:
    old, new = b"a" * 1000 + b"1" + b"b" * 1000, b"a" * 1000 + b"2" + b"b" * 1000
    said = byte_difference(old, new)
    assert said is not None
    assert len(said) < 160
    assert "a2b" in said and "a1b" in said and said.count("…") == 4


def test_what_is_shown_cannot_drive_a_terminal() -> None:
    assert shown(b'\x1b[2J"\xe2\x80\xae\n') == '"\\x1b[2J"\\u202e\\n"'


@given(LINES, st.data())
def test_any_white_space_between_words_will_do(lines: list[list[bytes]], data: st.DataObject) -> None:
    def written() -> bytes:
        text = b"".join(data.draw(BLANKS).join(line) + data.draw(ENDS) for line in lines)
        return text + data.draw(st.sampled_from([b"", b"\n", b" \r\n\n"]))

    assert expected_difference(written(), written()) is None


@given(LINES, LINES)
def test_other_words_never_do(one: list[list[bytes]], other: list[list[bytes]]) -> None:
    first, second = (b"\n".join(b" ".join(line) for line in lines) for lines in (one, other))
    assert (expected_difference(first, second) is None) == (one == other)


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_only_equal_bytes_are_equal_and_every_difference_can_be_shown(old: bytes, new: bytes) -> None:
    said = byte_difference(old, new)
    assert (said is None) == (old == new)
    assert said is None or said.isprintable()
