"""The operators of the user, which run without being named."""

import pytest

from pie_lsp.cpp.effects import operators_are_harmless
from pie_lsp.cpp.operators import declared_operators, prefers_mutable_operands
from pie_lsp.cpp.parse import parse

FRAME = "#include <bits/stdc++.h>\nusing namespace std;\nint g;\nstruct U {{ int k; }};\n{}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", True),
        ("bool operator<(const U& a, const U& b) { return a.k < b.k; }", True),
        ("istream& operator>>(istream& i, U& u) { i >> u.k; return i; }", True),
        ("bool operator<(const U& a, const U& b) { g++; return a.k < b.k; }", False),
        ("bool operator<(U& a, U& b) { a.k++; return a.k < b.k; }", False),
        ("bool operator<(const U& a, const U& b);", False),
        ("#define OP operator", False),
    ],
)
def test_operators_that_change_more_than_their_operands(text: str, expected: bool) -> None:
    assert operators_are_harmless(parse(FRAME.format(text).encode())) is expected


def test_operators_of_headers_are_not_followed() -> None:
    assert declared_operators(parse(b"int x;"), (b"bool operator<(U, U);",)) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ostream& operator<<(ostream& o, const U& u) { return o; }", False),
        ("ostream& operator<<(ostream& o, U& u) { return o; }", True),
        ("istream& operator>>(istream& i, U& u) { return i; }", False),
        ("U operator+(U&& a, int b) { return a; }", True),
    ],
)
def test_operators_that_tell_const_operands_apart(text: str, expected: bool) -> None:
    assert prefers_mutable_operands(parse(FRAME.format(text).encode()), ()) is expected
