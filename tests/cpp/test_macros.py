import pytest

from pie_lsp.cpp.macros import Macro, MacroShape, macros, shapes

LOOP, STATEMENT, EMPTY = MacroShape.LOOP_HEAD, MacroShape.STATEMENT, MacroShape.EMPTY


def test_definitions_are_read_with_their_continuations_and_without_their_comments() -> None:
    data = b"#define rep(i, n) /* loop */ \\\n  for (int i = 0; \\\r\n i < n; ++i) // end\n"
    data += b"# define A\n#undef A\n"
    loop, empty = macros(data)
    assert (loop.name, loop.function_like) == (b"rep", True)
    assert b" ".join(loop.body) == b"for ( int i = 0 ; i < n ; ++ i )"
    assert empty == Macro(b"A", False, ())


def test_a_space_before_the_parenthesis_makes_it_part_of_the_body() -> None:
    (macro,) = macros(b"#define f (x)")
    assert (macro.function_like, macro.body) == (False, (b"(", b"x", b")"))


@pytest.mark.parametrize(
    "data", [b"// #define A\n", b'const char *s = "#define A";', b"#undef A", b"/*\n#define A\n*/"]
)
def test_only_directives_define(data: bytes) -> None:
    assert macros(data) == ()


@pytest.mark.parametrize(
    ("definition", "shape"),
    [
        (b"rep(i,n) for(int i=0;i<(n);i++)", LOOP),
        (b"each(x,v) for(auto&x:v)", LOOP),
        (b"W(t) while(t--)", LOOP),
        (b"ever for(;;)", LOOP),
        (b"when(c) if(c)", LOOP),
        (b"when(c) if constexpr(c)", LOOP),
        (b"rif(i,n,c) for(int i=0;i<n;i++) if(c)", LOOP),
        (b"open(i,n) for(int i=0;i<n;i++) {", LOOP),
        (b"show(v) for(auto x:v) cout<<x;", STATEMENT),
        (b"IOS ios::sync_with_stdio(false);cin.tie(0);", STATEMENT),
        (b"swap2(a,b) { auto c=a; a=b; b=c; }", STATEMENT),
        (b'API __attribute__((visibility("default")))', EMPTY),
        (b"NODISCARD [[nodiscard]]", EMPTY),
        (b"GUARD_H", EMPTY),
        (b"END }", None),
        (b"BEGIN {", None),
        (b"el else", None),
        (b"elif else if", None),
        (b"all(v) v.begin(),v.end()", None),
        (b"ll long long", None),
        (b"lambda [&]", None),
        (b"format(x) x", None),
    ],
)
def test_what_a_macro_stands_for(definition: bytes, shape: MacroShape | None) -> None:
    (macro,) = macros(b"#define " + definition)
    assert shapes((macro,)).get(macro.name) is shape


def test_macros_are_followed_through_others_in_any_order() -> None:
    data = (
        b"#define REP(i,n) rep(i,n)\n#define rep(i,n) FOR(i,0,n)\n"
        b"#define FOR(i,a,b) for(int i=a;i<b;i++)\n#define RIF(i,n) REP(i,n) if(i)\n"
    )
    assert shapes(macros(data)) == dict.fromkeys((b"REP", b"rep", b"FOR", b"RIF"), LOOP)


def test_the_idiom_that_counts_arguments_is_a_loop() -> None:
    data = (
        b"#define rep2(i,n) for(int i=0;i<n;i++)\n#define rep3(i,a,n) for(int i=a;i<n;i++)\n"
        b"#define PICK(a,b,c,x,...) x\n#define rep(...) PICK(__VA_ARGS__,rep3,rep2)(__VA_ARGS__)\n"
        b"#define max3(...) PICK(__VA_ARGS__,m3,m2)(__VA_ARGS__)\n"
    )
    found = shapes(macros(data))
    assert found[b"rep"] is LOOP
    assert b"PICK" not in found
    assert b"max3" not in found


def test_definitions_that_disagree_say_nothing() -> None:
    data = b"#ifdef A\n#define go for(;;)\n#else\n#define go run();\n#endif\n"
    assert shapes(macros(data)) == {}


def test_definitions_that_agree_count_once() -> None:
    data = b"#ifdef A\n#define go for(;;)\n#else\n#define go while(x)\n#endif\n"
    assert shapes(macros(data)) == {b"go": LOOP}


def test_a_long_chain_of_macros_is_followed_so_far_and_no_further() -> None:
    chain = [b"#define m%d(i) m%d(i)\n" % (number, number + 1) for number in range(20_000)]
    found = shapes(macros(b"".join(chain) + b"#define m20000(i) for(;;)\n"))
    assert found[b"m19990"] is LOOP
    assert b"m0" not in found


def test_a_macro_that_stands_for_itself_ends() -> None:
    assert shapes(macros(b"#define a b\n#define b a\n#define c(x) c(x)\n")) == {}
