"""Where an iterator goes decides whether it only looked."""

import pytest
from tree_sitter import Node

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.handles import Fate, fate_of
from pie_lsp.cpp.parse import parse


def analysis_of(body: str, before: str = "") -> Analysis:
    source = f"#include <bits/stdc++.h>\nusing namespace std;\n{before}\nvoid work() {{ {body} }}\n"
    file = parse(source.encode())
    found = [one for one in find_functions(file).functions if one.ref.name == "work"]
    return Analysis(file, found[0].node)


def calls_in(analysis: Analysis) -> list[Node]:
    return list(analysis.of_type("call_expression"))


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("n = *v.begin();", Fate.LOOKS),
        ("n = v.begin() == w.end();", Fate.LOOKS),
        ("n = max_element(v.begin(), v.end()) - v.begin();", Fate.LOOKS),
        ("auto it = v.begin(); n = *it; ++it;", Fate.LOOKS),
        ("vector<int> copy(v.begin(), v.end());", Fate.LOOKS),
        ("n = v.begin()[1];", Fate.LOOKS),
        ("*v.begin() = 1;", Fate.WRITES),
        ("*max_element(v.begin(), v.end()) -= 3;", Fate.WRITES),
        ("(*v.begin())++;", Fate.WRITES),
        ("cin >> *v.begin();", Fate.WRITES),
        ("sort(v.begin(), v.end());", Fate.WRITES),
        ("swap(*v.begin(), n);", Fate.WRITES),
        ("auto it = v.begin(); *it = 1;", Fate.KEPT),
        ("auto it = v.begin(); auto other = it; *other = 1;", Fate.KEPT),
        ("int& r = *v.begin();", Fate.KEPT),
        ("int* p = &*v.begin();", Fate.KEPT),
        ("unknown(v.begin());", Fate.KEPT),
        ("auto f = [it = v.begin()] { *it = 1; };", Fate.KEPT),
    ],
)
def test_the_fate_of_an_iterator(statement: str, expected: Fate) -> None:
    analysis = analysis_of("vector<int> v, w; int n; " + statement)
    (first, *_) = (call for call in calls_in(analysis) if analysis.text(call) == b"v.begin()")
    assert fate_of(analysis, first) is expected
