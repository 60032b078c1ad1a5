"""Which uses of a container leave a way to its elements behind."""

import pytest

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.scope import Variable
from pie_lsp.propose.values_only import leaves_no_handle, only_looks

FRAME = """\
#include <bits/stdc++.h>
using namespace std;
int first(const vector<int> &v) {{ return v[0]; }}
void take(vector<int> &v);
void work(int k, set<int> seen) {{
    vector<int> v;
    {}
}}
"""


def of_v(body: str) -> tuple[Analysis, Variable]:
    file = parse(FRAME.format(body).encode())
    (node,) = (one.node for one in find_functions(file).functions if one.ref.name == "work")
    analysis = Analysis(file, node)
    (variable,) = (one for one in analysis.scopes.variables if one.name == b"v")
    return analysis, variable


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("v.push_back(k);", True),
        ("cin >> v[k];", True),
        ("int m = first(v);", True),
        ("seen.insert(v.begin(), v.end());", True),
        ("int m = *min_element(v.begin(), v.end());", True),
        ("if (v.end() - v.begin() > k) k++;", True),
        ("auto it = v.begin();", False),
        ("auto &m = *min_element(v.begin(), v.end());", False),
        ("int &last = v.emplace_back(k);", False),
        ("auto it = v.insert(v.end(), k);", False),
        ("int *p = v.data();", False),
        ("take(v);", False),
        ("for (int &x : v) take2(x);", False),
        ("for (int &x : v) x++;", True),
    ],
)
def test_handles(body: str, expected: bool) -> None:
    analysis, variable = of_v(body)
    uses = analysis.uses(variable)
    assert uses and all(leaves_no_handle(analysis, use) for use in uses) is expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [("k = v[0];", True), ("cout << v[0];", True), ("swap(k, v[0]);", False), ("v[0] = k;", False)],
)
def test_looking(body: str, expected: bool) -> None:
    analysis, variable = of_v(body)
    uses = analysis.uses(variable)
    assert uses and all(only_looks(analysis, use, variable.leaf.id) for use in uses) is expected
