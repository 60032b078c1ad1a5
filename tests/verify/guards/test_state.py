"""No memory across calls."""

from collections.abc import Callable

import pytest

FILE = """#include <bits/stdc++.h>
using namespace std;
vector<int> sieve(int n) { return vector<int>(n); }
int solve(int n, string pattern) {
    int s = n;
    %s
    return s;
}
"""


@pytest.mark.parametrize(
    "statement",
    [
        "static int last; s += last++;",
        "static map<int, int> memo; s += memo[n];",
        "thread_local int last = 0; s += last++;",
        "static const int first = n; s += first;",
        "static const regex re(pattern); s += regex_match(pattern, re);",
        "static const auto table = sieve(n); s += table.size();",
        "static const char* p; p = nullptr;",
        "extern int elsewhere; s += elsewhere;",
        "auto f = [k = 0]() mutable { return k++; }; s += f();",
        "static vector<int> memo = {1, 2}; s += memo[0];",
    ],
)
def test_none_comes_in(guarded: Callable[..., str | None], statement: str) -> None:
    assert guarded(FILE % "s++;", FILE % statement) is not None


@pytest.mark.parametrize(
    "statement",
    [
        'static const regex re("[a-z]+"); s += regex_match(pattern, re);',
        "static constexpr int table[] = {1, 2, 3}; s += table[n % 3];",
        "static const vector<int> table = {1, 2, 3}; s += table[n % 3];",
        "map<int, int> memo; s += memo[n];",
    ],
)
def test_constants_may(guarded: Callable[..., str | None], statement: str) -> None:
    assert guarded(FILE % "s++;", FILE % statement) is None
