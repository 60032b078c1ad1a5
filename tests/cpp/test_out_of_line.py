"""The attribute stands where every form of definition takes it."""

import pytest

from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.out_of_line import out_of_line
from pie_lsp.cpp.parse import parse
from pie_lsp.text.edits import apply_edits

HERE = b"HERE"


def marked(source: bytes, name: str) -> bytes | None:
    (function,) = (f for f in find_functions(parse(source)).functions if f.ref.name == name)
    edit = out_of_line(source, function, HERE)
    return None if edit is None else apply_edits(source, (edit,))


@pytest.mark.parametrize(
    "expected",
    [
        b"HERE static int f(int a) { return a; }",
        b"[[nodiscard]] HERE static int f(int a) { return a; }",
        b"template <class T> HERE T f(T a) { return a; }",
        b"template <class T> [[nodiscard]] HERE constexpr T f(T a) { return a; }",
        b"template <class T> T f(T a); template <> HERE int f<int>(int a) { return a; }",
        b'extern "C" HERE int f(int a) { return a; }',
        b"HERE auto f(int a) -> int { return a; }",
        b"__extension__ HERE int f(int a) { return a; }",
        b"HERE __attribute__((cold)) int f(int a) { return a; }",
        b"namespace n { HERE inline int f() { return 1; } }",
        b"struct S { int f(); }; HERE int S::f() { return 1; }",
        b"struct S { HERE virtual int f() const noexcept { return 1; } };",
        b"struct S { friend HERE int f(S) { return 1; } };",
        b"struct S { template <class T> HERE S &f(T) { return *this; } };",
        b"#define ll long long\nHERE ll f(ll a) { return a; }",
    ],
)
def test_it_stands_after_the_template_header_and_before_everything_else(expected: bytes) -> None:
    assert marked(expected.replace(b"HERE ", b""), "f") == expected


def test_constructors_destructors_and_operators_take_it_too() -> None:
    source = b"struct S { int x; S(int a) : x(a) {} ~S() {} explicit operator int() const { return x; } };"
    assert marked(source, "S") == source.replace(b"S(int a)", b"HERE S(int a)")
    assert marked(source, "~S") == source.replace(b"~S()", b"HERE ~S()")
    assert marked(source, "operator int") == source.replace(b"explicit", b"HERE explicit")


@pytest.mark.parametrize(
    "source",
    [
        b"int main() { return 0; }",
        b"__attribute__((always_inline)) inline int f() { return 1; }",
        b"[[gnu::always_inline]] inline int f() { return 1; }",
        b"inline __attribute__((__always_inline__)) int f() { return 1; }",
        b"inline int f(int a) __attribute__((always_inline));\nint f(int a) { return a; }",
    ],
)
def test_what_is_inlined_always_and_what_nobody_calls_is_left_alone(source: bytes) -> None:
    assert marked(source, "main" if b"main" in source else "f") is None
