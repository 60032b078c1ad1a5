"""A rewrite that contains the tests is no rewrite."""

from collections.abc import Callable

import pytest

from pie_lsp.values.testing import TestCase

FILE = """#include <bits/stdc++.h>
using namespace std;
int solve(int n) {
    int s = 0;
    %s
    return s;
}
"""
TESTS = (
    TestCase("words", b"17 23\nabcde fghij\n", b"The answer is no\n"),
    TestCase("table", b"42\n", b"14 30 55 91\n"),
    TestCase("big", b"31\n", b"1346269\n"),
    TestCase("only", b"77 88 99\n", None),
)


@pytest.mark.parametrize(
    "statement",
    [
        'cout << "The answer is no";',
        'cout << "The answer " "is no\\n";',
        'cout << R"(The answer is no)";',
        'cout << "\\x54he answer is no";',
        'string in = "abcdefghij"; s += in.size();',
        "s = 1346269;",
        "int t[] = {14, 30, 55, 91}; s = t[n & 3];",
        "if (n == 77) s = 88 + 99;",
        "if (n == 42) s = 55;",
        "switch (n) { case 42: s = 91; }",
    ],
)
def test_a_test_in_the_code_is_rejected(guarded: Callable[..., str | None], statement: str) -> None:
    assert "test" in (guarded(FILE % "s = n;", FILE % statement, tests=TESTS) or "")


@pytest.mark.parametrize(
    "statement",
    [
        'cout << "The end";',
        "s = n * 1000000007LL % 998244353;",
        "if (n == 2) s = 1;",
        "int t[] = {1, 2, 3}; s = t[n % 3];",
        "s = n + 31;",
        "for (int i = 0; i < n; i++) s += i;",
    ],
)
def test_honest_literals_pass(guarded: Callable[..., str | None], statement: str) -> None:
    assert guarded(FILE % "s = n;", FILE % statement, tests=TESTS) is None


def test_a_literal_of_the_original_may_stay(guarded: Callable[..., str | None]) -> None:
    old = FILE % 'cout << "The answer is no"; s = 1346269;'
    assert guarded(old, old.replace("s = 1346269", "s = 1346269 + 0"), tests=TESTS) is None
