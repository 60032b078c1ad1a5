"""A28: calls that give the same in every round are made once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pie_lsp.values.candidate import Candidate

Rewrites = Callable[..., list[str]]
Proposals = Callable[..., list[Candidate]]

FRAME = """\
#include <bits/stdc++.h>
using namespace std;
vector<int> shared;
int setting;
int digits(int x) {{ int c = 0; while (x) {{ c++; x /= 10; }} return c; }}
int configured(int x) {{ int c = 0; while (x > setting) {{ c++; x /= 2; }} return c; }}
int steps;
int counted(int x) {{ while (x > 1) {{ x /= 2; steps++; }} return steps; }}
{before}
void work(vector<int> v, const vector<int> &w, int n, vector<int> &out) {{
{body}
}}
"""


def framed(body: str, before: str = "") -> str:
    return FRAME.format(before=before, body="    " + body.replace("\n", "\n    "))


@pytest.mark.parametrize(
    ("old", "call", "name"),
    [
        (
            "for (int i = 0; i < n; i++) cout << *max_element(v.begin(), v.end()) - v[i];",
            "max_element(v.begin(), v.end())",
            "v_max_element",
        ),
        (
            "for (int x : w) cout << x + *std::min_element(w.begin(), w.end());",
            "std::min_element(w.begin(), w.end())",
            "w_min_element",
        ),
        (
            "for (int x : w) cout << x * count(v.begin(), v.end(), n);",
            "count(v.begin(), v.end(), n)",
            "v_count",
        ),
        (
            "for (int x : w) cout << x - accumulate(v.begin(), v.end(), 0LL);",
            "accumulate(v.begin(), v.end(), 0LL)",
            "v_accumulate",
        ),
        (
            "for (int i = 0; i < count(v.begin(), v.end(), 3); i++) cout << i;",
            "count(v.begin(), v.end(), 3)",
            "v_count",
        ),
        ("for (int i = 0; i < digits(n); i++) cout << i;", "digits(n)", "digits_value"),
        ("int i = 0;\nwhile (i < digits(n) && i < 9) i++;", "digits(n)", "digits_value"),
        ("for (int i = 0; i < configured(n); i++) cout << i;", "configured(n)", "configured_value"),
        (
            "for (int x : w) { for (int y : w) cout << x + y + *max_element(v.begin(), v.end()); }",
            "max_element(v.begin(), v.end())",
            "v_max_element",
        ),
        (
            "do { n--; cout << *max_element(v.begin(), v.end()); } while (n > 0);",
            "max_element(v.begin(), v.end())",
            "v_max_element",
        ),
    ],
)
def test_hoists(rewrites: Rewrites, old: str, call: str, name: str) -> None:
    word = next(word for word in ("for (", "do {", "while (") if word in old)
    new = old.replace(call, name).replace(word, f"const auto {name} = {call};\n{word}", 1)
    assert rewrites("A28", framed(old), "work") == [framed(new)]


def test_every_equal_call_is_replaced(rewrites: Rewrites) -> None:
    old = (
        "for (int x : w) if (x < *max_element(v.begin(), v.end())) cout << *max_element(v.begin(), v.end());"
    )
    new = "const auto v_max_element = max_element(v.begin(), v.end());\n"
    new += "for (int x : w) if (x < *v_max_element) cout << *v_max_element;"
    assert rewrites("A28", framed(old), "work") == [framed(new)]


def test_a_sum_may_overflow_where_it_was_not_made(proposals: Proposals) -> None:
    body = "for (int x : w) cout << x - accumulate(v.begin(), v.end(), 0);"
    assert [one.may_add_ub for one in proposals("A28", framed(body), "work")] == [True]
    body = "for (int x : w) cout << x - *max_element(v.begin(), v.end());"
    assert [one.may_add_ub for one in proposals("A28", framed(body), "work")] == [False]


MAX = "*max_element(v.begin(), v.end())"


@pytest.mark.parametrize(
    ("broken", "body", "before"),
    [
        ("an element changes", "for (int i = 0; i < n; i++) { v[i] = 0; n -= " + MAX + "; }", ""),
        ("the container grows", "for (int x : w) v.push_back(" + MAX + " + x);", ""),
        ("elements change through a reference", "for (int &x : v) { x++; n += " + MAX + "; }", ""),
        (
            "elements change through an alias",
            "int &r = v[0]; for (int x : w) { r = x; n += " + MAX + "; }",
            "",
        ),
        ("a pointer may change it", "int *p = &v[0]; for (int x : w) { *p = x; n += " + MAX + "; }", ""),
        (
            "the reference may be out",
            "for (int x : v) { out[0] = x; n += *max_element(w.begin(), w.end()); }",
            "",
        ),
        (
            "an unknown function may change it",
            "for (int x : w) { touch(); n += *max_element(shared.begin(), shared.end()); }",
            "void touch();",
        ),
        (
            "a function changes it",
            "for (int x : w) { touch(v); n += " + MAX + "; }",
            "void touch(vector<int> &v) { v[0]++; }",
        ),
        ("a lambda changes it", "auto f = [&] { v[0]++; }; for (int x : w) { f(); n += " + MAX + "; }", ""),
        ("it is read anew", "for (int x : w) { cin >> v[0]; n += " + MAX + "; }", ""),
        ("what is looked for changes", "for (int x : w) n += count(v.begin(), v.end(), x);", ""),
        ("what is looked for counts", "for (int x : w) cout << count(v.begin(), v.end(), n++);", ""),
        ("the argument changes", "for (int i = 0; i < digits(n); i++) n--;", ""),
        ("the argument is the counter", "for (int i = 0; i < digits(i); i++) cout << i;", ""),
        ("a global that it reads changes", "for (int i = 0; i < configured(n); i++) setting++;", ""),
        ("the function counts", "for (int i = 0; i < counted(n); i++) cout << i;", ""),
        (
            "the function prints",
            "for (int i = 0; i < loud(n); i++) cout << i;",
            "int loud(int x) { while (x > 9) { cout << x; x--; } return x; }",
        ),
        (
            "the function is random",
            "for (int i = 0; i < dice(n); i++) cout << i;",
            "int dice(int x) { while (x > 9) x = rand(); return x; }",
        ),
        (
            "the function remembers",
            "for (int i = 0; i < next(n); i++) cout << i;",
            "int next(int x) { static int k; while (k < x) k++; return k; }",
        ),
        ("the function is not known", "for (int i = 0; i < other(n); i++) cout << i;", "int other(int x);"),
        (
            "the function is cheap",
            "for (int i = 0; i < twice(n); i++) cout << i;",
            "int twice(int x) { return 2 * x; }",
        ),
        (
            "the function could fail where it was not called",
            "for (int i = 0; i < n; i++) cout << digits(n);",
            "",
        ),
        ("not always called", "for (int i = 0; i < n && i < digits(n); i++) cout << i;", ""),
        (
            "the container is made in the loop",
            "for (int x : w) { vector<int> u(x); n += *max_element(u.begin(), u.end()); }",
            "",
        ),
        (
            "only a part of the container",
            "for (int i = 0; i < n; i++) cout << *max_element(v.begin() + i, v.end());",
            "",
        ),
        (
            "the comparison is the user's",
            "for (int x : w) cout << *max_element(v.begin(), v.end(), cmp);",
            "bool cmp(int a, int b) { return counted(a) < b; }",
        ),
        ("an index may lie outside", "for (int x : w) cout << count(v.begin(), v.end(), w[n]);", ""),
        (
            "the call is made once already",
            "for (int i = *max_element(v.begin(), v.end()); i < n; i++) cout << i;",
            "",
        ),
        ("the loop has no block", "if (n) for (int x : w) cout << " + MAX + ";", ""),
        ("inside a lambda", "for (int x : w) [&] { cout << " + MAX + "; }();", ""),
        (
            "max_element is the user's",
            "for (int x : w) cout << " + MAX + ";",
            "template <class T> T max_element(T a, T b);",
        ),
        (
            "looking at a map inserts",
            "map<int, int> m; for (int x : w) { n += m[x]; n -= count(m.begin(), m.end(), shared[0]); }",
            "",
        ),
        (
            "a constructor changes it",
            "for (int x : w) { Touch t; n += *max_element(shared.begin(), shared.end()) + x; }",
            "struct Touch { Touch() { shared[0]++; } };",
        ),
        ("threads", "for (int x : w) cout << " + MAX + ";", "void run() { thread t([] {}); t.join(); }"),
        ("several threads", "for (int x : w) cout << " + MAX + ";", "#pragma omp declare simd"),
        ("a hidden statement", "for (int x : w) { IN cout << " + MAX + "; }", "#define IN cin >> v[0];"),
        (
            "a macro that writes",
            "for (int x : w) { READ(x); cout << " + MAX + "; }",
            "#define READ(y) v[0] = y",
        ),
    ],
)
def test_refuses(rewrites: Rewrites, broken: str, body: str, before: str) -> None:
    assert rewrites("A28", framed(body, before), "work") == []


ALIASES = (Path(__file__).parent.parent / "aliases" / "a28.txt").read_text("utf-8").split("\n\n")
"""Programs in which something changes under another name; the first line has the function and what it is."""


@pytest.mark.parametrize("case", ALIASES, ids=lambda case: case.partition("\n")[0])
def test_refuses_what_another_name_changes(proposals: Callable[..., list[Candidate]], case: str) -> None:
    title, _, program = case.partition("\n")
    function = title.removeprefix("// ").partition(":")[0]
    assert not proposals("A28", "#include <bits/stdc++.h>\nusing namespace std;\n" + program, function)
