import pytest

from pie_lsp.cpp.definitions import definitions
from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.query import captures


def walk(data: bytes) -> list[tuple[bytes, tuple[str, ...]]]:
    """The first word of the outermost node of each definition, and the scopes around it."""
    file = parse(data)
    return [(file.text(one.outer).split()[0], one.scopes) for one in definitions(file)]


@pytest.mark.parametrize(
    ("data", "outer"),
    [
        (b"void f() {}", b"void"),
        (b"template <class T> void f() {}", b"template"),
        (b"template <class T> template <class U> void A<T>::f() {}", b"template"),
        (b"struct A { template <class T> friend void f(T t) {} };", b"template"),
        (b'extern "C" void f() {}', b"extern"),
        (b'extern "C" { void f() {} }', b"void"),
        (b"template <class T> struct A { void f() {} };", b"void"),
    ],
)
def test_what_belongs_to_a_definition_is_around_it(data: bytes, outer: bytes) -> None:
    assert [first for first, _ in walk(data)] == [outer]


@pytest.mark.parametrize(
    "data",
    [
        b"#if A\nvoid f() {}\n#elif B\nvoid g() {}\n#else\nvoid h() {}\n#endif\n",
        b"#ifdef A\nnamespace n {\n#endif\nvoid f() {}\nvoid g() {}\nvoid h() {}\n#ifdef A\n}\n#endif\n",
        b"struct { void f() {} } x; void g() {} auto l = [] { struct S { void h() {} }; };",
        b"void f() { if (a) { union U { void g() {} }; } } class C; void h() {}",
        b"void f() { x(); }\n;;\nvoid g() {}\nusing namespace std;\nvoid h() {}",
    ],
)
def test_they_are_found_wherever_they_stand(data: bytes) -> None:
    assert len(walk(data)) == 3


def test_the_walk_finds_what_a_query_finds() -> None:
    data = b"""\
namespace n { struct A { void f() { REP(i, n) { struct B { void m() {} }; } } A() {} }; }
template <class T> void g(T t) { auto l = [&] { struct C { bool operator()() { return 1; } }; }; }
#if X
void h() { for (;;) { each(x) { y(); } } }
#endif
"""
    file = parse(data)
    found = captures("(function_definition) @f", file.tree.root_node)["f"]
    phantoms = [node for node in found if file.text(node).startswith((b"REP", b"each"))]
    assert [one.node for one in definitions(file)] == [node for node in found if node not in phantoms]
    assert (len(found), len(phantoms)) == (8, 2)


@pytest.mark.parametrize(
    "piece", [b"struct S{void f(){", b"struct S{", b"void f(){", b"f(){", b"namespace n{", b"{("]
)
def test_a_file_that_was_made_to_be_slow_is_walked_to_its_end(piece: bytes) -> None:
    # Where every node asked for its parents, this would take hours.
    file = parse(piece * 20_000 + b"}" * 20_000)
    assert all(len(one.scopes) < 250 for one in definitions(file))
