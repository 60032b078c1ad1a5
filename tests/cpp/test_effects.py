"""What code can change."""

import pytest

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.effects import Effects, effects_of, may_change, pure_function, sole_definition
from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.scope import walk

HEAD = """\
#include <bits/stdc++.h>
using namespace std;
struct Plain { int a; string b; };
struct Loud { int a; Loud() { cout << 1; } };
int global;
const int LIMIT = 3;
#define SIZE 10
#define TWICE(x) x, x
int pure(int x) { int s = 0; for (int i = 0; i < x; i++) s += i; return s; }
int reads(int x) { return x + global; }
int writes(int x) { return global = x; }
int prints(int x) { cout << x; return x; }
int remembers(int x) { static int k; return k += x; }
int looks(const vector<int> &v) { return v[0] + (v.size() > 1 ? looks({v[1]}) : 0); }
int changes(vector<int> &v) { return v[0]++; }
int many(int x) { return x; }
int many(double x) { return x; }
"""


def analysis_of(body: str) -> Analysis:
    parameters = "vector<int> v, vector<int> &r, int *p, int n, map<int, int> m, Plain s, vector<Plain> t"
    file = parse(f"{HEAD}void f({parameters}) {{ {body} }}\n".encode())
    functions = [node for node in walk(file.tree.root_node) if node.type == "function_definition"]
    return Analysis(file, functions[-1])


def effects(body: str) -> Effects:
    found = analysis_of(body)
    inner = found.function.child_by_field_name("body")
    assert inner is not None
    return effects_of(found, inner)


@pytest.mark.parametrize(
    "body",
    [
        "int k = v[0] + n; k++;",
        "v[0] = 1; v.push_back(n); n--;",
        "for (int x : v) n += x;",
        "for (const int &x : v) n += x;",
        "n = pure(n) + max(n, LIMIT) + SIZE;",
        "n = looks(v) + looks(r);",
        "sort(v.begin(), v.end());",
        "n = *max_element(r.begin(), r.end());",
        "vector<int> w(v.begin(), v.end()); w[0] = 1;",
        "vector<int> w(n); Plain q; q.a = 1; string z = to_string(n);",
        "if (m.find(n) != m.end()) n = m.at(n);",
        "n = t[0].b.size() + s.b.length();",
        "n = s.b.substr(1).size();",
    ],
)
def test_only_own_variables_change(body: str) -> None:
    assert effects(body).is_none


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("global = 1;", "indirect"),
        ("r[0] = 1;", "indirect"),
        ("r.push_back(n);", "indirect"),
        ("*p = 1;", "indirect"),
        ("p[n]++;", "indirect"),
        ("for (int &x : r) x = 1;", "indirect"),
        ("static int k; k++;", "indirect"),
        ("reverse(r.begin(), r.end());", "indirect"),
        ("n = writes(n);", "opaque"),
        ("n = prints(n);", "opaque"),
        ("n = remembers(n);", "opaque"),
        ("n = changes(v);", "opaque"),
        ("n = many(n);", "opaque"),
        ("n = unknown(n);", "opaque"),
        ("auto &q = v; n = q[0];", "opaque"),
        ("auto g = [&] { return 1; }; n = g();", "opaque"),
        ("int *q = new int; n = *q;", "opaque"),
        ("throw n;", "opaque"),
        ("Loud q;", "opaque"),
        ("n = Loud().a;", "opaque"),
        ("Unknown q;", "opaque"),
        ("TWICE(n);", "opaque"),
        ("s.run();", "opaque"),
        ("n = rand();", "opaque"),
        ("cout << n;", "io"),
        ("cin >> n;", "io"),
        ("getline(cin, s.b);", "io"),
    ],
)
def test_what_else_can_change(body: str, what: str) -> None:
    found = effects(body)
    assert getattr(found, what)
    assert not found.is_none


def test_looking_into_a_map_may_insert() -> None:
    found = analysis_of("n = m[n] + v[n];")
    body = found.function.child_by_field_name("body")
    assert body is not None
    summary = effects_of(found, body)
    by_name = {one.name: one for one in found.scopes.variables}
    assert may_change(found, summary, by_name[b"m"])
    assert not may_change(found, summary, by_name[b"v"])


def test_private_variables_survive_what_is_unknown() -> None:
    found = analysis_of("unknown(); n = v[0] + r[0];")
    body = found.function.child_by_field_name("body")
    assert body is not None
    summary = effects_of(found, body)
    by_name = {one.name: one for one in found.scopes.variables}
    assert not may_change(found, summary, by_name[b"v"]), "nobody else knows it"
    assert may_change(found, summary, by_name[b"r"]), "the caller may have another name for it"


def test_an_alias_ends_privacy() -> None:
    found = analysis_of("auto &a = v; unknown();")
    calls = [node for node in found.nodes if node.type == "expression_statement"]
    summary = effects_of(found, calls[-1])
    variable = next(one for one in found.scopes.variables if one.name == b"v")
    assert may_change(found, summary, variable)


def test_pure_functions_tell_what_they_read() -> None:
    found = analysis_of("")
    pure = pure_function(found, b"pure")
    assert pure is not None and pure.is_none and not pure.globals_read
    reads = pure_function(found, b"reads")
    assert reads is not None and reads.globals_read == {b"global"}
    assert pure_function(found, b"looks") is not None
    for name in (b"writes", b"prints", b"remembers", b"changes", b"many", b"unknown"):
        assert pure_function(found, name) is None


def test_the_sole_definition() -> None:
    found = analysis_of("")
    assert sole_definition(found, b"pure") is not None
    assert sole_definition(found, b"many") is None, "overloaded"
    assert sole_definition(found, b"TWICE") is None, "a macro"
