import threading
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tree_sitter import Node, Parser

from pie_lsp.cpp.annotations import count_errors
from pie_lsp.cpp.mask import mask
from pie_lsp.cpp.parse import language, parse, parse_with, reparse
from pie_lsp.cpp.parsed import ParsedFile

SOURCE = """\
#include <bits/stdc++.h>
#define rep(i,n) for(int i=0;i<(n);i++)
using namespace std; // 表
int sum(const vector<int>& v) {
    int s = 0;
    rep(i, v.size()) { s += v[i]; }
    return s;
}
int main() {
    int n;
    cin >> n;
    vector<int> v(n);
    rep(i, n) cin >> v[i];
    cout << sum(v) << endl;
}
""".encode()
SNIPPETS = [
    b"",
    b" ",
    b"\n",
    b"x",
    b";",
    b"{",
    b"}",
    b"(",
    b")",
    b"int y = 1;",
    b"rep(j, 3) { }",
    b"/*",
    b"*/",
    b'"',
]
SNIPPETS += [
    "// 😀\n".encode(),
    b"\r",
    b"\r\n",
    b"\xff",
    b"if (n) ",
    b"#define rep(i,n) f(i,n)\n",
    b"#undef rep\n",
]
Shape: TypeAlias = tuple[str, int, int, bool, tuple["Shape", ...]]


def shape(node: Node) -> Shape:
    return (node.type, node.start_byte, node.end_byte, node.is_missing, tuple(map(shape, node.children)))


def is_whole(file: ParsedFile) -> bool:
    """Whether `file` is what parsing the whole would give, with the same annotations."""
    again = Parser(language()).parse(mask(file.data, file.annotations))
    return file.masked == mask(file.data, file.annotations) and shape(file.tree.root_node) == shape(
        again.root_node
    )


def test_what_competitive_programmers_write_is_read_without_an_error() -> None:
    file = parse(SOURCE)
    assert not file.tree.root_node.has_error
    assert file.data == SOURCE
    loops = [node for node in _all(file.tree.root_node) if node.type == "for_statement"]
    assert [file.text(node).split(b" ", 1)[0] for node in loops] == [b"rep(i,", b"rep(i,"]


def _all(node: Node) -> list[Node]:
    return [node, *(below for child in node.children for below in _all(child))]


@settings(max_examples=50)
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(SNIPPETS)), max_size=4))
def test_parsing_after_edits_is_parsing_the_whole(edits: list[tuple[float, int, bytes]]) -> None:
    file = parse(SOURCE)
    for place, length, snippet in edits:
        start = int(place * len(file.data))
        file = reparse(file, file.data[:start] + snippet + file.data[start + length :])
        assert is_whole(file)


@settings(max_examples=50)
@given(st.lists(st.sampled_from([b"x", b" ", b"\n", b"// y\n", b"int z;\n"]), max_size=6))
def test_parsing_while_typing_between_functions_is_parsing_the_whole(typed: list[bytes]) -> None:
    file = parse(SOURCE)
    at = SOURCE.index(b"int main")
    for snippet in typed:
        file = reparse(file, file.data[:at] + snippet + file.data[at:])
        at += len(snippet)
        assert is_whole(file)
        assert shape(file.tree.root_node) == shape(parse(file.data).tree.root_node)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"#define rep(i,n) for(int i=0;i<(n);i++)\n", b""),
        (b"#define rep(i,n)", b"#define per(i,n)"),
        (b"for(int i=0;i<(n);i++)", b"f(i,n);"),
    ],
)
def test_a_changed_definition_changes_every_use(old: bytes, new: bytes) -> None:
    file = reparse(parse(SOURCE), SOURCE.replace(old, new))
    assert is_whole(file)
    assert b"for(;;)" not in file.masked
    assert is_whole(reparse(file, SOURCE))


def test_the_old_version_is_left_as_it_was() -> None:
    file = parse(SOURCE)
    before = shape(file.tree.root_node)
    reparse(file, SOURCE.replace(b"int s", b"long long total, s"))
    assert shape(file.tree.root_node) == before


def test_a_change_that_the_parser_does_not_see_keeps_the_tree() -> None:
    file = parse(SOURCE)
    again = reparse(file, SOURCE.replace("表".encode(), "示".encode()))
    assert again.tree is file.tree
    assert "示".encode() in again.data


def test_only_what_changed_is_read_again() -> None:
    # Nodes that tree-sitter takes over from the old tree keep their identity.
    data = b"".join(b"int f%d(int x) { return x + %d; }\n" % (number, number) for number in range(200))
    file = parse(data)
    again = reparse(file, data.replace(b"x + 150", b"x * 150"))
    kept = {node.id for node in _all(file.tree.root_node)} & {node.id for node in _all(again.tree.root_node)}
    assert len(kept) > 0.9 * len(_all(again.tree.root_node))


def test_annotations_are_kept_and_looked_for_again_when_errors_appear() -> None:
    data = b"class API Foo : Base { int f() { return 1; } };\n"
    file = reparse(parse(data), data + b"int g() { return 2; }\n")
    assert file.annotations == {b"API"}
    more = reparse(file, data + b"int g() QUIET { return 2; }\n")
    assert more.annotations == {b"API", b"QUIET"}
    assert count_errors(more.tree.root_node) == 0
    assert is_whole(more)


def test_named_annotations_are_taken_as_told() -> None:
    data = b"class API Foo : Base { };"
    assert parse_with(data, frozenset()).tree.root_node.has_error
    assert not parse_with(data, frozenset((b"API",))).tree.root_node.has_error


@pytest.mark.parametrize(
    "data", [b"", b"\0", b"}}}}", b"\xff" * 50, b'R"(', b"/*", b"#define", b"#if\n" * 40, b"(" * 300]
)
def test_nothing_is_too_broken_to_parse(data: bytes) -> None:
    assert is_whole(parse(data))


def test_threads_parse_at_the_same_time() -> None:
    expected = shape(parse(SOURCE).tree.root_node)
    found: list[bool] = []

    def work() -> None:
        found.extend(shape(parse(SOURCE).tree.root_node) == expected for _ in range(10))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 40
