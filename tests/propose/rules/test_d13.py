"""D13: inserting at the front becomes appending, and one reversal."""

from collections.abc import Callable

import pytest

Rewrites = Callable[..., list[str]]

FRAME = """\
#include <bits/stdc++.h>
using namespace std;
{before}
int work(int n, vector<int> given) {{
{body}
    return n;
}}
"""


def framed(body: str, before: str = "") -> str:
    return FRAME.format(before=before, body="    " + body.replace("\n", "\n    "))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "vector<int> v;\nfor (int x : given) v.insert(v.begin(), x);\nn = v[0];",
            "vector<int> v;\nfor (int x : given) v.push_back(x);\nreverse(v.begin(), v.end());\nn = v[0];",
        ),
        (
            "vector<int> v;\nwhile (n--) {\n    if (n % 3) continue;\n    v.insert(v.begin(), n * 2);\n}",
            "vector<int> v;\nwhile (n--) {\n    if (n % 3) continue;\n    v.push_back(n * 2);\n}\n"
            "reverse(v.begin(), v.end());",
        ),
        (
            "string s;\nwhile (n > 0) {\n    s.insert(s.begin(), char('0' + n % 10));\n    n /= 10;\n} "
            "// digits",
            "string s;\nwhile (n > 0) {\n    s.push_back(char('0' + n % 10));\n    n /= 10;\n} // digits\n"
            "reverse(s.begin(), s.end());",
        ),
        (
            'string s = "";\nfor (int i = 0; i < n; i++)\n    for (int j = 0; j < i; j++) '
            "s.insert(s.begin(), 'x');",
            'string s = "";\nfor (int i = 0; i < n; i++)\n    for (int j = 0; j < i; j++) '
            "s.push_back('x');\nreverse(s.begin(), s.end());",
        ),
        (
            "vector<int> v; while (n--) v.insert(v.begin(), n); n = 3;",
            "vector<int> v; while (n--) v.push_back(n); reverse(v.begin(), v.end()); n = 3;",
        ),
    ],
)
def test_appends_and_reverses(rewrites: Rewrites, old: str, new: str) -> None:
    assert rewrites("D13", framed(old), "work") == [framed(new)]


LOOP = "for (int x : given) v.insert(v.begin(), x);"


@pytest.mark.parametrize(
    ("broken", "body", "before"),
    [
        ("v is not empty", "vector<int> v(3); " + LOOP, ""),
        ("v has elements", "vector<int> v = given; " + LOOP, ""),
        ("v is filled before", "vector<int> v; v.push_back(1); " + LOOP, ""),
        ("v is the caller's", "given.clear(); for (int x : {1, 2}) given.insert(given.begin(), x);", ""),
        (
            "v is read in the loop",
            "vector<int> v; for (int x : given) { v.insert(v.begin(), x); n += v[0]; }",
            "",
        ),
        ("v's size is read in the loop", "vector<int> v; while (v.size() < 9) v.insert(v.begin(), n);", ""),
        ("v lives longer than the loop", "vector<int> v; if (n) { " + LOOP + " } n += v[0];", ""),
        (
            "the loop returns",
            "vector<int> v; for (int x : given) { v.insert(v.begin(), x); if (x) return 1; }",
            "",
        ),
        ("several elements", "vector<int> v; for (int x : given) v.insert(v.begin(), {x, 2});", ""),
        ("so many copies", "vector<int> v; for (int x : given) v.insert(v.begin(), 2, x);", ""),
        ("not at the front", "vector<int> v; for (int x : given) v.insert(v.end(), x);", ""),
        ("one behind the front", "vector<int> v; for (int x : given) v.insert(v.begin() + 0, x);", ""),
        ("in the front of another", "vector<int> v, w; for (int x : given) v.insert(w.begin(), x);", ""),
        ("the result is used", "vector<int> v; for (int x : given) n = *v.insert(v.begin(), x);", ""),
        (
            "twice in a round",
            "vector<int> v; for (int x : given) { v.insert(v.begin(), x); v.insert(v.begin(), x); }",
            "",
        ),
        ("a list", "list<int> v; " + LOOP, ""),
        ("a static", "static vector<int> v; " + LOOP, ""),
        ("a reference", "vector<int> &v = given; " + LOOP, ""),
        ("a lambda inserts", "vector<int> v; for (int x : given) [&] { v.insert(v.begin(), x); }();", ""),
        ("no loop of its block", "vector<int> v; v.insert(v.begin(), n);", ""),
        (
            "a hidden loop",
            "vector<int> v; REP(i, n) v.insert(v.begin(), i);",
            "#define REP(i, n) for (int i = 0; i < n; i++)",
        ),
        ("a hidden use", "vector<int> v; " + LOOP, "#define DEBUG cerr << v.size()"),
        (
            "copies that could be seen",
            "vector<T> v; for (int x : given) v.insert(v.begin(), T());",
            "struct T { T(); T(const T &); };",
        ),
        ("references of v", "vector<int> v; auto &r = v; " + LOOP, ""),
    ],
)
def test_refuses(rewrites: Rewrites, broken: str, body: str, before: str) -> None:
    assert rewrites("D13", framed(body, before), "work") == []


@pytest.mark.parametrize(
    ("before", "body"),
    [("", "int reverse = 0; "), ("int reverse(int x);", ""), ("struct reverse { };", "")],
)
def test_a_user_of_the_name_is_not_hit(rewrites: Rewrites, before: str, body: str) -> None:
    (changed,) = rewrites("D13", framed(body + "vector<int> v; " + LOOP, before), "work")
    assert "std::reverse(v.begin(), v.end());" in changed


def test_includes_what_it_needs(rewrites: Rewrites) -> None:
    source = (
        "#pragma once\r\n#include <vector>\r\n\r\n"
        "void f(int n)\r\n{\r\n\tstd::vector<int> v;\r\n\twhile (n--)\r\n\t\tv.insert(v.begin(), n);\r\n}\r\n"
    )
    expected = source.replace("<vector>\r\n", "<vector>\r\n#include <algorithm>\r\n").replace(
        "v.insert(v.begin(), n);\r\n", "v.push_back(n);\r\n\tstd::reverse(v.begin(), v.end());\r\n"
    )
    assert rewrites("D13", source, "f") == [expected]
