"""D21: sorting for one element becomes finding that element."""

from collections.abc import Callable

import pytest

Rewrites = Callable[..., list[str]]

FRAME = """\
#include <bits/stdc++.h>
using namespace std;
{before}
int work(vector<int> v, int k, vector<int> &kept) {{
{body}
}}
"""


def framed(body: str, before: str = "") -> str:
    return FRAME.format(before=before, body="    " + body.replace("\n", "\n    "))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sort(v.begin(), v.end());\nreturn v[0];", "return *min_element(v.begin(), v.end());"),
        (
            "std::sort(v.begin(), v.end());\nreturn v.front();",
            "return *std::min_element(v.begin(), v.end());",
        ),
        ("sort(v.begin(), v.end());\nreturn v.back();", "return *max_element(v.begin(), v.end());"),
        ("sort(v.begin(), v.end());\nreturn v[v.size() - 1];", "return *max_element(v.begin(), v.end());"),
        (
            "sort(v.begin(), v.end());\nreturn v.back() - v[0];",
            "return *max_element(v.begin(), v.end()) - *min_element(v.begin(), v.end());",
        ),
        (
            "sort(v.begin(), v.end());\ncout << 1;\nint m = v[k];\nreturn m;",
            "nth_element(v.begin(), v.begin() + k, v.end());\ncout << 1;\nint m = v[k];\nreturn m;",
        ),
        (
            "sort(v.begin(), v.end());\nreturn v[v.size() / 2];",
            "nth_element(v.begin(), v.begin() + (v.size() / 2), v.end());\nreturn v[v.size() / 2];",
        ),
        (
            "std::sort(v.begin(), v.end(), greater<int>());\nreturn v[k - 1];",
            "std::nth_element(v.begin(), v.begin() + (k - 1), v.end(), greater<int>());\nreturn v[k - 1];",
        ),
        (
            "sort(v.begin(), v.end(), greater<int>());\nreturn v[0];",
            "nth_element(v.begin(), v.begin(), v.end(), greater<int>());\nreturn v[0];",
        ),
        (
            "vector<string> w(kept.size());\nsort(w.begin(), w.end());\ncout << w[0].size();\nreturn 1;",
            "vector<string> w(kept.size());\ncout << (*min_element(w.begin(), w.end())).size();\nreturn 1;",
        ),
    ],
)
def test_finds(rewrites: Rewrites, old: str, new: str) -> None:
    assert rewrites("D21", framed(old), "work") == [framed(new)]


SORT = "sort(v.begin(), v.end()); "


@pytest.mark.parametrize(
    ("broken", "body", "before"),
    [
        ("two different elements", SORT + "return v[0] + v[k];", ""),
        ("all of it is used", SORT + "for (int x : v) cout << x; return v[0];", ""),
        ("it is searched afterwards", SORT + "return v[0] + binary_search(v.begin(), v.end(), k);", ""),
        ("it is returned", SORT + "kept = v; return v[0];", ""),
        ("it is the caller's", "sort(kept.begin(), kept.end()); return kept[0];", ""),
        ("it is global", "sort(g.begin(), g.end()); return g[0];", "vector<int> g;"),
        ("it is static", "static vector<int> w; sort(w.begin(), w.end()); return w[0];", ""),
        ("the element is not always read", SORT + "if (k < 3) return v[k]; return 0;", ""),
        ("the element may not be read", SORT + "return k < 3 && v[k];", ""),
        ("the element is chosen", SORT + "return k < 3 ? v[k] : 0;", ""),
        ("something returns in between", SORT + "if (!k) return 0; return v[k];", ""),
        ("a loop reads many", SORT + "int s = 0; for (int i = 0; i < k; i++) s += v[i]; return s;", ""),
        ("the index changes in between", SORT + "k--; return v[k];", ""),
        ("the index changes itself", SORT + "return v[k++];", ""),
        ("the index comes later", SORT + "int j = k; return v[j];", ""),
        ("the index depends on the order", SORT + "return v[v[0]];", ""),
        ("the element is changed", SORT + "v[0] = 3; return v[0];", ""),
        ("zeros of two signs", "vector<double> d(k); sort(d.begin(), d.end()); return d[0];", ""),
        ("the order is the user's", "sort(v.begin(), v.end(), cmp); return v[0];", "bool cmp(int a, int b);"),
        (
            "an order by a lambda",
            "sort(v.begin(), v.end(), [](int a, int b) { return a % 9 < b % 9; }); return v[0];",
            "",
        ),
        ("only a part", "sort(v.begin() + 1, v.end()); return v[0];", ""),
        (
            "the next round sees the order",
            "int s = 0; while (k--) { sort(v.begin(), v.end()); s += v[0]; } return s;",
            "",
        ),
        ("an alias", "auto &w = v; " + SORT + "return v[0] + w[1];", ""),
        ("an iterator", "auto it = v.begin() + 1; " + SORT + "return v[0] + *it;", ""),
        ("a lambda looks", SORT + "auto f = [&] { return v[1]; }; return v[0] + f();", ""),
        ("sort is the user's", SORT + "return v[0];", "template <class T> void sort(T a, T b);"),
        (
            "elements of the user",
            "vector<P> p(k); sort(p.begin(), p.end()); return p[0].x;",
            "struct P { int x, y; bool operator<(const P &o) const { return x < o.x; } };",
        ),
        ("another sort in a macro", SORT + "return v[0];", "#define AGAIN v[1]"),
        (
            "a call that may stop the program",
            SORT + "check(k); return v[k];",
            "void check(int k) { if (k > 5) exit(0); }",
        ),
        (
            "sizes of two elements",
            "vector<string> w(k); sort(w.begin(), w.end()); cout << w[0].size(); return w[1].size();",
            "",
        ),
        ("the element is swapped out", SORT + "swap(v[0], k); return v[0];", ""),
        (
            "the element is swapped out by a member",
            "vector<string> w(k); string t; sort(w.begin(), w.end()); t.swap(w[0]); return w[0].size();",
            "",
        ),
        (
            "the element grows",
            "vector<string> w(k); sort(w.begin(), w.end()); w[0].push_back('!'); return w[0].size();",
            "",
        ),
        ("the element is changed by a cast", SORT + "static_cast<int&>(v[0]) = 5; return v[0];", ""),
        (
            "an iterator of a named type",
            "It it = v.begin(); " + SORT + "return v.back() + *(it + 1);",
            "typedef vector<int>::iterator It;",
        ),
        ("a pointer to the data", "int *p = v.data(); " + SORT + "return v.back() + p[1];", ""),
        (
            "a reference to a found element",
            "int &m = *max_element(v.begin(), v.end()); " + SORT + "return v.back() + m;",
            "",
        ),
        ("a reference to a written element", "int &m = ++v[0]; " + SORT + "return v.back() + m;", ""),
        (
            "a reference to a larger element",
            "const int &m = max(v[0], v[1]); " + SORT + "return v[0] + m;",
            "",
        ),
        (
            "a view of a string",
            "vector<string> w(k); string_view m = w[0]; sort(w.begin(), w.end()); "
            "return w.back().size() + m.size();",
            "",
        ),
        (
            "the letters of a string",
            "vector<string> w(k); auto m = w[0].c_str(); sort(w.begin(), w.end()); "
            "return w.back().size() + *m;",
            "",
        ),
        (
            "a reference from a loop",
            "int *p; for (int &x : v) p = addressof(x); " + SORT + "return v[0] + *p;",
            "",
        ),
        (
            "a function keeps a pointer",
            "keep(v); " + SORT + "return v[0] + *kept_one;",
            "int *kept_one; void keep(vector<int> &v) { kept_one = &v[0]; }",
        ),
        (
            "elements of another",
            "vector<int> w = std::move(kept); sort(w.begin(), w.end()); return w[0];",
            "",
        ),
        ("elements that were swapped in", "swap(v, kept); " + SORT + "return v[0];", ""),
        (
            "an order of a narrower type",
            "vector<long long> w(k); stable_sort(w.begin(), w.end(), greater<int>()); return w[k];",
            "",
        ),
        (
            "an order of the user",
            "sort(v.begin(), v.end(), greater<int>()); return v[k];",
            "template <class T> struct greater { bool operator()(T a, T b) { return a % 9 > b % 9; } };",
        ),
        ("a search is a macro", SORT + "return v[0];", "#define min_element max_element"),
        ("not used at all", SORT + "return 0;", ""),
    ],
)
def test_refuses(rewrites: Rewrites, broken: str, body: str, before: str) -> None:
    assert rewrites("D21", framed(body, before), "work") == []


@pytest.mark.parametrize(
    "before",
    [
        "int m;\nv.push_back(k);\nfor (int &x : v) cin >> x;\n",
        "for (int i = 0; i < k; i++) cin >> v[i];\nint m = *max_element(v.begin(), v.end());\n",
        "vector<int> w(v.begin(), v.end());\nlong long s = accumulate(v.begin(), v.end(), 0LL);\n",
        "if (v.empty()) return 0;\nint s = 0;\nfor (int x : v) s += x;\ncout << v[0] << v.size();\n",
        "v.insert(v.end(), k);\nreverse(v.begin(), v.end());\nk = max(k, v[0]);\n",
    ],
)
def test_values_from_before_do_no_harm(rewrites: Rewrites, before: str) -> None:
    old, new = before + SORT + "\nreturn v[k];", before + "nth_element(v.begin(), v.begin() + k, v.end()); "
    assert rewrites("D21", framed(old), "work") == [framed(new + "\nreturn v[k];")]


@pytest.mark.parametrize("before", ["int min_element;", "", "struct min_element { };"])
def test_a_user_of_the_name_is_not_hit(rewrites: Rewrites, before: str) -> None:
    body = "sort(v.begin(), v.end());\nreturn v[0];"
    local = "" if before else "int min_element = 0;\n"
    (changed,) = rewrites("D21", framed(local + body, before), "work")
    assert "return *std::min_element(v.begin(), v.end());" in changed


def test_an_empty_string_has_an_element(rewrites: Rewrites) -> None:
    body = "string s;\n{}(s.begin(), {}s.end());\nreturn s[0];"
    assert rewrites("D21", framed(body.format("sort", "")), "work") == [
        framed(body.format("nth_element", "s.begin(), "))
    ]


def test_a_comment_on_the_line_of_the_sort_is_kept(rewrites: Rewrites) -> None:
    assert rewrites("D21", framed("sort(v.begin(), v.end()); // ascending\n    return v[0];"), "work") == []
