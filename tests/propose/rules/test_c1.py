"""C1: arguments that are only looked at are passed by reference, in every declaration."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pie_lsp.values.candidate import Candidate, Grant

Rewrites = Callable[..., list[str]]
Proposals = Callable[..., list[Candidate]]

FRAME = """\
#include <bits/stdc++.h>
using namespace std;
struct Big {{ int k; vector<int> v; }};
vector<int> shared;
int counter;
{before}
int work({parameters}) {{
{body}
}}
{after}
int main() {{
    vector<int> local(9);
    string text = "abc";
    {call}
}}
"""


def framed(
    parameters: str, body: str, call: str = "return work(local);", before: str = "", after: str = ""
) -> str:
    body = "    " + body.replace("\n", "\n    ")
    return FRAME.format(parameters=parameters, body=body, call=call, before=before, after=after)


@pytest.mark.parametrize(
    ("old", "new", "body", "call"),
    [
        ("vector<int> v", "const vector<int>& v", "return v[0] + v.size();", "return work(local);"),
        ("const vector<int> v", "const vector<int>& v", "return v[0];", "return work(local);"),
        ("std::string s", "const std::string& s", "return s.size();", "return work(text);"),
        ("string s", "const string& s", "cout << s; return s[0];", 'return work("abc") + work(text + "x");'),
        (
            "string s, int k = 0",
            "const string& s, int k = 0",
            "return s[k];",
            "return work(text.substr(1), 2);",
        ),
        ("map<string, int> m", "const map<string, int>& m", 'return m.count("x");', "return work({});"),
        ("Big b", "const Big& b", "return b.k + b.v[0];", "Big b; return work(b);"),
        (
            "vector<vector<int>> g, int u",
            "const vector<vector<int>>& g, int u",
            "int s = 0; for (int x : g[u]) s += x; return s;",
            "vector<vector<int>> g(3); return work(g, 1);",
        ),
        (
            "vector<int> v, int i",
            "const vector<int>& v, int i",
            "if (i == 3) return 0;\nreturn v[i] + work(v, i + 1);",
            "return work(local, 0);",
        ),
        (
            "vector<int> v, vector<int> w",
            "const vector<int>& v, const vector<int>& w",
            "return v[0] + w[0];",
            "return work(local, shared);",
        ),
        (
            "vector<int> v, vector<int> w",
            "const vector<int>& v, vector<int> w",
            "w.push_back(v[0]); return w[0];",
            "return work(local, shared);",
        ),
        (
            "vector<int> v, vector<int> &out",
            "const vector<int> &v, vector<int> &out",
            "out.push_back(v[0]); return 1;",
            "vector<int> result; return work(local, result);",
        ),
    ],
)
def test_passes_by_reference(rewrites: Rewrites, old: str, new: str, body: str, call: str) -> None:
    source = framed(old, body, call)
    assert rewrites("C1", source, "work") == [framed(new, body, call)]


def test_all_declarations_change_together(proposals: Proposals, rewrites: Rewrites) -> None:
    source = framed(
        "vector<int> v, int k", "return v[k];", "return work(local, 1);", "int work(vector<int> v, int);"
    )
    source = source.replace("int counter;", "int counter;\nint work(std::vector<int>, int k);")
    expected = (
        source.replace("int work(vector<int> v, int k) {", "int work(const vector<int>& v, int k) {")
        .replace("int work(vector<int> v, int);", "int work(const vector<int>& v, int);")
        .replace("int work(std::vector<int>, int k);", "int work(const std::vector<int>&, int k);")
    )
    assert rewrites("C1", source, "work") == [expected]
    assert proposals("C1", source, "work")[0].grants == {Grant.SIGNATURE}


VECTOR = "vector<int> v"


@pytest.mark.parametrize(
    ("broken", "parameters", "body", "changes"),
    [
        ("it is changed", VECTOR, "v[0] = 1; return v[0];", {}),
        ("it is sorted", VECTOR, "sort(v.begin(), v.end()); return v[0];", {}),
        ("it grows", VECTOR, "v.push_back(1); return v[0];", {}),
        ("it is assigned", VECTOR, "v = shared; return v[0];", {}),
        ("it is moved", VECTOR, "shared = move(v); return 1;", {}),
        ("it is swapped", VECTOR, "swap(v, shared); return 1;", {}),
        ("its address is taken", VECTOR, "auto p = &v; return p->size();", {}),
        ("a reference is bound", VECTOR, "auto &r = v; r[0] = 1; return r[0];", {}),
        ("a loop changes it", VECTOR, "for (int &x : v) x++; return v[0];", {}),
        ("a lambda keeps it", VECTOR, "auto f = [=] { return v[0]; }; return f();", {}),
        ("a map would insert", "map<string, int> m", 'return m["x"];', {"call": "return work({});"}),
        (
            "a function changes it",
            VECTOR,
            "return grow(v);",
            {"before": "int grow(vector<int> &v) { v.push_back(1); return 1; }"},
        ),
        ("it is small", "pair<int, int> p", "return p.first;", {"call": "return work({1, 2});"}),
        ("it is a number", "long long k", "return k;", {"call": "return work(3);"}),
        ("it is a reference already", "const vector<int> &v", "return v[0];", {}),
        ("it is a pointer", "vector<int> *v", "return (*v)[0];", {"call": "return work(&local);"}),
        (
            "the argument is a global that changes",
            VECTOR,
            "shared.clear(); return v.size();",
            {"call": "return work(shared);"},
        ),
        (
            "the argument is a global that a call may change",
            VECTOR,
            "touch(); return v.size();",
            {"call": "return work(shared);", "before": "void touch();"},
        ),
        (
            "the argument is given twice",
            "vector<int> v, vector<int> &out",
            "out.clear(); return v.size();",
            {"call": "return work(local, local);"},
        ),
        (
            "the argument is part of another",
            "vector<int> v, vector<vector<int>> &g",
            "g.clear(); return v.size();",
            {"call": "vector<vector<int>> g(3); return work(g[0], g);"},
        ),
        (
            "the argument has an alias",
            "vector<int> v, vector<int> &out",
            "out.clear(); return v.size();",
            {"call": "auto &r = local; return work(local, r);"},
        ),
        (
            "a lambda reaches the argument",
            "vector<int> v, function<void()> f",
            "f(); return v.size();",
            {"call": "return work(local, [&] { local.clear(); });"},
        ),
        (
            "another argument changes it",
            "vector<int> v, int k",
            "return v.size() + k;",
            {
                "call": "return work(local, grow(local));",
                "before": "int grow(vector<int> &v) { v.push_back(1); return 1; }",
            },
        ),
        ("the function is overloaded", VECTOR, "return v[0];", {"after": "int work(string s) { return 1; }"}),
        ("another overload is declared", VECTOR, "return v[0];", {"before": "int work(string s);"}),
        ("its address is taken", VECTOR, "return v[0];", {"call": "auto f = work; return f(local);"}),
        ("it is passed on", VECTOR, "return v[0];", {"call": "thread t(work, local); t.join();"}),
        ("it is called in a macro", VECTOR, "return v[0];", {"after": "#define CALL work(shared)"}),
        (
            "a class has such a member",
            VECTOR,
            "return v[0];",
            {"before": "struct S { int work(vector<int> v); };"},
        ),
        ("it is never called", VECTOR, "return v[0];", {"call": "return 0;"}),
        ("an unknown type", "Vec v", "return v[0];", {"before": "struct Vec;"}),
        (
            "copies that could be seen",
            "T t",
            "return t.k;",
            {"before": "struct T { int k; string s; T(const T &); };", "call": "T t; return work(t);"},
        ),
        (
            "it is returned",
            "string s",
            "return s.size() + string(s + work2(s)).size();",
            {"before": "string &work2(string &s) { return s; }", "call": "return work(text);"},
        ),
        (
            "the call is hidden",
            VECTOR,
            "return v[0];",
            {
                "after": "#define REP(n) for (int i = 0; i < (n); i++)\nint more() { REP(work(shared)) "
                "counter++; return 0; }"
            },
        ),
    ],
)
def test_refuses(
    rewrites: Rewrites, broken: str, parameters: str, body: str, changes: dict[str, str]
) -> None:
    assert rewrites("C1", framed(parameters, body, **changes), "work") == []


@pytest.mark.parametrize(
    ("broken", "head"),
    [
        ("a reference is returned", "const int &work(vector<int> v)"),
        ("what is returned may look into it", "string_view work(string v)"),
        ("a pointer is returned", "const char *work(string v)"),
        ("the type of the result is not written", "auto work(vector<int> v)"),
    ],
)
def test_refuses_by_its_head(rewrites: Rewrites, broken: str, head: str) -> None:
    source = "#include <bits/stdc++.h>\nusing namespace std;\n" + head + " { return v[0]; }\n"
    source += "int main() { work({}); }\n"
    assert rewrites("C1", source, "work") == []


@pytest.mark.parametrize(
    ("kept", "definition", "call"),
    [
        ("a member", "struct S { int work(std::vector<int> v) { return v[0]; } };", "S().work({1})"),
        ("a template", "template <class T> int work(std::vector<T> v) { return v[0]; }", "work<int>({1})"),
        ("C linkage", 'extern "C" int work(std::vector<int> v) { return v[0]; }', "work({1})"),
        ("a namespace", "namespace n { int work(std::vector<int> v) { return v[0]; } }", "n::work({1})"),
    ],
)
def test_members_templates_and_linkage_are_left_alone(
    rewrites: Rewrites, kept: str, definition: str, call: str
) -> None:
    source = f"#include <vector>\n{definition}\nint main() {{ return {call}; }}\n"
    assert rewrites("C1", source, "work") == []


def test_other_files_may_know_the_function(rewrites: Rewrites) -> None:
    source = framed(VECTOR, "return v[0];")
    assert rewrites("C1", source, "work", other_units=True) == []
    assert rewrites("C1", source, "work", headers=(b"int work(std::vector<int> v);",)) == []
    static = source.replace("int work(", "static int work(")
    assert len(rewrites("C1", static, "work", other_units=True)) == 1


ALIASES = (Path(__file__).parent.parent / "aliases" / "c1.txt").read_text("utf-8").split("\n\n")
"""Programs in which something changes under another name; the first line has the function and what it is."""


@pytest.mark.parametrize("case", ALIASES, ids=lambda case: case.partition("\n")[0])
def test_refuses_what_another_name_changes(proposals: Callable[..., list[Candidate]], case: str) -> None:
    title, _, program = case.partition("\n")
    function = title.removeprefix("// ").partition(":")[0]
    assert not proposals("C1", "#include <bits/stdc++.h>\nusing namespace std;\n" + program, function)
