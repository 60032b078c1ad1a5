"""Whether something but its own name reaches a variable."""

import pytest

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.lending import is_lent
from pie_lsp.cpp.parse import parse


def analysis_of(body: str, before: str = "") -> Analysis:
    source = f"#include <bits/stdc++.h>\nusing namespace std;\n{before}\nvoid work() {{ {body} }}\n"
    file = parse(source.encode())
    found = [one for one in find_functions(file).functions if one.ref.name == "work"]
    return Analysis(file, found[0].node)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("v.push_back(1); sort(v.begin(), v.end());", False),
        ("for (int x : v) cout << x;", False),
        ("for (auto& x : v) cout << x;", False),
        ("fill_in(v);", False),
        ("vector<int> w = v; w = v;", False),
        ("for (auto& x : v) x = 1;", True),
        ("int& r = v[0];", True),
        ("R r = v[0];", True),
        ("decltype(auto) r = v[0];", True),
        ("auto& r = (v = {1});", True),
        ("auto it = v.insert(v.begin(), 1); *it = 2;", True),
        ("keep(v);", True),
        ("unknown(v);", True),
        ("vector<int> w; w.swap(v);", True),
        ("auto f = [&] { v[0] = 1; };", True),
        ("vector<int> w; v = move(w);", True),
    ],
)
def test_what_lends_a_vector(body: str, expected: bool) -> None:
    before = (
        "typedef int& R; vector<int>* kept; void keep(vector<int>& p) { kept = &p; } "
        "void fill_in(vector<int>& p) { p.push_back(1); }"
    )
    analysis = analysis_of("vector<int> v; " + body, before)
    (variable,) = (one for one in analysis.scopes.variables if one.name == b"v")
    assert is_lent(analysis, variable) is expected
