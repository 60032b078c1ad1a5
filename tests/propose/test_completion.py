"""Which loops surely make all their rounds."""

import pytest

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.idioms import counted_loop
from pie_lsp.cpp.parse import parse
from pie_lsp.propose.completion import makes_all_rounds

FRAME = """\
#include <bits/stdc++.h>
using namespace std;
{before}
int total;
void work(int n, const vector<int> &given, vector<string> &words) {{
    {body}
}}
"""


def completes(body: str, before: str = "") -> bool:
    file = parse(FRAME.format(body=body, before=before).encode())
    (node,) = (one.node for one in find_functions(file).functions if one.ref.name == "work")
    analysis = Analysis(file, node)
    loops = [counted_loop(analysis, one) for one in analysis.of_type("for_statement", "for_range_loop")]
    assert len(loops) == 1 and loops[0] is not None
    return makes_all_rounds(analysis, loops[0])


@pytest.mark.parametrize(
    "body",
    [
        "for (int i = 0; i < n; i++) cin >> words[i];",
        'scanf("%d", &n); for (int i = 0; i < n; i++) { int x; scanf("%d", &x); }',
        "for (int i = 0; i < total; i++) words.push_back(to_string(i));",
        "for (int i = 0; i < 5; i++) cout << min(i, n) << words[i].size();",
        "for (int i = 0; i < (int)given.size(); i++) n += given.at(i);",
        "for (int x : given) unknown(x);",
    ],
)
def test_complete(body: str) -> None:
    assert completes(body)


@pytest.mark.parametrize(
    ("body", "before"),
    [
        ("for (int i = 0; i < n; i++) unknown(i);", ""),
        ("for (int i = 0; i < n; i++) words[i].erase(n);", ""),
        ("for (int i = 0; i < n; i++) words.at(i);", ""),
        ("for (int i = 0; i < n; i++) n--;", ""),
        ("for (int i = 0; i < n; i++) cin >> n;", ""),
        ("int *p = &total; for (int i = 0; i < total; i++) *p = 0;", ""),
        ("for (int i = 0; i < 5; i++) n++;", "void stop() { exit(0); }"),
        ("for (int i = 0; i < 5; i++) n++;", "#define CHECK(x) assert(x)"),
        ("for (int i = 0; i < 5; i++) n++;", "struct S { S(string s) { s.at(9); } };"),
    ],
)
def test_may_end_early(body: str, before: str) -> None:
    assert not completes(body, before)
