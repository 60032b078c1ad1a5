"""D12: loops that erase one by one become erase and remove_if."""

from collections.abc import Callable

import pytest

Rewrites = Callable[..., list[str]]

FRAME = """\
#include <bits/stdc++.h>
using namespace std;
struct Item {{ int date; string name; }};
{before}
int work(vector<int> v, int limit, vector<Item> items, string s) {{
{body}
    return 0;
}}
"""


def framed(body: str, before: str = "") -> str:
    return FRAME.format(before=before, body="    " + body.replace("\n", "\n    "))


def removed(name: str, predicate: str, item: str = "item") -> str:
    """The rewrite in the layout of a statement at four blanks."""
    outer = f"{name}.erase("
    inner = outer + "remove_if("
    return (
        f"{inner}{name}.begin(), {name}.end(),\n"
        f"{' ' * len(inner)}[&](const auto& {item}) {{ return {predicate}; }}),\n"
        f"{' ' * len(outer)}{name}.end());"
    )


@pytest.mark.parametrize(
    ("old", "name", "predicate"),
    [
        (
            "for (size_t i = 0; i < v.size();) {\n    if (v[i] < limit) v.erase(v.begin() + i);\n    "
            "else i++;\n}",
            "v",
            "item < limit",
        ),
        (
            "for (int i = 0; i < (int)v.size(); i++) {\n    if (v[i] % 2 == 0) { v.erase(v.begin() + "
            "i); i--; }\n}",
            "v",
            "item % 2 == 0",
        ),
        (
            "for (int i = (int)v.size() - 1; i >= 0; i--) {\n    if (v[i] == limit) v.erase(v.begin() "
            "+ i);\n}",
            "v",
            "item == limit",
        ),
        (
            "for (auto it = v.begin(); it != v.end();) {\n    if (*it == limit) it = v.erase(it);\n    "
            "else ++it;\n}",
            "v",
            "item == limit",
        ),
        (
            "for (auto it = items.begin(); it != items.end();)\n"
            "    if (it->date < limit && it->name.size() > 2) { it = items.erase(it); } else { it++; }",
            "items",
            "item.date < limit && item.name.size() > 2",
        ),
        (
            "for (size_t i = 0; i < s.size();) {\n    if (isdigit(s[i])) s.erase(s.begin() + i); "
            "else i++;\n}",
            "s",
            "isdigit(item)",
        ),
    ],
)
def test_removes_in_one_pass(rewrites: Rewrites, old: str, name: str, predicate: str) -> None:
    expected = removed(name, predicate).replace("\n", "\n")
    assert rewrites("D12", framed(old), "work") == [framed(expected)]


def test_a_pure_function_may_decide(rewrites: Rewrites) -> None:
    before = "bool bad(int x) { for (int d = 2; d < x; d++) if (x % d == 0) return true; return false; }"
    old = "for (auto it = v.begin(); it != v.end();) { if (bad(*it)) it = v.erase(it); else ++it; }"
    assert rewrites("D12", framed(old, before), "work") == [framed(removed("v", "bad(item)"), before)]


def test_the_name_of_the_element_is_fresh(rewrites: Rewrites) -> None:
    source = framed(
        "int item = limit;\nfor (size_t i = 0; i < v.size();) { if (v[i] < item) v.erase(v.begin() + "
        "i); else i++; }"
    )
    expected = framed("int item = limit;\n" + removed("v", "item2 < item", "item2"))
    assert rewrites("D12", source, "work") == [expected]


def test_a_user_of_the_name_is_not_hit(rewrites: Rewrites) -> None:
    source = framed("int remove_if = 0;\n" + FORWARD.format("v[i] < limit"))
    (changed,) = rewrites("D12", source, "work")
    assert "v.erase(std::remove_if(v.begin()" in changed


def test_what_another_unit_could_catch_is_refused(rewrites: Rewrites) -> None:
    source = framed(FORWARD.format("s.at(v[i]) == 'x'"))
    assert rewrites("D12", source, "work") and not rewrites("D12", source, "work", other_units=True)


FORWARD = "for (size_t i = 0; i < v.size();) {{ if ({0}) v.erase(v.begin() + i); else i++; }}"


@pytest.mark.parametrize(
    ("broken", "body", "before"),
    [
        ("the index matters", FORWARD.format("i % 2"), ""),
        ("the size matters", FORWARD.format("v[i] < (int)v.size()"), ""),
        ("the neighbour matters", FORWARD.format("v[i] == v[i + 1]"), ""),
        ("the condition counts", FORWARD.format("v[i] < limit++"), ""),
        (
            "the condition prints",
            FORWARD.format("loud(v[i])"),
            "bool loud(int x) { cout << x; return x > 0; }",
        ),
        (
            "the condition remembers",
            FORWARD.format("odd(v[i])"),
            "bool odd(int) { static int k; return k++ % 2; }",
        ),
        ("an alias of an element", "const int &first = v[0]; " + FORWARD.format("v[i] == first"), ""),
        ("a pointer to an element", "int *p = &v[0]; " + FORWARD.format("v[i] == *p"), ""),
        (
            "elements are skipped",
            "for (size_t i = 0; i < v.size(); i++) if (v[i]) v.erase(v.begin() + i);",
            "",
        ),
        (
            "the wrong one is erased",
            "for (size_t i = 0; i < v.size();) { if (v[i]) v.erase(v.begin()); else i++; }",
            "",
        ),
        (
            "not from the beginning",
            "for (size_t i = 1; i < v.size();) { if (v[i]) v.erase(v.begin() + i); else i++; }",
            "",
        ),
        (
            "not to the end",
            "for (size_t i = 0; i < v.size() - 1;) { if (v[i]) v.erase(v.begin() + i); else i++; }",
            "",
        ),
        (
            "more is done",
            "for (size_t i = 0; i < v.size();) { if (v[i]) { v.erase(v.begin() + i); limit--; } else i++; }",
            "",
        ),
        (
            "more is done before",
            "for (size_t i = 0; i < v.size();) { limit--; if (v[i]) v.erase(v.begin() + i); else i++; }",
            "",
        ),
        (
            "it stops early",
            "for (size_t i = 0; i < v.size();) { if (v[i]) { v.erase(v.begin() + i); break; } else i++; }",
            "",
        ),
        (
            "two are erased",
            "for (size_t i = 0; i < v.size();) { if (v[i]) v.erase(v.begin() + i, v.begin() + i + 2); "
            "else i++; }",
            "",
        ),
        (
            "an unsigned index never ends",
            "for (size_t i = v.size() - 1; i >= 0; i--) if (v[i]) v.erase(v.begin() + i);",
            "",
        ),
        (
            "the index lives on",
            "size_t i = 0; for (; i < v.size();) { if (v[i]) v.erase(v.begin() + i); else i++; }",
            "",
        ),
        (
            "a set",
            "set<int> t; for (auto it = t.begin(); it != t.end();) { if (*it) it = t.erase(it); else ++it; }",
            "",
        ),
        (
            "another container's end",
            "for (auto it = v.begin(); it != items.end();) { if (*it) it = v.erase(it); else ++it; }",
            "",
        ),
        (
            "a comment would be lost",
            "for (size_t i = 0; i < v.size();) { /* old */ if (v[i]) v.erase(v.begin() + i); else i++; }",
            "",
        ),
        (
            "moves that could be seen",
            "vector<T> w; for (size_t i = 0; i < w.size();) { if (w[i].k) w.erase(w.begin() + i); "
            "else i++; }",
            "struct T { int k; T &operator=(const T &); };",
        ),
        ("the container is hidden in a macro", FORWARD.format("v[i]"), "#define SHOW cout << v.size()"),
        (
            "another name of the container",
            "vector<int> &r = all; for (size_t i = 0; i < r.size();) "
            "{ if (r[i] < all[0]) r.erase(r.begin() + i); else i++; }",
            "vector<int> all;",
        ),
        (
            "a function sees the whole container",
            "for (size_t i = 0; i < all.size();) { if (common(all[i])) all.erase(all.begin() + i); "
            "else i++; }",
            "vector<int> all; bool common(int x) { return x * 2 > (int)all.size(); }",
        ),
        (
            "the condition inserts",
            "map<int, int> seen; for (size_t i = 0; i < v.size();) "
            "{ if (seen[v[i]] == 0) v.erase(v.begin() + i); else i++; }",
            "",
        ),
        (
            "an iterator before the erased places",
            "auto it = v.begin() + 1; "
            "for (int i = v.size() - 1; i >= 0; i--) { if (v[i] == *it) v.erase(v.begin() + i); }",
            "",
        ),
        (
            "a function reads through a pointer",
            FORWARD.format("same(v[i])"),
            "int *chosen; bool same(int x) { return x == *chosen; }",
        ),
        ("a pointer of another file", FORWARD.format("v[i] == *other::chosen"), ""),
        (
            "a condition that throws, and is caught",
            "try { " + FORWARD.format("s.at(v[i]) == 'x'") + " } catch (...) { }",
            "",
        ),
        (
            "a function that may throw, and is caught",
            "try { " + FORWARD.format("bad(v[i])") + " } catch (...) { }",
            "bool bad(int x) { string t; return t.at(x) == 'x'; }",
        ),
        ("the condition is a comma", FORWARD.format("limit, v[i]"), ""),
    ],
)
def test_refuses(rewrites: Rewrites, broken: str, body: str, before: str) -> None:
    assert rewrites("D12", framed(body, before), "work") == []
