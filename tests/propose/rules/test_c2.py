"""C2: elements that are only looked at need not be copied."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pie_lsp.values.candidate import Candidate

Rewrites = Callable[..., list[str]]

FRAME = """\
#include <bits/stdc++.h>
using namespace std;
struct Book {{ int year; string title; }};
{before}
void work(vector<string> words, const vector<Book> &books, vector<string> &theirs,
          map<string, int> counts, int n) {{
    string s;
    vector<string> out;
{body}
}}
"""


def framed(body: str, before: str = "") -> str:
    return FRAME.format(before=before, body="    " + body.replace("\n", "\n    "))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("for (auto w : words) cout << w;", "for (const auto &w : words) cout << w;"),
        ("for (string w : words) n += w.size();", "for (const string &w : words) n += w.size();"),
        (
            "for (auto b : books) if (b.year > n) s += b.title;",
            "for (const auto &b : books) if (b.year > n) s += b.title;",
        ),
        ("for (Book b : books) { n += b.year; }", "for (const Book &b : books) { n += b.year; }"),
        ("for (auto p : counts) n += p.second;", "for (const auto &p : counts) n += p.second;"),
        ("for (auto [k, c] : counts) cout << k << c;", "for (const auto &[k, c] : counts) cout << k << c;"),
        (
            "for (auto w : words) { out.push_back(w); s = w; n += w[0]; }",
            "for (const auto &w : words) { out.push_back(w); s = w; n += w[0]; }",
        ),
        (
            "for (auto w : words) for (auto c : w) n += c;",
            "for (const auto &w : words) for (auto c : w) n += c;",
        ),
        (
            "vector<vector<string>> g(3);\nfor (auto w : g[n]) cout << w;",
            "vector<vector<string>> g(3);\nfor (const auto &w : g[n]) cout << w;",
        ),
        (
            "for (auto w : theirs) n += count(w.begin(), w.end(), 'x');",
            "for (const auto &w : theirs) n += count(w.begin(), w.end(), 'x');",
        ),
    ],
)
def test_looks_in_place(rewrites: Rewrites, old: str, new: str) -> None:
    assert rewrites("C2", framed(old), "work") == [framed(new)]


@pytest.mark.parametrize(
    ("broken", "body", "before"),
    [
        ("the element is small", "vector<int> v; for (auto x : v) n += x;", ""),
        ("a small pair", "map<int, int> v; for (auto x : v) n += x.first;", ""),
        ("bits", "vector<bool> v; for (auto x : v) n += x;", ""),
        ("it is assigned", "for (auto w : words) { w = s; cout << w; }", ""),
        ("a part is assigned", "for (auto b : books) { b.year++; n += b.year; }", ""),
        ("a letter is assigned", "for (auto w : words) { w[0] = 'x'; cout << w; }", ""),
        ("it grows", "for (auto w : words) { w += 'x'; cout << w; }", ""),
        ("it is sorted", "for (auto w : words) { sort(w.begin(), w.end()); cout << w; }", ""),
        ("it is moved", "for (auto w : words) out.push_back(move(w));", ""),
        ("its address is taken", "for (auto w : words) { string *p = &w; cout << *p; }", ""),
        ("a reference is bound", "for (auto w : words) { auto &r = w; r += 'x'; }", ""),
        ("a lambda takes it", "for (auto w : words) [=]() mutable { w += 'x'; }();", ""),
        ("the container changes", "for (auto w : words) { words[0] = 'x'; cout << w; }", ""),
        ("the container grows", "for (auto w : theirs) { theirs.push_back(w); break; }", ""),
        (
            "another name of the container changes",
            "auto &r = words; for (auto w : r) { words[0] = 'x'; cout << w; }",
            "",
        ),
        (
            "another parameter may be the container",
            "for (auto w : books) { more[0].year = 1; n += w.year; }",
            "extern vector<Book> more;",
        ),
        (
            "an unknown function may change it",
            "for (auto w : theirs) { touch(); cout << w; }",
            "void touch();",
        ),
        (
            "a function changes the copy",
            "for (auto w : words) trim(w);",
            "void trim(string &w) { w.pop_back(); }",
        ),
        (
            "a local function of the same name",
            "auto same = [](string &w) { w += 'x'; }; for (auto w : words) same(w);",
            "int same(const string &w) { return w.size(); }",
        ),
        (
            "an overload could be another",
            "for (auto w : words) f(w);",
            "void f(string &) {}\nvoid f(const string &) {}",
        ),
        ("it is a reference already", "for (auto &w : words) cout << w;", ""),
        ("it is const already", "for (const auto w : words) cout << w;", ""),
        (
            "copies that could be seen",
            "vector<T> v; for (auto t : v) n += t.k;",
            "struct T { int k; string s; T(const T &); };",
        ),
        ("the element type is converted", "for (const char *w : words) cout << w;", ""),
        ("a range of unknown type", "for (auto w : make()) cout << w;", "vector<string> make();"),
        ("a macro changes it", "for (auto w : words) { cout << w; }", "#define TRIM w.pop_back()"),
        ("a hidden statement", "for (auto w : words) { IN(w) cout << w; }", "#define IN(x) cin >> x;"),
        ("the map's element would be made", "vector<map<string, int>> v; for (auto m : v) n += m[s];", ""),
    ],
)
def test_refuses(rewrites: Rewrites, broken: str, body: str, before: str) -> None:
    assert rewrites("C2", framed(body, before), "work") == []


def test_the_mark_stands_where_the_file_has_it(rewrites: Rewrites) -> None:
    source = (
        "#include <string>\n#include <vector>\nint f(const std::vector<std::string>& v) {\n    int n = 0;\n"
    )
    source += "    for (auto w : v) n += w.size();\n    return n;\n}\n"
    assert rewrites("C2", source, "f") == [source.replace("(auto w", "(const auto& w")]


ALIASES = (Path(__file__).parent.parent / "aliases" / "c2.txt").read_text("utf-8").split("\n\n")
"""Programs in which something changes under another name; the first line has the function and what it is."""


@pytest.mark.parametrize("case", ALIASES, ids=lambda case: case.partition("\n")[0])
def test_refuses_what_another_name_changes(proposals: Callable[..., list[Candidate]], case: str) -> None:
    title, _, program = case.partition("\n")
    function = title.removeprefix("// ").partition(":")[0]
    assert not proposals("C2", "#include <bits/stdc++.h>\nusing namespace std;\n" + program, function)
