import pytest

from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (b"int f() {}", ["f"]),
        (b"int *f() {}", ["f"]),
        (b"const string& f() {}", ["f"]),
        (b"int (*f())(int) {}", ["f"]),
        (b"auto f() -> int {}", ["f"]),
        (b"[[nodiscard]] static inline int f() {}", ["f"]),
        (b"template <> int f<int>(int x) {}", ["f"]),
        (b'extern "C" int f() {}', ["f"]),
        (b'extern "C" { int f() {} }', ["f"]),
        (b"bool operator < (A a, A b) {}", ["operator<"]),
        (b"A& A::operator = (const A& a) {}", ["A::operator="]),
        (b"bool A::operator () (int a) const {}", ["A::operator()"]),
        (b"int& A::operator [] (int i) {}", ["A::operator[]"]),
        (b"void* operator new (size_t n) {}", ["operator new"]),
        (b"A::operator  bool () const {}", ["A::operator bool"]),
        (b"struct A { operator const B& () {} };", ["A::operator const B&"]),
        (b'long operator""_km(unsigned long long v) {}', ['operator""_km']),
        (b"A::A() {} A::~A() {}", ["A::A", "A::~A"]),
        (b"struct A { A() {} ~ A() {} };", ["A::A", "A::~A"]),
        (b"namespace a::b { namespace { struct C { void f() {} }; } }", ["a::b::C::f"]),
        (b"template <class T> T Foo<T>::g() {}", ["Foo::g"]),
        (b"void a::b::C::f() {}", ["a::b::C::f"]),
        (b"namespace a { void b::f() {} }", ["a::b::f"]),
        (b"struct A { friend bool operator==(A a, A b) {} };", ["operator=="]),
        (b"template <> struct Hash<A> { size_t operator()(A a) {} };", ["Hash::operator()"]),
    ],
)
def test_names_are_those_a_user_would_type(data: bytes, names: list[str]) -> None:
    table = find_functions(parse(data))
    assert table.refused == ()
    assert [one.ref.qualified_name for one in table.functions] == names
    assert [one.ref.name for one in table.functions] == [name.rpartition("::")[2] for name in names]


def test_the_name_stands_where_it_is_written() -> None:
    data = b"struct A { operator const B& () {} bool operator < (A a) {} };"
    refs = [one.ref.name_span for one in find_functions(parse(data)).functions]
    assert [data[span.start : span.end] for span in refs] == [b"operator const B&", b"operator <"]
