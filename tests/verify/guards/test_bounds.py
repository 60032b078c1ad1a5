"""A smaller bound is a rejection; the honest edits beside it are not."""

from collections.abc import Callable

import pytest

FILE = """#include <bits/stdc++.h>
using namespace std;
typedef long long ll;
#define N 100005
#define rep(i, n) for (int i = 0; i < (n); i++)
const int M = 2 * 1000 + 5;
int solve(int n, vector<int> in) {
    %s
    return 0;
}
"""

SHRUNK = [
    ("static int p[200000];", "static int p[1000];"),
    ("int p[N]; p[0] = 1;", "int p[1000]; p[0] = 1;"),
    ("int p[N]; p[0] = 1;", "int p[N / 2]; p[0] = 1;"),
    ("int p[1 << 20]; p[0] = 1;", "int p[1 << 10]; p[0] = 1;"),
    ("int p[100][2000]; p[0][0] = 1;", "int p[100][200]; p[0][0] = 1;"),
    ("int p[200000]; p[0] = 1;", "int renamed[1000]; renamed[0] = 1;"),
    ("const int L = 100000; vector<int> v(L);", "const int L = 1000; vector<int> v(L);"),
    ("constexpr int L = 1e5 + 5; vector<int> v(L);", "constexpr int L = 1e3 + 5; vector<int> v(L);"),
    ("enum { L = 5000 }; vector<int> v(L);", "enum { L = 500 }; vector<int> v(L);"),
    ("vector<int> v; v.resize(100000);", "vector<int> v; v.resize(100);"),
    ("vector<int> v; v.assign(100000, 0);", "vector<int> v; v.assign(100, 0);"),
    ("vector<int> v; v.reserve(100000);", "vector<int> v; v.reserve(10);"),
    ("vector<int> v(100005);", "vector<int> v(1005);"),
    ("vector<int> v(n + 1);", "vector<int> v(n);"),
    ("vector<int> v(n + 10);", "vector<int> v(n + 1);"),
    ("vector<int> v(n);", "vector<int> v(n / 2);"),
    ("vector<int> v(n);", "vector<int> v(min(n, 1000));"),
    ("vector<int> v(n);", "int v[1000]; v[0] = 0;"),
    ("vector<int> v(n);", "vector<int> v(2000);"),
    ("auto v = vector<int>(2000); v[0]++;", "auto v = vector<int>(20); v[0]++;"),
    ("vector<vector<int>> v(n, vector<int>(2000));", "vector<vector<int>> v(n, vector<int>(20));"),
    ("int* v = new int[5000]; v[0] = 1;", "int* v = new int[50]; v[0] = 1;"),
    ("bitset<100000> b; b[0] = 1;", "bitset<1000> b; b[0] = 1;"),
    ("bitset<N> b; b[0] = 1;", "bitset<1000> b; b[0] = 1;"),
    ("array<int, 300> b; b[0] = 1;", "array<int, 30> b; b[0] = 1;"),
    ("int p[9]; memset(p, 0, 36);", "int p[9]; memset(p, 0, 4);"),
    ("for (int i = 0; i < 1000; i++) n += i;", "for (int i = 0; i < 100; i++) n += i;"),
    ("for (int i = 0; i <= 1000; i++) n += i;", "for (int i = 0; i < 1000; i++) n += i;"),
    ("for (int i = 1000; i >= 0; i--) n += i;", "for (int i = 1000; i > 0; i--) n += i;"),
    ("for (int i = 0; 1000 > i; i++) n += i;", "for (int i = 0; 900 > i; i++) n += i;"),
    ("int i = 0; while (i < M) i++;", "int i = 0; while (i < 1000) i++;"),
    ("int i = 0; do i++; while (i != 500);", "int i = 0; do i++; while (i != 50);"),
    ("for (int i = 0; i < n; i++) n += i;", "for (int i = 0; i < 1000; i++) n += i;"),
    ("for (int i = 0; i < n; i++) n += i;", "for (int i = 0; i < min(n, 1000); i++) n += i;"),
    ("for (int i = 0; i < n; i++) n += i;", "for (int i = 0; i < n && i < 1000; i++) n += i;"),
    ("vector<int> v(M);", "const int M = 100; vector<int> v(M);"),
    ("vector<int> v(M);", "int M = 100; vector<int> v(M);"),
    ("int p[2005]; p[0] = 1;", "int size = 100; vector<int> p(size);"),
    ("rep(i, 1000) n += i;", "rep(i, 100) n += i;"),
    ("int top = 100000; while (top--) n++;", "int top = 1000; while (top--) n++;"),
    ("int p[5'000]; p[0] = 1;", "int p[5'0]; p[0] = 1;"),
    ("int p[0x1000]; p[0] = 1;", "int p[0x100]; p[0] = 1;"),
]

HONEST = [
    (
        "vector<int> v; for (int x : in) v.push_back(x);",
        "vector<int> v; v.reserve(n); for (int x : in) v.push_back(x);",
    ),
    ("int p[N]; p[0] = 1;", "int p[N + 5]; p[0] = 1;"),
    ("int p[100005]; p[0] = 1;", "int p[N]; p[0] = 1;"),
    ("int p[100]; p[0] = 1;", "array<int, 100> p; p[0] = 1;"),
    ("for (int i = 0; i < 1000; i++) n += i;", "for (int i = 0; i < 1000; ++i) n += i;"),
    ("for (int i = 0; i <= 999; i++) n += i;", "for (int i = 0; i < 1000; i++) n += i;"),
    (
        "for (int i = 2; i < n; i++) if (n % i == 0) n++;",
        "for (int i = 2; i * i <= n; i++) if (n % i == 0) n++;",
    ),
    (
        'for (int i = 0; i < (int)strlen("abc"); i++) n += i;',
        'int l = strlen("abc"); for (int i = 0; i < l; i++) n += i;',
    ),
    ("for (int i = n; i > 0; i--) n--;", "for (int i = n; i > 0 && in[i] > n; i--) n--;"),
    ("for (int i = 0; i < n; i++) n--;", "for (int i = 0; i < min(n, (int)in.size()); i++) n--;"),
    ("int p[9]; p[0] = n;", "int size = 0; size += n; vector<int> p(size);"),
    ("map<char, int> m; m['a']++;", "int m[256] = {}; m['a']++;"),
    (
        "int best = 0; for (int x : in) best = max(best, x);",
        "int best = 0; for (const int x : in) best = max(best, x);",
    ),
    ("int p[1005]; p[0] = 1; int q[2]; q[0] = 1;", "int q[2]; q[0] = 1; int p[1005]; p[0] = 1;"),
]


@pytest.mark.parametrize(("old", "new"), SHRUNK)
def test_a_smaller_bound_is_rejected(guarded: Callable[..., str | None], old: str, new: str) -> None:
    reason = guarded(FILE % old, FILE % new)
    assert reason is not None
    assert any(
        word in reason for word in ("shrinks", "start at", "depends on the input", "limit", "hides")
    ), reason


@pytest.mark.parametrize(("old", "new"), [(new, old) for old, new in SHRUNK if "depends" not in old][:9])
def test_a_larger_bound_is_not(guarded: Callable[..., str | None], old: str, new: str) -> None:
    assert guarded(FILE % old, FILE % new) is None


@pytest.mark.parametrize(("old", "new"), HONEST)
def test_an_honest_edit_passes(guarded: Callable[..., str | None], old: str, new: str) -> None:
    assert guarded(FILE % old, FILE % new) is None


def test_the_bound_is_said(guarded: Callable[..., str | None]) -> None:
    old, new = SHRUNK[0]
    assert guarded(FILE % old, FILE % new) == "It shrinks a size from 200000 to 1000."
