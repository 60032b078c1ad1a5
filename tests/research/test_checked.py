"""A line that is not whole is told from one that is."""

import pytest

from pie_lsp.research.checked import checked_body, checked_line

LINE = checked_line(b'{"a":1}')


def test_what_was_put_in_comes_out() -> None:
    assert checked_body(LINE) == b'{"a":1}'


@pytest.mark.parametrize(
    "line",
    [b"", b"\n", LINE[:-1], LINE[:50], LINE.replace(b'"a":1', b'"a":2'), LINE + b" ", b" " + LINE],
)
def test_anything_else_is_no_line(line: bytes) -> None:
    assert checked_body(line) is None
