import pytest

from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse

FINE = b"int fine() { return 1; }\n"
CUT = "A conditional of the preprocessor (#if) cuts it apart."


def judge(data: bytes) -> tuple[list[str], dict[str, str]]:
    table = find_functions(parse(data))
    return [one.ref.name for one in table.functions], {one.ref.name: one.reason for one in table.refused}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"int f() { return 1 +; }\n", "The parser cannot read it: there is something unknown on line 1."),
        (b"int f()\n{\n  int x = 3\n}\n", "The parser cannot read it: there is something unknown on line 3."),
        (b"int f() try { return 1; } catch (...) { return 2; }\n", "try block"),
        (b"int f() { volatile int x = 1; return x; }\n", "volatile objects"),
        (b'int f() { asm("nop"); return 1; }\n', "assembly"),
        (b'int f() { __asm__ __volatile__("nop"); return 1; }\n', "assembly"),
        (b"int f() { jmp_buf b; return setjmp(b); }\n", "setjmp"),
        (b"int f() { longjmp(b, 1); return 1; }\n", "longjmp"),
        (b"task f() { co_await x; }\n", "coroutine"),
        (b"task f() { co_yield 1; }\n", "coroutine"),
        (b"task f() { co_return 1; }\n", "coroutine"),
        (b'#define NOP asm("nop")\n#define WAIT NOP; NOP\nint f() { WAIT; return 1; }\n', "assembly"),
        (b"int f() {\n#ifdef A\n  if (x) {\n#else\n  if (y) {\n#endif\n  } return 1; }\n", None),
        (b'int f() { int a[] = {\n#include "table.inc"\n}; return a[0]; }\n', "includes another file"),
        (b"#define f g\nint f() { return 1; }\n", "f is a macro"),
        (b"f(int a) { return 1; }\n", "no return type"),
    ],
)
def test_what_is_not_read_with_confidence_is_refused_alone(data: bytes, reason: str | None) -> None:
    functions, refused = judge(data + FINE)
    assert functions == ["fine"]
    if reason is not None:
        assert list(refused) == ["f"]
        assert reason in refused["f"]


@pytest.mark.parametrize(
    "data",
    [
        b'int f() {\n#ifdef LOCAL\n  freopen("in", "r", stdin);\n#endif\n  return 1; }\n',
        b"int f() {\n#if A\n  if (x) { y(); }\n#elif B\n  z();\n#else\n  w();\n#endif\n  return 1; }\n",
        b"#ifdef A\nint f() { return 1; }\n#endif\n",
        b"int f() {\n#define LIMIT 3\n  return LIMIT;\n#undef LIMIT\n}\n",
        b'int f() { // volatile asm\n  return puts("volatile asm setjmp"); }\n',
        b"int f() { int volatile_count = 1; return volatile_count; }\n",
        b"struct f { f() { } };\n",
        b"int f() { goto end; end: return 1; }\n",
        b"int f() { return 1; };\n",
    ],
)
def test_what_is_read_with_confidence_is_not(data: bytes) -> None:
    functions, refused = judge(data + FINE)
    assert functions == ["f", "fine"]
    assert refused == {}


def test_main_needs_no_type() -> None:
    assert judge(b"main() { return 0; }") == (["main"], {})


@pytest.mark.parametrize(
    "data",
    [
        b"void f() {\n#if A\n  x();\n}\n#else\n  y();\n}\n#endif\n",
        b"#if A\nvoid f(int a) {\n#else\nvoid f(long a) {\n#endif\n  x();\n}\n",
        b"void f() {\n  if (a) {\n#if A\n  }\n#endif\n#if B\n  }\n#endif\n}\n",
    ],
)
def test_a_function_that_a_conditional_cuts_is_never_offered(data: bytes) -> None:
    assert "f" not in judge(data + FINE)[0]


def test_balanced_code_with_unbalanced_branches_is_cut() -> None:
    # Both braces of each branch pair up for the parser, but not for a compiler that sees one branch.
    data = b"void f() {\n#if A\n  if (a) {\n#endif\n  x();\n#if A\n  }\n#endif\n}\n"
    assert judge(data) == ([], {"f": CUT})


def test_macros_that_define_tests_are_refused() -> None:
    functions, refused = judge(b"TEST(Sum, Empty) { EXPECT_EQ(sum({}), 0); }\nTEST_F(A, B) { }\n" + FINE)
    assert functions == ["fine"]
    assert list(refused) == ["TEST", "TEST_F"]


def test_old_parameter_lists_are_never_offered() -> None:
    assert judge(b"int f(a, b) int a; int b; { return a; }\n" + FINE)[0] == ["fine"]


def test_a_definition_inside_a_macro_with_blanks_behind_its_backslash_is_not_offered() -> None:
    assert judge(b"#define MAKE \\ \nint f() { return 1; }\n" + FINE)[0] == ["fine"]


def test_a_definition_inside_a_string_of_a_macro_is_refused() -> None:
    data = b'#define TEXT R"(\nint f() { return 1; }\n)"\nconst char *text = TEXT;\n'
    assert judge(data + FINE) == (["fine"], {"f": "It is part of a macro definition or a comment."})


@pytest.mark.parametrize("broken", [b"int f() { if (a { }", b"void f() { else }", b"int f() { g(; "])
def test_pieces_of_a_body_that_fell_apart_are_not_offered(broken: bytes) -> None:
    assert "rep" not in judge(broken + b"\nrep(i, n) { x(); }\n}\n" + FINE)[0]


def test_every_reason_is_a_sentence() -> None:
    data = b'int f() { asm(""); }\nint g() { return 1 +; }\nTEST(a, b) { }\nint h() try { } catch (...) { }\n'
    for reason in judge(data)[1].values():
        assert reason[0].isupper()
        assert reason.endswith(".")
