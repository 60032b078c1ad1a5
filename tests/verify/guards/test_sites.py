"""Every place where a bound stands is found, with its value where it has one."""

import pytest

from pie_lsp.cpp.parse import parse
from pie_lsp.verify.guards.change import Version
from pie_lsp.verify.guards.sites import Pool, find_sites

HEAD = """#include <bits/stdc++.h>
using namespace std;
#define N 100
#define rep(i, n) for (int i = 0; i < (n); i++)
const int M = 2 * N + 5;
"""


@pytest.mark.parametrize(
    ("code", "pool", "name", "text", "value"),
    [
        ("int a[N][M];", Pool.SIZE, b"a", b"N", 100),
        ("int a[N][M];", Pool.SIZE, b"a", b"M", 205),
        ("vector<int> v(n + 1);", Pool.SIZE, b"v", b"n + 1", None),
        ("vector<int> v(M);", Pool.SIZE, b"v", b"M", 205),
        ("std::string s(9, 'x');", Pool.SIZE, b"s", b"9", 9),
        ("auto v = vector<int>(7);", Pool.SIZE, b"vector<int>", b"7", 7),
        ("bitset<M> b;", Pool.SIZE, b"b", b"M", 205),
        ("array<int, 30> b;", Pool.SIZE, b"b", b"30", 30),
        ("int* p = new int[N];", Pool.SIZE, b"new", b"N", 100),
        ("v.resize(N);", Pool.SIZE, b"v", b"N", 100),
        ("p->assign(5, 0);", Pool.SIZE, b"p", b"5", 5),
        ("memset(a, 0, 64);", Pool.SIZE, b"memset", b"64", 64),
        ("const int L = 1e3;", Pool.CONSTANT, b"L", b"1e3", 1000),
        ("enum { Q = M };", Pool.CONSTANT, b"Q", b"M", 205),
        ("int top = 50;", Pool.START, b"top", b"50", 50),
        ("for (int i = 0; i < N; i++) {}", Pool.LOOP, b"i", b"N", 100),
        ("for (int i = 0; i <= N; i++) {}", Pool.LOOP, b"i", b"N", 101),
        ("for (int i = 9; i > 3; i--) {}", Pool.LOOP, b"i", b"3", -3),
        ("while (N > k) k++;", Pool.LOOP, b"k", b"N", 100),
        ("do k++; while (k != n);", Pool.LOOP, b"k", b"n", None),
        ("while (k < n && k < 50) k++;", Pool.CAP, b"k", b"50", 50),
        ("rep(i, 40) n++;", Pool.LOOP, b"", b"40", 40),
    ],
)
def test_a_bound_is_found(code: str, pool: Pool, name: bytes, text: bytes, value: int | None) -> None:
    version = Version(parse(f"{HEAD}void solve(int n, int k) {{ {code} }}\n".encode()))
    found = [(site.pool, site.name, site.text, site.value) for site in find_sites(version)]
    assert (pool, name, text, value) in found


def test_types_are_no_sizes() -> None:
    version = Version(parse(b"void f() { map<char, int> m; vector<pair<int, long>> v; }"))
    assert find_sites(version) == []
