"""D1: reserving before a loop that appends once per round."""

from collections.abc import Callable

import pytest

Rewrites = Callable[..., list[str]]

FRAME = """\
#include <bits/stdc++.h>
using namespace std;
{before}
void work(int n, size_t m, const vector<int> &given, vector<int> &out) {{
{body}
}}
"""


def framed(body: str, before: str = "") -> str:
    return FRAME.format(before=before, body="    " + body.replace("\n", "\n    "))


@pytest.mark.parametrize(
    ("loop", "reserve"),
    [
        ("for (int i = 0; i < n; i++) v.push_back(i);", "if (n > 0) v.reserve(n);"),
        (
            "for (int i = 1; i <= n; ++i) {\n    int x;\n    cin >> x;\n    v.push_back(x);\n}",
            "if (n > 0) v.reserve(n);",
        ),
        ("for (size_t i = 0; i < m; i++) v.emplace_back(i);", "v.reserve(m);"),
        ("for (size_t i = 0; i < given.size(); i++) v.push_back(given[i]);", "v.reserve(given.size());"),
        ("for (int i = 0; i < (int)given.size(); i++) v.push_back(given[i]);", "v.reserve(given.size());"),
        (
            'for (int i = 0; i < n; i++) {\n    int x;\n    scanf("%d", &x);\n    v.push_back(min(x, n));\n}',
            "if (n > 0) v.reserve(n);",
        ),
        ("for (int i = 0; i < (int)given.size(); i++) v.push_back(given.at(i));", "v.reserve(given.size());"),
        ("for (int x : given) v.push_back(2 * x);", "v.reserve(given.size());"),
        ("for (int i = 0; i < 1000; i++) { v.push_back(i); }", "v.reserve(1000);"),
    ],
)
def test_reserves(rewrites: Rewrites, loop: str, reserve: str) -> None:
    old = "vector<int> v;\n" + loop
    assert rewrites("D1", framed(old), "work") == [framed(old.replace("for (", reserve + "\nfor (", 1))]


def test_a_new_vector_in_every_round_may_reserve(rewrites: Rewrites) -> None:
    old = "while (n--) {\n    vector<int> v;\n    for (int x : given) v.push_back(x);\n}"
    new = old.replace("    for", "    v.reserve(given.size());\n    for")
    assert rewrites("D1", framed(old), "work") == [framed(new)]


@pytest.mark.parametrize(
    ("broken", "body", "before"),
    [
        ("it grows over many loops", "vector<int> v; while (n--) for (int x : given) v.push_back(x);", ""),
        ("v is the caller's", "for (int x : given) out.push_back(x);", ""),
        ("v has elements", "vector<int> v(3); for (int x : given) v.push_back(x);", ""),
        ("v is used before", "vector<int> v; v.push_back(1); for (int x : given) v.push_back(x);", ""),
        ("v reserves already", "vector<int> v; v.reserve(9); for (int x : given) v.push_back(x);", ""),
        ("not every round appends", "vector<int> v; for (int x : given) if (x) v.push_back(x);", ""),
        (
            "a round may be skipped",
            "vector<int> v; for (int x : given) { if (x) continue; v.push_back(x); }",
            "",
        ),
        (
            "the loop may be left",
            "vector<int> v; for (int i = 0; i < n; i++) { v.push_back(i); if (i * i > n) break; }",
            "",
        ),
        (
            "the program may end",
            "vector<int> v; for (int i = 0; i < n; i++) { v.push_back(i); if (i > 9) exit(0); }",
            "",
        ),
        (
            "a function ends the program",
            "vector<int> v; for (int i = 0; i < n; i++) v.push_back(next());",
            "int next() { static int c; if (++c == 5) exit(0); return c; }",
        ),
        (
            "a function throws",
            "vector<int> v; for (int i = 0; i < n; i++) v.push_back(next());",
            "int next() { static int c; if (++c == 5) throw 1; return c; }",
        ),
        (
            "a function of another file",
            "vector<int> v; for (int i = 0; i < n; i++) v.push_back(next());",
            "int next();",
        ),
        ("an index is checked", "vector<int> v; for (int i = 0; i < n; i++) v.push_back(given.at(i));", ""),
        (
            "a function checks an index",
            "vector<int> v; for (int i = 0; i < n; i++) v.push_back(digit(i));",
            'int digit(int i) { string s = "123"; return s.at(i); }',
        ),
        (
            "an operator ends the program",
            "vector<int> v; P p; for (int i = 0; i < n; i++) { cin >> p; v.push_back(i); }",
            "struct P { int x; }; istream &operator>>(istream &in, P &p) { if (!(in >> p.x)) exit(0); }",
        ),
        (
            "input throws at its end",
            "cin.exceptions(ios::eofbit); vector<int> v; "
            "for (int i = 0; i < n; i++) { int x; cin >> x; v.push_back(x); }",
            "",
        ),
        (
            "the bound is changed",
            "vector<int> v; for (int i = 0; i < n; i++) { v.push_back(i); if (i > 5) n = 0; }",
            "",
        ),
        (
            "the bound is changed by a reference",
            "int &r = n; vector<int> v; for (int i = 0; i < n; i++) { v.push_back(i); r = 0; }",
            "",
        ),
        (
            "the bound is changed by a pointer",
            "int *p = &n; vector<int> v; for (int i = 0; i < n; i++) { v.push_back(i); *p = 0; }",
            "",
        ),
        (
            "a function asks for the capacity",
            "vector<int> v; for (int x : given) v.push_back(x); show(v);",
            "void show(vector<int> &v) { cout << v.capacity(); }",
        ),
        ("the number is not known", "vector<int> v; for (int x; cin >> x;) v.push_back(x);", ""),
        ("the counter jumps", "vector<int> v; for (int i = 0; i < n; i++) { v.push_back(i); i++; }", ""),
        ("steps of two", "vector<int> v; for (int i = 0; i < n; i += 2) v.push_back(i);", ""),
        ("a long way down", "vector<int> v; for (int i = n; i > 0; i--) v.push_back(i);", ""),
        ("a computed bound", "vector<int> v; for (int i = 0; i < n - 1; i++) v.push_back(i);", ""),
        (
            "a bound with a side effect",
            "vector<int> v; for (int i = 0; i < next(); i++) v.push_back(i);",
            "int next();",
        ),
        (
            "the capacity is seen",
            "vector<int> v; for (int x : given) v.push_back(x); cout << v.capacity();",
            "",
        ),
        ("twice in a round", "vector<int> v; for (int x : given) { v.push_back(x); v.push_back(x); }", ""),
        ("a deque", "deque<int> v; for (int x : given) v.push_back(x);", ""),
        (
            "a vector of the user",
            "vector<int> v; for (int x : given) v.push_back(x);",
            "template <class T> class vector;",
        ),
        (
            "the loop is a macro's",
            "vector<int> v; REP(i, n) v.push_back(i);",
            "#define REP(i, n) for (int i = 0; i < n; i++)",
        ),
        (
            "the bound is a macro's variable",
            "vector<int> v; for (int i = 0; i < n; i++) v.push_back(i);",
            "#define LESS n--",
        ),
        (
            "elements whose copies are seen",
            "vector<T> v; for (int i = 0; i < n; i++) v.push_back(T());",
            "struct T { T(); T(const T &); };",
        ),
    ],
)
def test_refuses(rewrites: Rewrites, broken: str, body: str, before: str) -> None:
    assert rewrites("D1", framed(body, before), "work") == []
