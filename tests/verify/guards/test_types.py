"""No variable gets a type that holds less."""

from collections.abc import Callable

import pytest

FILE = """#include <bits/stdc++.h>
using namespace std;
typedef long long ll;
using real = double;
#define i64 long long
int solve(int n, vector<int> in) {
    %s
    return 0;
}
"""

NARROWER = [
    ("long long s = n;", "int s = n;"),
    ("ll s = n;", "int s = n;"),
    ("i64 s = n;", "int s = n;"),
    ("ll s = n;", "unsigned s = n;"),
    ("int s = n;", "short s = n;"),
    ("int s = n;", "unsigned s = n;"),
    ("unsigned s = n;", "int s = n;"),
    ("int64_t s = n;", "int32_t s = n;"),
    ("size_t s = n;", "int s = n;"),
    ("double s = n;", "float s = n;"),
    ("real s = n;", "float s = n;"),
    ("long double s = n;", "double s = n;"),
    ("double s = n;", "int s = n;"),
    ("long long s = n;", "double s = n;"),
    ("__int128 s = n;", "long long s = n;"),
    ("vector<ll> s(n);", "vector<int> s(n);"),
    ("map<ll, ll> s; s[n]++;", "map<ll, int> s; s[n]++;"),
    ("map<ll, ll> s; s[n]++;", "vector<int> s(n);"),
    ("ll s[9]; s[0] = n;", "int s[9]; s[0] = n;"),
    ("for (ll s = 0; s < n; s++) n--;", "for (int s = 0; s < n; s++) n--;"),
    ("for (ll s : in) n += s;", "for (short s : in) n += s;"),
    ("vector<char> s(n);", "vector<bool> s(n);"),
    ("auto s = (long long)n * n; n = s % 7;", "auto s = n * n; n = s % 7;"),
    ("auto s = 1LL * n * n; n = s % 7;", "auto s = n * n; n = s % 7;"),
    ("auto s = ll(n) * n; n = s % 7;", "auto s = n * n; n = s % 7;"),
    ("auto s = static_cast<ll>(n) * n; n = s % 7;", "auto s = n * n; n = s % 7;"),
]


@pytest.mark.parametrize(("old", "new"), NARROWER)
def test_a_narrower_type_is_rejected(guarded: Callable[..., str | None], old: str, new: str) -> None:
    assert guarded(FILE % old, FILE % new) is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("int s = n;", "long long s = n;"),
        ("int s = n;", "double s = n;"),
        ("float s = n;", "double s = n;"),
        ("ll s = n;", "long long s = n + 0;"),
        ("ll s = n;", "const ll s = n;"),
        ("ll s = n;", "auto s = (ll)n;"),
        ("unsigned short s = n;", "int s = n;"),
        ("for (auto s : in) n += s;", "for (const auto& s : in) n += s;"),
        ("for (int s : in) n += s;", "for (const int& s : in) n += s;"),
        ("auto s = (long long)n * n; n = s % 7;", "auto s = 1LL * n * n; n = s % 7;"),
        ("map<int, int> s; s[n]++;", "unordered_map<int, int> s; s[n]++;"),
    ],
)
def test_a_wider_or_equal_one_passes(guarded: Callable[..., str | None], old: str, new: str) -> None:
    assert guarded(FILE % old, FILE % new) is None
