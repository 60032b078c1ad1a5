"""Constant expressions have the value that a compiler gives them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.verify.guards.constants import evaluate, named_constants, number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("100'000", 100000),
        ("0x1F", 31),
        ("0b101", 5),
        ("017", 15),
        ("5ULL", 5),
        ("1e5", 100000),
        ("2.5", Fraction(5, 2)),
        ("1e5L", 100000),
        ("0", 0),
        ("1e999999999", None),
        ("0x1p3", None),
        ("08", None),
    ],
)
def test_literals(text: str, value: object) -> None:
    assert number(text.encode()) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2*1000+5", 2005),
        ("2 * (1000 + 5)", 2010),
        ("10 - 3 - 2", 5),
        ("100 / 7 / 2", 7),
        ("-7 / 2", -3),
        ("-7 % 3", -1),
        ("1 << 4 + 1", 32),
        ("1 << 4 << 1", 32),
        ("(int)1e5 + 5", 100005),
        ("int(1e5) + 5", 100005),
        ("(long long)N", 7),
        ("N * N", 49),
        ("1 << 100000", None),
        ("1 / 0", None),
        ("n + 1", None),
        ("2 +", None),
        ("(2", None),
        ("2 3", None),
        ("sizeof(int)", None),
        ("(" * 3000, None),
        ("", None),
    ],
)
def test_expressions(text: str, value: object) -> None:
    assert evaluate(text.encode(), {b"N": 7}) == value


def test_names_are_known_in_their_order_and_only_while_they_are_unambiguous() -> None:
    definitions = [(b"N", b"5"), (b"M", b"N * 2"), (b"K", b"1"), (b"K", b"2"), (b"X", b"later")]
    assert named_constants(iter(definitions)) == {b"N": 5, b"M": 10}


@given(st.text(alphabet="0123456789+-*/%<>() N'ex.", max_size=40))
def test_it_never_fails(text: str) -> None:
    evaluate(text.encode(), {b"N": 3})
