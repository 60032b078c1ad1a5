"""D2: reserving buckets, where nobody sees the order of the table."""

from collections.abc import Callable

import pytest

Rewrites = Callable[..., list[str]]

FRAME = """\
#include <bits/stdc++.h>
using namespace std;
{before}
void work(int n, const vector<int> &given, unordered_map<int, int> &theirs) {{
{body}
}}
"""
READ = "for (int i = 0; i < n; i++) { int x; cin >> x; m[x]++; }"


def framed(body: str, before: str = "") -> str:
    return FRAME.format(before=before, body="    " + body.replace("\n", "\n    "))


@pytest.mark.parametrize(
    ("table", "loop", "reserve"),
    [
        (
            "unordered_map<int, int> m;",
            READ + "\ncout << m[3] << m.size() << m.count(4);",
            "if (n > 0) m.reserve(n);",
        ),
        (
            "unordered_set<int> m;",
            "for (int x : given) m.insert(x);\nif (m.count(n)) n++;",
            "m.reserve(given.size());",
        ),
        (
            "unordered_map<string, vector<int>> m;",
            'for (size_t i = 0; i < given.size(); i++) m["k"].push_back(given[i]);\nfor (int x : '
            'm["k"]) n += x;',
            "m.reserve(given.size());",
        ),
        (
            "unordered_set<int> m;",
            "for (int x : given) {\n    if (m.find(x) != m.end()) return;\n    m.insert(x);\n}",
            None,
        ),
        (
            "unordered_set<int> m;",
            "for (int x : given) {\n    if (m.find(x) != m.end()) n++;\n    m.insert(x);\n}",
            "m.reserve(given.size());",
        ),
        (
            "unordered_set<int> m;",
            "for (int x : given) if (m.insert(x).second) n++;",
            "m.reserve(given.size());",
        ),
    ],
)
def test_reserves(rewrites: Rewrites, table: str, loop: str, reserve: str | None) -> None:
    old = table + "\n" + loop
    expected = [] if reserve is None else [framed(table + "\n" + reserve + "\n" + loop)]
    assert rewrites("D2", framed(old), "work") == expected


@pytest.mark.parametrize(
    ("broken", "body", "before"),
    [
        ("it is iterated", "unordered_map<int, int> m; " + READ + " for (auto &p : m) cout << p.first;", ""),
        ("it is iterated by hand", "unordered_map<int, int> m; " + READ + " auto it = m.begin();", ""),
        ("an iterator could walk on", "unordered_map<int, int> m; " + READ + " auto it = m.find(3);", ""),
        ("it is copied", "unordered_map<int, int> m; " + READ + " auto c = m;", ""),
        (
            "it is handed on",
            "unordered_map<int, int> m; " + READ + " show(m);",
            "void show(unordered_map<int, int> m);",
        ),
        ("it is stored", "unordered_map<int, int> m; " + READ + " theirs = m;", ""),
        ("a reference to it", "unordered_map<int, int> m; auto &r = m; " + READ, ""),
        (
            "a lambda looks at it",
            "unordered_map<int, int> m; " + READ + " auto f = [&] { return m.size(); };",
            "",
        ),
        ("its buckets are seen", "unordered_map<int, int> m; " + READ + " cout << m.bucket_count();", ""),
        ("it erases at an iterator", "unordered_map<int, int> m; " + READ + " m.erase(m.find(3));", ""),
        (
            "an insertion's iterator is kept",
            "unordered_set<int> m; for (int x : given) { auto p = m.insert(x); }",
            "",
        ),
        (
            "the rounds are not bounded by data",
            "unordered_map<int, int> m; for (int i = 0; i < n; i++) m[i % 7]++;",
            "",
        ),
        ("it is the caller's", "for (int x : given) theirs[x]++;", ""),
        ("it is static", "static unordered_map<int, int> m; for (int x : given) m[x]++;", ""),
        ("it fills in many loops", "unordered_map<int, int> m; while (n--) for (int x : given) m[x]++;", ""),
        ("it is used before", "unordered_map<int, int> m; m[1] = 2; " + READ, ""),
        (
            "the loop may be left",
            "unordered_map<int, int> m; for (int x : given) { if (x < 0) break; m[x]++; }",
            "",
        ),
        (
            "the bound is changed",
            "unordered_map<int, int> m; "
            "for (int i = 0; i < n; i++) { int x; cin >> x; m[x]++; if (!cin) n = 0; }",
            "",
        ),
        (
            "a function ends the program",
            "unordered_map<int, int> m; for (int i = 0; i < n; i++) { int x; cin >> x; m[x]++; check(x); }",
            "void check(int x) { if (x < 0) exit(0); }",
        ),
        ("an ordered map", "map<int, int> m; for (int x : given) m[x]++;", ""),
        ("nothing is inserted", "unordered_map<int, int> m; for (int x : given) n += m.count(x);", ""),
        ("a macro iterates it", "unordered_map<int, int> m; " + READ, "#define ALL m.begin(), m.end()"),
    ],
)
def test_refuses(rewrites: Rewrites, broken: str, body: str, before: str) -> None:
    assert rewrites("D2", framed(body, before), "work") == []
