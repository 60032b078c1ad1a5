"""Names, linkage and signatures stay."""

from collections.abc import Callable

import pytest

from pie_lsp.values.candidate import Grant

FILE = """#include <string>
using namespace std;
static int solve(string s, int n = 1) { return s.size() + n; }
"""


@pytest.mark.parametrize(
    "header",
    [
        "int solve(string s, int n = 1)",
        "static inline int solve(string s, int n = 1)",
        "static long solve(string s, int n = 1)",
        "static int solve(const string& s, int n = 1)",
        "static int solve(string s, int n = 2)",
        "static int solve(string s, int n = 1) noexcept",
        "static int solved(string s, int n = 1)",
    ],
)
def test_a_header_stays(guarded: Callable[..., str | None], header: str) -> None:
    new = FILE.replace("static int solve(string s, int n = 1)", header)
    assert guarded(FILE, new) is not None


def test_white_space_in_a_header_is_outside_of_the_body(guarded: Callable[..., str | None]) -> None:
    assert guarded(FILE, FILE.replace("(string s, int", "(string s,  int")) is not None


def test_a_reference_may_be_granted(guarded: Callable[..., str | None]) -> None:
    assert guarded(FILE, FILE.replace("string s,", "const string& s,"), grants=[Grant.SIGNATURE]) is None


@pytest.mark.parametrize("new", ["string* s,", "string t,", "wstring s,", "const string&, "])
def test_nothing_else_is_granted(guarded: Callable[..., str | None], new: str) -> None:
    assert guarded(FILE, FILE.replace("string s,", new), grants=[Grant.SIGNATURE]) is not None
