import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.cpp.tokens import TokenKind, directives, fingerprint, opaque, tokens

PIECES = [
    *(b"int", b" ", b"\n", b"\r", b"\r\n", b"//", b"/*", b"*/", b'"', b"'", b"\\", b"#", b"%:", b"R"),
    *(b'R"x(', b')x"', b"u8", b"(", b")", b"1", b"1'0", b".", b"\f", b"\x95\x5c", b"\xe3\x81\x82", b"<<="),
    *(b"define X ", b"x"),
]
SOURCES = st.lists(st.sampled_from(PIECES), max_size=25).map(b"".join)


def read(data: bytes) -> list[tuple[str, bytes]]:
    return [(token.kind.value, data[token.span.start : token.span.end]) for token in tokens(data)]


NAMES = {"w": "word", "p": "punctuation", "n": "number", "s": "string", "c": "character", "/": "comment"}
NAMES["#"] = "directive"


@pytest.mark.parametrize(
    ("data", "kinds", "parts"),
    [
        (b"int x = 1'000;", "wwpnp", b"int|x|=|1'000|;"),
        (b"1e+5f .5 0x1p-3 1.2.3", "nnnn", b"1e+5f|.5|0x1p-3|1.2.3"),
        (b"\"a\\\"b\" u8\"c\" L'd' '\\''", "sscc", b"\"a\\\"b\"|u8\"c\"|L'd'|'\\''"),
        (b'R"x(a)" )x" b', "sw", b'R"x(a)" )x"|b'),
        (b'FOOR"x(" y', "wsw", b'FOOR|"x("|y'),
        (b"a>>=b->*c<=>d::e...", "wpwpwpwpwp", b"a|>>=|b|->*|c|<=>|d|::|e|..."),
        (b"// a \\\n b\nc", "/w", b"// a \\\n b|c"),
        (b"// a \\ \t\r\n b\nc", "/w", b"// a \\ \t\r\n b|c"),
        (b"// a\rb", "/w", b"// a|b"),
        (b"/* a \n b */ c /* d", "/w/", b"/* a \n b */|c|/* d"),
        (b'#define A "//" /* \n */ 1 // c \\\n d\nx', "#w", b'#define A "//" /* \n */ 1 // c \\\n d|x'),
        (b"#error don't\nx", "#w", b"#error don't|x"),
        (b'#define Q R"(a"b)"\nx', "#w", b'#define Q R"(a"b)"|x'),
        (b"%: if 0\rx", "#w", b"%: if 0|x"),
        ("変数 = 1".encode(), "wpn", "変数|=|1".encode()),
    ],
)
def test_tokens_are_those_of_the_compiler(data: bytes, kinds: str, parts: bytes) -> None:
    assert read(data) == list(zip((NAMES[kind] for kind in kinds), parts.split(b"|"), strict=True))


def test_a_shift_jis_backslash_continues_a_comment_as_it_does_for_the_compiler() -> None:
    data = "// 表\nint x;\nint y;".encode("cp932")
    assert read(data)[0] == ("comment", "// 表\nint x;".encode("cp932"))


def test_an_unclosed_quote_hides_nothing() -> None:
    assert ("word", b"y") in read(b"char c = 'x;\nint y;")


@pytest.mark.parametrize("piece", [b'R"a(', b'"\\', b"'\\", b"/*", b"#", b'u8R"', b"\\ ", b"//\\", b"1'"])
def test_a_file_that_was_made_to_be_slow_is_read_to_its_end(piece: bytes) -> None:
    # Where a pattern ran ahead in vain at every piece, this would take hours.
    data = piece * ((1 << 20) // len(piece))
    assert len(fingerprint(data)) == 64
    assert sum(len(token.span) for token in tokens(data)) <= len(data)
    assert sum(len(token.span) for token in opaque(data)) <= len(data)


@given(SOURCES)
def test_tokens_are_in_order_and_leave_out_nothing_but_space(data: bytes) -> None:
    done = 0
    for token in tokens(data):
        gap = data[done : token.span.start]
        assert not gap.replace(b"\\", b"").strip(b" \t\f\v\r\n")
        assert len(token.span) > 0
        done = token.span.end
    assert not data[done:].replace(b"\\", b"").strip(b" \t\f\v\r\n")


@given(SOURCES)
def test_what_hides_code_is_found_the_same_the_fast_way(data: bytes) -> None:
    hiding = (TokenKind.COMMENT, TokenKind.DIRECTIVE, TokenKind.STRING, TokenKind.CHARACTER)
    assert list(opaque(data)) == [token for token in tokens(data) if token.kind in hiding]
    assert list(directives(data)) == [token for token in tokens(data) if token.kind is TokenKind.DIRECTIVE]


SOURCE = b'#include <x>\n#define X( a ) "a  b" + a\nint a = b + +c; // q\nauto s = R"(// \n)";\n'


class TestFingerprint:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b" // q", b""),
            (b"// q", b"/* other\n\n */"),
            (b"int a", b"\tint\f/* x */\r\n a"),
            (b"b + +c", b"b+ +\nc"),
            (b"#include <x>", b"\n #  include   <x> // y"),
            (b" + a\n", b"  \\\n  +  a\n"),
            (b"\n", b"\r\n"),
            (b"#include", b"\xef\xbb\xbf#include"),
            (b"#include", b"// comment first\n#include"),
        ],
    )
    def test_space_and_comments_do_not_change_it(self, old: bytes, new: bytes) -> None:
        changed = SOURCE.replace(old, new) if old == b"\n" else SOURCE.replace(old, new, 1)
        assert changed != SOURCE
        if old == b"\n":
            # The line end inside the raw string is a character of the program to g++ before it is folded.
            changed = changed.replace(b"// \r\n)", b"// \n)")
        assert fingerprint(changed) == fingerprint(SOURCE)

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b"+ +c", b"++c"),
            (b'"a  b"', b'"a b"'),
            (b"X( a", b"X ( a"),
            (b"int a", b"inta"),
            (b"<x>\n", b"<x> "),
            (b";", b""),
            (b"b +", b"d +"),
            (b"(// \n)", b"(//\n)"),
            (b"#define X( a )", b"#define X(a) "),
            (b"// q", b"\n#undef X"),
        ],
    )
    def test_any_token_changes_it(self, old: bytes, new: bytes) -> None:
        assert fingerprint(SOURCE.replace(old, new, 1)) != fingerprint(SOURCE)

    @given(SOURCES)
    def test_it_is_a_function_of_the_tokens(self, data: bytes) -> None:
        # Every token on a line of its own, directives as they are, gives the same figure.
        code = b"\n".join(
            data[token.span.start : token.span.end]
            for token in tokens(data)
            if token.kind is not TokenKind.COMMENT
        )
        kept = [token for token in read(data) if token[0] != "comment"]
        # A backslash outside literals is no token of C++, and its figure may depend on the space around it.
        stray = any(b"\\" in text for kind, text in kept if kind in ("punctuation", "word"))
        if read(code) == kept and not stray:
            assert fingerprint(code) == fingerprint(data)

    @pytest.mark.skipif(shutil.which("g++") is None, reason="g++ is not installed")
    def test_the_compiler_takes_out_the_same_comments(self) -> None:
        source = b"""\
int a; // one
const char *s = "/* no comment */"; /* two
lines */ int b = '"' + 1'000;
const char *r = R"x(// ")" )x"; // three
int c = a /**/ / b;
"""
        command = ["g++", "-x", "c++", "-fpreprocessed", "-dD", "-E", "-P", "-"]
        done = subprocess.run(command, input=source, capture_output=True, check=True)
        assert b"three" not in done.stdout
        assert fingerprint(done.stdout) == fingerprint(source)
