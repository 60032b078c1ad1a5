import pytest
from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.cpp.mask import mask, mask_bytes

REP = b"#define rep(i,n) for(int i=0;i<(n);i++)\n"
PIECES = [
    b"rep(i,n)",
    b"rep(",
    b")",
    b"(",
    b"{",
    b"}",
    b'"',
    b"'",
    b"//",
    b"/*",
    b"*/",
    b"\n",
    b"\r",
    b"\r\n",
]
PIECES += [
    b"#define rep(i,n) for(;;)\n",
    b"#define go x();\n",
    b"go",
    b"\\",
    b"\xe3\x81\x82",
    b"API",
    b"rep ",
    b"x",
]


def code(line: bytes, definitions: bytes = REP) -> bytes:
    """The masked form of a line behind some definitions, which must themselves survive."""
    masked = mask(definitions + line)
    assert masked.startswith(definitions)
    return masked[len(definitions) :]


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        (b"rep(i,n) {", b"for(;;)  {"),
        (b"rep (i , v.size()) x;", b"for(;;)            x;"),
        (b"rep(i,f(a,(b))) {", b"for(;;)         {"),
        (b"rep(i,\n n) {", b"for(;;\n)   {"),
        (b"rep(i,\r\n n) {", b"for(;;\r\n)   {"),
        (b"rep(i,\\\n n) {", b"for(;;)\n    {"),
        (b"rep(i,n) rep(j,m) x;", b"for(;;)  for(;;)  x;"),
        (b"rep(i,')') x;", b"for(;;)    x;"),
        (b"rep/**/(i,n) x;", b"for(;;)      x;"),
        (b"rep(i,/*)*/n) x;", b"for(;;)       x;"),
    ],
)
def test_a_loop_macro_becomes_a_loop_of_the_same_length(line: bytes, masked: bytes) -> None:
    assert code(line) == masked


@pytest.mark.parametrize(
    "line",
    [
        b'"rep(i,n)"',
        b"// rep(i,n)",
        b"/* rep(i,n) */",
        b'R"(rep(i,n))"',
        b"#if rep(i,n)",
        b"#define two(i,j) rep(i,n) rep(j,n)",
        b"repeat(i,n) xrep(i,n)",
        b"int rep = 1;",
        b"rep(i,n {",
    ],
)
def test_what_is_no_invocation_stays(line: bytes) -> None:
    assert code(line) == line


def test_an_invocation_too_short_for_a_loop_is_blank() -> None:
    assert code(b"W(t) { x; }", b"#define W(t) while(t--)\n") == b"     { x; }"


def test_a_macro_without_arguments_leaves_the_parenthesis_behind_it() -> None:
    assert code(b"forever (x);", b"#define forever for(;;)\n") == b"for(;;) (x);"


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        (b"IOS\nint n;", b";  \nint n;"),
        (b"IOS; int n;", b"IOS; int n;"),
        (b"show(v) x;", b";       x;"),
        (b"show(v); x;", b"show(v); x;"),
        (b"if (a) show(v) else b;", b"if (a) ;       else b;"),
    ],
)
def test_statements_end_themselves_only_where_nothing_else_does(line: bytes, masked: bytes) -> None:
    assert code(line, b"#define IOS cin.tie(0);\n#define show(v) for(auto x:v) cout<<x;\n") == masked


def test_annotations_of_this_file_are_blank() -> None:
    assert (
        code(b"API int f() QUIET(1);", b"#define API\n#define QUIET(x) [[x]]\n") == b"    int f()         ;"
    )


def test_named_annotations_are_blank_with_the_arguments_that_touch_them() -> None:
    data = b"class API Foo; int f() NOEXCEPT(true); API (x)"
    assert mask(data, frozenset((b"API", b"NOEXCEPT"))) == b"class     Foo; int f()               ;     (x)"


@pytest.mark.parametrize(
    ("data", "masked"),
    [
        (b"\xef\xbb\xbf#include <x>", b"   #include <x>"),
        ("int 変;".encode(), b"int ___;"),
        ("// 表\nx".encode("cp932"), b"// _\\\nx"),
        (b"// a\rint x;\r\n", b"// a\nint x;\r\n"),
        (b"// a \\ \t\nb", b"// a   \\\nb"),
        (b"\\\nb", b"\\\nb"),
    ],
)
def test_bytes_are_shown_as_the_compiler_reads_them(data: bytes, masked: bytes) -> None:
    assert mask_bytes(data) == masked


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join))
def test_no_byte_moves(data: bytes) -> None:
    masked = mask(data, frozenset((b"API",)))
    assert len(masked) == len(data)
    assert masked.isascii()
    lines = data.replace(b"\r\n", b"xn").replace(b"\r", b"\n").replace(b"xn", b"\r\n")
    assert [at for at, byte in enumerate(masked) if byte == 10] == [
        at for at, byte in enumerate(lines) if byte == 10
    ]


def test_a_file_that_was_made_to_be_slow_is_masked_to_its_end() -> None:
    # Where every invocation looked for its end by itself, this would take hours.
    data = REP + b"rep(" * 200_000
    assert mask(data) == data
