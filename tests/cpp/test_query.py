import pytest
from tree_sitter import QueryError

from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.query import ancestors, captures, enclosing

SOURCE = b"""\
#define rep(i,n) for(int i=0;i<(n);i++)
int f(int n) {
    rep(i, size(v)) { v[i] = h(g(i)); }
    return v[0];
}
"""


def test_captures_are_in_the_order_of_the_file() -> None:
    file = parse(SOURCE)
    found = captures("(call_expression function: (identifier) @name) @call", file.tree.root_node)
    assert [file.text(node) for node in found["name"]] == [b"h", b"g"]
    assert [file.text(node) for node in found["call"]] == [b"h(g(i))", b"g(i)"]


def test_only_what_lies_below_the_node_is_captured() -> None:
    file = parse(b"int a = f(); int b = g();")
    last = file.tree.root_node.children[-1]
    assert [file.text(node) for node in captures("(call_expression) @call", last)["call"]] == [b"g()"]


def test_a_malformed_query_is_an_error() -> None:
    with pytest.raises(QueryError):
        captures("(no_such_node) @x", parse(b"").tree.root_node)


def test_ancestors_lead_to_the_root() -> None:
    file = parse(SOURCE)
    call = captures("(call_expression) @call", file.tree.root_node)["call"][0]
    assert next(iter(ancestors(call))).type == "assignment_expression"
    assert list(ancestors(call))[-1] == file.tree.root_node


def test_the_nearest_of_the_types_is_found() -> None:
    file = parse(SOURCE)
    call = captures("(call_expression) @call", file.tree.root_node)["call"][0]
    loop = enclosing(call, "for_statement", "function_definition")
    assert loop is not None
    assert file.text(loop).startswith(b"rep(i, size(v))")
    assert enclosing(call, "lambda_expression") is None
