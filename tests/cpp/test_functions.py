import hashlib

import pytest

from pie_lsp.cpp.functions import find_functions, select
from pie_lsp.cpp.parse import parse
from pie_lsp.values.errors import InputError
from pie_lsp.values.function import FunctionRef

PROGRAM = b"""\
#include <bits/stdc++.h>
#define rep(i,n) for(int i=0;i<(n);i++)
using namespace std;
template <class T>
T best(const vector<T>& v) { return v[0]; }
struct Graph {
    int n;
    explicit Graph(int size) : n(size) { add(1); }
    void add(int x);
};
void Graph::add(int x) { n += x; }
int solve() {
    vector<int> v(3);
    rep(i, 3) { v[i] = i; }
    auto twice = [](int x) { return 2 * x; };
    return twice(best(v));
}
int solve(int n) { return n; }
int main() { cout << solve() << endl; }
"""


def refs(data: bytes) -> list[FunctionRef]:
    return [one.ref for one in find_functions(parse(data)).functions]


def labels(data: bytes) -> list[str]:
    return [ref.label for ref in refs(data)]


def test_every_definition_is_listed_in_the_order_of_the_file() -> None:
    assert labels(PROGRAM) == ["best@5", "Graph@8", "add@11", "solve@12", "solve@18", "main@19"]


def test_a_reference_says_where_everything_stands() -> None:
    ref = refs(PROGRAM)[0]
    text = PROGRAM[ref.span.start : ref.span.end]
    assert text.startswith(b"template <class T>")
    assert text.endswith(b"{ return v[0]; }")
    assert PROGRAM[ref.header.start : ref.header.end] == b"template <class T>\nT best(const vector<T>& v) "
    assert PROGRAM[ref.name_span.start : ref.name_span.end] == b"best"
    assert PROGRAM[ref.body.start : ref.body.end] == b"{ return v[0]; }"
    assert ref.fingerprint == hashlib.sha256(text).hexdigest()


def test_a_constructor_s_initialisers_belong_to_its_header() -> None:
    ref = refs(PROGRAM)[1]
    assert PROGRAM[ref.header.start : ref.header.end] == b"explicit Graph(int size) : n(size) "


def test_the_nodes_are_those_of_the_definition_and_its_body() -> None:
    file = parse(PROGRAM)
    for one in find_functions(file).functions:
        assert one.node.type == "function_definition"
        assert (one.body.type, file.span(one.body)) == ("compound_statement", one.ref.body)


@pytest.mark.parametrize(
    "data",
    [
        b"int f();",
        b"struct S { S() = default; S(int) = delete; virtual int f() = 0; };",
        b"auto f = [](int x) { return x; };",
        b"struct S { int x; } s;",
        b"enum E { A }; union U { int a; }; namespace n { int x; }",
        b"int a[] = {1, 2};",
        b"#define f() int g() { return 1; }\n",
        b"// int f() { }\n",
        b'const char *s = "int f() { }";',
        b"template <class T> concept C = requires(T t) { t.x(); };",
    ],
)
def test_what_defines_no_function_is_not_listed(data: bytes) -> None:
    table = find_functions(parse(data))
    assert (table.functions, table.refused) == ((), ())


@pytest.mark.parametrize(
    "body",
    [
        b"vector<int> v(n);",
        b"vector<int> v(n), w(m);",
        b"Timer t(Clock());",
        b"REP(i, n) { x(i); }",
        b"for (;;) { REP(i, n) { x(i); } }",
        b"if (a) { each(i, n) { x(i); } }",
        b"switch (a) { case 1: { REP(i, n) { x(i); } } }",
        b"auto f = [&] { REP(i, n) { x(i); } };",
        b"int g();",
    ],
)
def test_a_block_defines_no_function_whatever_it_looks_like(body: bytes) -> None:
    data = b"int f(int n) { " + body + b" return n; }\nint g() { return 1; }"
    table = find_functions(parse(data))
    assert [one.ref.name for one in table.functions] == ["f", "g"]
    assert table.refused == ()


def test_methods_of_a_local_class_are_functions() -> None:
    data = b"void sort() { struct Less { bool operator()(int a, int b) { return a < b; } }; }"
    assert [ref.qualified_name for ref in refs(data)] == ["sort", "sort::Less::operator()"]


@pytest.mark.parametrize(
    "data",
    [
        "// 日本\nint 合計() { return 1; }\n".encode(),
        b"\xef\xbb\xbfint f() { return 1; }\n",
        b"// a\r// b\rint f() { return 1; }\r",
        b"// a\r\nint f()\r\n{ return 1; }\r\n",
        b"\f\n// a\f\nint\tf() { return 1; }",
        "// 表示\r\nint f() { return 1; } // ソ".encode("cp932"),
        "// é\nint f() { /* ä */ return 1; }".encode("latin-1"),
        "int f() { /* 😀 */ return 1; }".encode(),
        b"// \xff\xfe\nint f() { return 1; }",
    ],
)
def test_offsets_are_those_of_the_original_bytes(data: bytes) -> None:
    (ref,) = refs(data)
    body = data[ref.body.start : ref.body.end]
    assert body.startswith(b"{")
    assert body.endswith(b"return 1; }")
    assert data[ref.span.start : ref.span.start + 3] == b"int"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"\n\nint f() { }", 3),
        (b"\r\n\r\nint f() { }", 3),
        (b"\r\rint f() { }", 3),
        (b"\f\n\v\nint\nf() { }", 4),
        (b"\n// \x85 \xe2\x80\xa8\nint f() { }", 3),
        (b"#define a \\\n b\nint f() { }", 3),
    ],
)
def test_lines_are_counted_as_editors_count(data: bytes, line: int) -> None:
    assert refs(data)[0].line == line


def test_a_line_that_continues_by_shift_jis_is_read_as_the_compiler_reads_it() -> None:
    # The second byte of the last character is a backslash, so that g++ takes f into the comment.
    data = "// 表\nint f() { return 1; }\nint g() { return 2; }\n".encode("cp932")
    assert labels(data) == ["g@3"]


class TestSelect:
    table = find_functions(parse(PROGRAM))

    @pytest.mark.parametrize("name", ["add", "Graph::add"])
    def test_by_name(self, name: str) -> None:
        assert select(self.table, name).ref.label == "add@11"

    def test_by_name_and_line(self) -> None:
        assert select(self.table, "solve", 18).ref.line == 18
        assert select(self.table, "solve", 12).ref.line == 12

    def test_several_are_offered(self) -> None:
        with pytest.raises(InputError, match="2 functions called solve: choose one of solve@12, solve@18"):
            select(self.table, "solve")

    def test_none_is_said_with_those_that_are_there(self) -> None:
        with pytest.raises(InputError, match=r"no function rep in this file; there are: best@5, .*main@19"):
            select(self.table, "rep")
        with pytest.raises(InputError, match="no function main on line 3"):
            select(self.table, "main", 3)
        with pytest.raises(InputError, match="nor any other"):
            select(find_functions(parse(b"int x;")), "main")

    def test_a_refused_one_is_said_with_its_reason(self) -> None:
        with pytest.raises(InputError, match=r"f@1 is not worked on: .* it contains assembly"):
            select(find_functions(parse(b'int f() { asm("nop"); }')), "f")
