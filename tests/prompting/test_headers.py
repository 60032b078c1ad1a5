"""Standard headers that an answer needs, and where they go."""

import pytest

from pie_lsp.cpp.parse import parse
from pie_lsp.prompting.headers import include_edit, included, missing
from pie_lsp.text.edits import apply_edits

FILE = parse(b'#include <vector>\n#include "mine.h"\nint main() {}\n')


def test_what_is_included_is_read() -> None:
    assert included(FILE.data) == (b"vector", b"mine.h")


def test_named_and_guessed_headers_are_missing_once() -> None:
    assert missing(FILE, [b"map", b"vector", b"yours.h"], {b"sort", b"map", b"unheard"}) == (
        b"map",
        b"algorithm",
    )


def test_with_everything_nothing_is_missing() -> None:
    file = parse(b"#include <bits/stdc++.h>\nint main() {}\n")
    assert missing(file, [b"map"], {b"sort"}) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"#include <vector>\nint x;\n", b"#include <vector>\n#include <map>\n#include <set>\nint x;\n"),
        (b"#include <a>\r\nint x;\r\n", b"#include <a>\r\n#include <map>\r\n#include <set>\r\nint x;\r\n"),
        (b"int x;\n", b"#include <map>\n#include <set>\nint x;\n"),
        (b"\xef\xbb\xbfint x;\n", b"\xef\xbb\xbf#include <map>\n#include <set>\nint x;\n"),
        (b"#if 1\n#include <a>\n#endif\n", b"#include <map>\n#include <set>\n#if 1\n#include <a>\n#endif\n"),
    ],
)
def test_they_stand_behind_the_others_or_first(before: bytes, after: bytes) -> None:
    edit = include_edit(parse(before), (b"map", b"set"))
    assert apply_edits(before, [edit]) == after
