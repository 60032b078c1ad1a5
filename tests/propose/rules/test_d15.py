"""D15: algorithms over a whole set become the set's member functions."""

from collections.abc import Callable

import pytest

Rewrites = Callable[..., list[str]]

FRAME = """\
#include <bits/stdc++.h>
using namespace std;
{before}
void work(set<int> s, set<string> names, unordered_set<int> u, multiset<int> m, int k, const char *p) {{
{body}
}}
"""


def framed(body: str, before: str = "") -> str:
    return FRAME.format(before=before, body="    " + body)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("if (find(s.begin(), s.end(), k) != s.end()) k++;", "if (s.find(k) != s.end()) k++;"),
        ("if (std::find(s.begin(), s.end(), k + 1) == s.end()) k++;", "if (s.find(k + 1) == s.end()) k++;"),
        ("auto it = find(s.begin(), s.end(), 3);", "auto it = s.find(3);"),
        ("auto it = lower_bound(s.begin(), s.end(), k);", "auto it = s.lower_bound(k);"),
        ("auto it = std::upper_bound(s.begin(), s.end(), k);", "auto it = s.upper_bound(k);"),
        ("if (count(s.begin(), s.end(), k)) k++;", "if (s.count(k)) k++;"),
        ("if (!count(s.begin(), s.end(), k)) k++;", "if (!s.count(k)) k++;"),
        ("int c = count(m.begin(), m.end(), k);", "int c = m.count(k);"),
        ('auto it = find(names.begin(), names.end(), "x");', 'auto it = names.find("x");'),
        ("if (find(u.begin(), u.end(), k) == u.end()) k++;", "if (u.find(k) == u.end()) k++;"),
        ("if (find(m.begin(), m.end(), k) == m.end()) k++;", "if (m.find(k) == m.end()) k++;"),
        ("auto it = find( s.begin() , s.end() , k );", "auto it = s.find(k );"),
    ],
)
def test_looks_up(rewrites: Rewrites, old: str, new: str) -> None:
    assert rewrites("D15", framed(old), "work") == [framed(new)]


def test_members_and_long_long_keys(rewrites: Rewrites) -> None:
    source = """\
#include <algorithm>
#include <set>
struct Door {
    bool knows(int k) { return std::find(keys.begin(), keys.end(), k) != keys.end(); }
    std::set<long long> keys;
};
"""
    expected = source.replace("std::find(keys.begin(), keys.end(), k)", "keys.find(k)")
    assert rewrites("D15", source, "knows") == [expected]


@pytest.mark.parametrize(
    ("broken", "body", "before"),
    [
        ("the container is a vector", "vector<int> v; auto it = find(v.begin(), v.end(), k);", ""),
        ("only a part is searched", "auto it = find(next(s.begin()), s.end(), k);", ""),
        ("two containers", "auto it = find(s.begin(), u.end(), k);", ""),
        (
            "the order is the user's",
            "set<int, greater<int>> g; auto it = lower_bound(g.begin(), g.end(), k);",
            "",
        ),
        ("the comparison is given", "auto it = lower_bound(s.begin(), s.end(), k, less<int>());", ""),
        ("the key would be cut off", "long long big = k; auto it = find(s.begin(), s.end(), big);", ""),
        ("the sign would change", "unsigned b = k; auto it = find(s.begin(), s.end(), b);", ""),
        ("floating-point keys", "set<double> d; auto it = find(d.begin(), d.end(), 1.0);", ""),
        (
            "keys of the user",
            "set<Key> x; auto it = find(x.begin(), x.end(), Key{1});",
            "struct Key { int k; };",
        ),
        ("the type of the key is not known", "auto z = k; auto it = find(s.begin(), s.end(), z);", ""),
        ("pairs of a map", "map<int, int> x; auto it = find(x.begin(), x.end(), make_pair(1, 2));", ""),
        ("which equal element", "auto it = find(m.begin(), m.end(), k);", ""),
        ("iterators of a hash set", "auto it = find(u.begin(), u.end(), k);", ""),
        ("a signed count", "if (count(s.begin(), s.end(), k) - 1 < 0) k++;", ""),
        ("more than a negative number", "if (count(s.begin(), s.end(), k) > -1) k++;", ""),
        ("a negative number before", "if (-1 < count(m.begin(), m.end(), k)) k++;", ""),
        (
            "find is the user's own",
            "auto it = find(s.begin(), s.end(), k);",
            "int find(int a, int b, int c);",
        ),
        ("find is a local variable", "auto find = 1; find(s.begin(), s.end(), k);", ""),
        ("the key has a side effect", "auto it = find(s.begin(), s.end(), k++);", ""),
        ("the set is a pointer's", "set<int> *q = &s; auto it = find(q->begin(), q->end(), k);", ""),
        ("a macro stands there", "auto it = find(ALL(s), k);", "#define ALL(x) x.begin(), x.end()"),
        ("a comment would be lost", "auto it = find(s.begin(), s.end(), /* key */ k);", ""),
        ("the set is of the user", "myset t; auto it = find(t.begin(), t.end(), k);", "struct myset;"),
        ("int means something else", "auto it = find(s.begin(), s.end(), k);", "#define int double"),
    ],
)
def test_refuses(rewrites: Rewrites, broken: str, body: str, before: str) -> None:
    assert rewrites("D15", framed(body, before), "work") == []


def test_argument_dependent_lookup_finds_the_algorithm(rewrites: Rewrites) -> None:
    source = "#include <set>\nvoid f(std::set<int> s) { auto i = find(s.begin(), s.end(), 1); }\n"
    assert rewrites("D15", source, "f") == [source.replace("find(s.begin(), s.end(), 1)", "s.find(1)")]
