"""What a call calls, and how it takes its arguments."""

import pytest
from tree_sitter import Node

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.calls import is_library_call, returns_value, sole_definition, takes_a_look
from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse


def analysis_of(body: str, before: str = "") -> Analysis:
    source = f"#include <bits/stdc++.h>\nusing namespace std;\n{before}\nvoid work() {{ {body} }}\n"
    file = parse(source.encode())
    found = [one for one in find_functions(file).functions if one.ref.name == "work"]
    return Analysis(file, found[0].node)


def calls_in(analysis: Analysis) -> list[Node]:
    return list(analysis.of_type("call_expression"))


@pytest.mark.parametrize(
    ("body", "before", "expected"),
    [
        ("sort();", "", True),
        ("std::sort();", "int sort();", True),
        ("sort();", "int sort();", False),
        ("int sort = 1; sort();", "", False),
    ],
)
def test_a_name_of_the_library_may_be_the_users(body: str, before: str, expected: bool) -> None:
    analysis = analysis_of(body, before)
    assert is_library_call(analysis, calls_in(analysis)[0], frozenset({b"sort"})) is expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("vector<int> f() { return {}; }", True),
        ("void f() {}", True),
        ("vector<int>& f() { return g; }", False),
        ("auto f() -> vector<int>& { return g; }", False),
        ("typedef vector<int>& R; R f() { return g; }", False),
        ("decltype(auto) f() { return (g); }", False),
    ],
)
def test_what_may_be_a_reference_is_no_value(before: str, expected: bool) -> None:
    analysis = analysis_of("", before)
    definition = sole_definition(analysis, b"f")
    assert definition is not None and returns_value(analysis, definition) is expected


@pytest.mark.parametrize(
    ("parameter", "expected"),
    [
        ("vector<int> p", True),
        ("const vector<int>& p", True),
        ("vector<int>& p", False),
        ("int p[]", False),
        ("int* p", False),
        ("auto p", False),
    ],
)
def test_only_copies_and_const_references_just_look(parameter: str, expected: bool) -> None:
    analysis = analysis_of("vector<int> v; f(v);", f"void f({parameter}) {{}}")
    call = calls_in(analysis)[0]
    given = call.child_by_field_name("arguments")
    assert given is not None
    argument = given.named_children[0]
    assert takes_a_look(analysis, call, argument) is expected
