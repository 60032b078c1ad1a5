import pytest
from tree_sitter import Node, QueryError

from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.query import (
    ancestors,
    captures,
    descendants,
    enclosing,
    hidden_words,
    in_block,
    is_error_free,
    is_phantom,
    is_vexing,
    matches,
)
from pie_lsp.values.span import Span

SOURCE = b"""\
#define rep(i,n) for(int i=0;i<(n);i++)
int f(int n) {
    vector<int> v(n);
    FOR(j, n) { g(j); }
    rep(i, size(v)) { v[i] = h(i); }
    return v[0];
}
"""


def texts(file: ParsedFile, nodes: list[Node]) -> list[bytes]:
    return [file.text(node) for node in nodes]


def test_captures_are_in_the_order_of_the_file() -> None:
    file = parse(SOURCE)
    found = captures("(call_expression function: (identifier) @name) @call", file.tree.root_node)
    assert texts(file, found["name"]) == [b"g", b"h"]
    assert texts(file, found["call"]) == [b"g(j)", b"h(i)"]


def test_matches_keep_what_belongs_together() -> None:
    file = parse(b"int a = x + 1, b = y + 2;")
    found = matches("(binary_expression left: (_) @left right: (_) @right)", file.tree.root_node)
    assert [(texts(file, one["left"]), texts(file, one["right"])) for one in found] == [
        ([b"x"], [b"1"]),
        ([b"y"], [b"2"]),
    ]


def test_a_malformed_query_is_an_error() -> None:
    with pytest.raises(QueryError):
        captures("(no_such_node) @x", parse(b"").tree.root_node)


def test_what_a_block_cannot_hold_is_told() -> None:
    file = parse(SOURCE)
    root = file.tree.root_node
    every = captures("(function_definition) @f", root)["f"]
    assert [is_phantom(node) for node in every] == [False, True]
    declarators = captures("(function_declarator) @d", root)["d"]
    assert [(file.text(node), is_vexing(node)) for node in declarators] == [
        (b"f(int n)", False),
        (b"v(n)", True),
        (b"FOR(j, n)", True),
    ]


def test_walks_leave_phantoms_out() -> None:
    file = parse(SOURCE)
    calls = [file.text(node) for node in descendants(file.tree.root_node, "call_expression")]
    assert calls == [b"h(i)"]
    everything = list(descendants(file.tree.root_node))
    assert everything == sorted(everything, key=lambda node: (node.start_byte, -node.end_byte))


def test_methods_of_local_classes_are_no_phantoms() -> None:
    file = parse(b"void f() { struct S { void m() { } }; }")
    every = captures("(function_definition) @f", file.tree.root_node)["f"]
    assert [(in_block(node), is_phantom(node)) for node in every] == [(False, False), (False, False)]


def test_ancestors_lead_to_the_root() -> None:
    file = parse(SOURCE)
    call = captures("(call_expression) @call", file.tree.root_node)["call"][-1]
    assert next(iter(ancestors(call))).type == "assignment_expression"
    assert list(ancestors(call))[-1] == file.tree.root_node
    loop = enclosing(call, "for_statement", "while_statement")
    assert loop is not None
    assert file.text(loop).startswith(b"rep(i, size(v))")
    assert enclosing(call, "lambda_expression") is None


def test_errors_are_told_node_by_node() -> None:
    file = parse(b"int f() { return 1 +; }\nint g() { return 2; }")
    every = captures("(function_definition) @f", file.tree.root_node)["f"]
    assert [is_error_free(node) for node in every] == [False, True]


def test_names_in_masked_macros_are_not_lost() -> None:
    file = parse(SOURCE)
    whole = Span(0, len(SOURCE))
    assert hidden_words(file, whole) == {b"rep", b"i", b"size", b"v"}
    assert hidden_words(file, Span(0, SOURCE.index(b"rep(i, size"))) == frozenset()


def test_letters_outside_ascii_are_not_hidden() -> None:
    data = "int 変 = 1; // 表".encode()
    assert hidden_words(parse(data), Span(0, len(data))) == frozenset()
