"""The shapes that rules look for."""

import re

import pytest

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.idioms import (
    CountedLoop,
    counted_loop,
    is_always_run,
    library_name,
    method_call,
    range_call,
    says,
)
from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.scope import walk

NAMES = frozenset({b"find", b"sort"})


def analysis_of(body: str) -> Analysis:
    head = "#include <bits/stdc++.h>\nusing namespace std;\n#define N 9\n"
    parameters = "vector<int> v, int n, size_t m, double d, map<int, int> counts"
    file = parse(f"{head}void f({parameters}) {{ {body} }}\n".encode())
    return Analysis(file, next(n for n in walk(file.tree.root_node) if n.type == "function_definition"))


def loop_of(body: str) -> CountedLoop | None:
    found = analysis_of(body)
    node = next(iter(found.of_type("for_statement", "for_range_loop", "while_statement")))
    return counted_loop(found, node)


@pytest.mark.parametrize(
    ("body", "rounds", "signed"),
    [
        ("for (int i = 0; i < n; i++) { }", b"n", True),
        ("for (int i = 1; i <= n; ++i) n + i;", b"n", True),
        ("for (size_t i = 0; i < m; i++) { }", b"m", False),
        ("for (int i = 0; i < 10; i++) { }", b"10", False),
        ("for (size_t i = 0; i < v.size(); i++) { }", b"v.size()", False),
        ("for (int i = 0; i < (int)v.size(); i++) { }", b"v.size()", False),
        ("for (int x : v) { }", b"v.size()", False),
        ("for (auto [k, c] : counts) { }", b"counts.size()", False),
    ],
)
def test_counted_loops(body: str, rounds: bytes, signed: bool) -> None:
    found = loop_of(body)
    assert found is not None
    assert (found.rounds, found.may_be_negative) == (rounds, signed)


@pytest.mark.parametrize(
    "body",
    [
        "for (int i = 1; i < n; i++) { }",
        "for (int i = 0; i <= n; i++) { }",
        "for (int i = 0; i < n; i += 2) { }",
        "for (int i = 0; i < n; i--) { }",
        "for (int i = 0; i < n; i++) i++;",
        "for (int i = 0; i < n; i++) cin >> i;",
        "for (int i = 0; i < n; i++) break;",
        "for (int i = 0; i < n; i++) if (i) return;",
        "for (int i = 0; i < n; i++) if (i) continue;",
        "for (int i = 0; i < n; i++) exit(0);",
        "for (int i = 0, j = 0; i < n; i++) { }",
        "for (double i = 0; i < n; i++) { }",
        "for (int i = 0; i < d; i++) { }",
        "for (int i = 0; i < N; i++) { }",
        "for (int i = 0; i < n - 1; i++) { }",
        "for (int i = 0; n > i; i++) { }",
        "int i; for (i = 0; i < n; i++) { }",
        "for (;;) { }",
        "while (n--) { }",
        "for (int x : unknown()) { }",
    ],
)
def test_loops_that_are_not_counted(body: str) -> None:
    assert loop_of(body) is None


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ("find(v.begin(), v.end(), n)", True),
        ("std::find(v.begin(), v.end(), n)", True),
        ("sort(v.begin(), v.end())", True),
        ("find(v.begin(), v.end() - 1, n)", False),
        ("find(v.begin(), counts.end(), n)", False),
        ("find(v.rbegin(), v.rend(), n)", False),
        ("mine::find(v.begin(), v.end(), n)", False),
        ("reverse(v.begin(), v.end())", False),
        ("find(n)", False),
    ],
)
def test_algorithms_over_a_whole_container(call: str, found: bool) -> None:
    analysis = analysis_of(call + ";")
    node = next(iter(analysis.of_type("call_expression")))
    site = range_call(analysis, node, NAMES)
    assert (site is not None) == found
    if site is not None:
        assert analysis.text(site.container) == b"v"
        assert analysis.text(site.callee) == site.name


def test_member_calls() -> None:
    analysis = analysis_of("v.insert(v.begin(), /* first */ n);")
    call = method_call(analysis, next(iter(analysis.of_type("call_expression"))))
    assert call is not None
    assert (analysis.text(call.base), call.name) == (b"v", b"insert")
    assert [analysis.text(node) for node in call.arguments] == [b"v.begin()", b"n"]
    analysis = analysis_of("p->size(); v[0].size(); size();")
    assert [method_call(analysis, node) for node in analysis.of_type("call_expression")] == [None] * 3


@pytest.mark.parametrize(
    ("condition", "always"),
    [
        ("n < g()", True),
        ("(g() > 1) && n", True),
        ("n && g()", False),
        ("n || g() < 3", False),
        ("n ? g() : 1", False),
        ("g() ? n : 1", True),
        ("[&] { return g(); }", False),
    ],
)
def test_what_a_condition_always_evaluates(condition: str, always: bool) -> None:
    analysis = analysis_of(f"while ({condition}) {{ }}")
    loop = next(iter(analysis.of_type("while_statement")))
    call = next(n for n in analysis.of_type("call_expression") if analysis.text(n) == b"g()")
    clause = loop.child_by_field_name("condition")
    assert clause is not None
    assert is_always_run(call, clause) == always


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("int x; // reverse", b"reverse"),
        ('puts("reverse");', b"reverse"),
        ("int reverse = 0;", b"std::reverse"),
        ("reverse(v.begin(), v.end());", b"std::reverse"),
    ],
)
def test_a_name_of_the_library_is_qualified_where_it_is_taken(body: str, expected: bytes) -> None:
    assert library_name(analysis_of(body), b"reverse") == expected


def test_what_the_program_says() -> None:
    found = analysis_of("n = 1;")
    assert says(found, re.compile(rb"\bdefine N 9")) and not says(found, re.compile(rb"bits|exit"))
    header = Analysis(found.file, found.function, (b"void stop() { exit(0); }",))
    assert says(header, re.compile(rb"\bexit\b"))
