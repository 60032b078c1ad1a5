"""The types of expressions, as far as they can be read off."""

import pytest

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.expressions import type_of
from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.scope import walk

HEAD = """\
using namespace std;
struct Book { string title; int year = 0; vector<int> pages; };
"""
PARAMETERS = (
    "vector<string> words, vector<vector<long long>> grid, map<string, int> m, pair<int, string> p, "
    "int n, unsigned u, long long big, char c, string s, Book book, char a[5], int table[3][4], int *q"
)


def shown(expression: str, before: str = "") -> str | None:
    file = parse(f"{HEAD}void f({PARAMETERS}) {{ {before} use(({expression})); }}\n".encode())
    function = next(n for n in walk(file.tree.root_node) if n.type == "function_definition")
    found = Analysis(file, function)
    call = next(n for n in found.nodes if n.type == "call_expression" and found.text(n).startswith(b"use("))
    kind = type_of(found, call.named_children[-1].named_children[0])
    return None if kind is None else kind.name


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ("n", "int"),
        ("1", "int"),
        ("3000000000", "long"),
        ("1ULL", "unsigned long long"),
        ("'x'", "char"),
        ("n + 1", "int"),
        ("n + u", "unsigned int"),
        ("n + big", "long long"),
        ("c + c", "int"),
        ("n < 3", "bool"),
        ("words", "vector"),
        ("words[n]", "string"),
        ("words[0][1]", "char"),
        ("words.size()", "unsigned long"),
        ("grid[1][2]", "long long"),
        ("grid[1].back()", "long long"),
        ("p.second", "string"),
        ("book.title", "string"),
        ("book.year", "int"),
        ("book.pages[0]", "int"),
        ("s + 'x'", "string"),
        ("s.substr(1)", "string"),
        ("to_string(n)", "string"),
        ("(long long)n", "long long"),
        ("a[0]", "char"),
        ("q[0]", "int"),
    ],
)
def test_types(expression: str, name: str) -> None:
    assert shown(expression) == name


@pytest.mark.parametrize(
    "expression",
    ["m[s]", "unknown", "f()", "0x10", "1.5", "table[0]", "table", "q", "book.other", "n ? n : u", "-n"],
)
def test_what_is_not_certain_has_no_type(expression: str) -> None:
    assert shown(expression) is None


def test_loop_variables_and_iterators() -> None:
    loop = "for (auto w : words) for (auto [k, v] : m) "
    assert shown("w", loop) == "string"
    assert shown("k", loop) == "string"
    assert shown("v", loop) == "int"
    assert shown("*it", "auto it = words.begin();") == "string"
    assert shown("it->size()", "auto it = words.begin();") is not None
    assert shown("*it", "auto it = other();") is None
