"""S1: s = s + x becomes s += x, and only where that means the same."""

from collections.abc import Callable

import pytest

from pie_lsp.values.candidate import Candidate

Rewrites = Callable[..., list[str]]
Proposals = Callable[..., list[Candidate]]

FRAME = """\
#include <bits/stdc++.h>
using namespace std;
{before}
void work(string t, int n, vector<string> words) {{
    string s;
{body}
}}
"""


def framed(body: str, before: str = "") -> str:
    return FRAME.format(before=before, body=body)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("s = s + t;", "s += t;"),
        ("s = s + 'x';", "s += 'x';"),
        ('s = s + "abc";', 's += "abc";'),
        ("s=s+t;", "s+=t;"),
        ("s = s + t + ' ';", "s += t + ' ';"),
        ('s = s + ", " + t + "!";', 's += ", " + t + "!";'),
        ("s = s + to_string(n);", "s += to_string(n);"),
        ("s = s + s;", "s += s;"),
        ("s = s + s.substr(0, 1);", "s += s.substr(0, 1);"),
        ("s = s + (n > 0 ? 'a' : 'b');", "s += (n > 0 ? 'a' : 'b');"),
        ("for (string w : words) s = s + w;", "for (string w : words) s += w;"),
        ("t = t + s[0];", "t += s[0];"),
    ],
)
def test_appends(rewrites: Rewrites, old: str, new: str) -> None:
    assert rewrites("S1", framed("    " + old), "work") == [framed("    " + new)]


@pytest.mark.parametrize(
    ("broken", "body", "before"),
    [
        ("the left operand is not s", "s = t + s;", ""),
        ("the sum is another one's", "s = t + 'x';", ""),
        ("s is no string", "int k = 0; k = k + n;", ""),
        ("s is a type of the user", "Rope r; r = r + t;", "struct Rope { Rope operator+(string) const; };"),
        ("+ is the user's own", "s = s + t;", "string operator+(const string&, const vector<int>&);"),
        ("+ is the user's own, with a blank", "s = s + 65;", "string operator + (const string& a, int b);"),
        (
            "+ is a friend of a class that is a letter too",
            "N k; s = s + k;",
            "struct N { friend string operator + (string a, N b); operator char() const; };",
        ),
        ("+ is a template", "s = s + t;", "template <class T> auto operator\n+ (string a, T b) -> string;"),
        ("a number", "s = s + 65;", ""),
        ("a variable number", "s = s + n;", ""),
        ("a header that nobody read", "s = s + t;", '#include "h.h"'),
        ("a header of a library", "s = s + t;", "#include <rope.h>"),
        ("letters would be added as numbers", "s = s + 'a' + 'b';", ""),
        ("a letter and a number would be added", "char c = 'x'; s = s + c + t[0];", ""),
        ("x changes s", "s = s + (s = t);", ""),
        ("x calls what may change s", "auto f = [&] { s += '!'; return 'x'; }; s = s + f();", ""),
        (
            "x has side effects elsewhere",
            "s = s + next();",
            "int counter; char next() { return 'a' + counter++; }",
        ),
        ("x reads input", "s = s + read();", "string read() { string w; cin >> w; return w; }"),
        ("s is hidden in a macro", "s = s + t;", "#define ADD s += 'x';"),
        ("a comment stands in between", "s = s /* old */ + t;", ""),
        ("s is shadowed by a number", "{ int s = 1; s = s + n; }", ""),
        ("the operation is a product of sums", "s = s + t - n;", ""),
        ("std is not used", "std::string u; mystring v; v = v + t;", "struct mystring; "),
        ("a conditional stands in the function", "#ifdef X\n    s = s + t;\n#endif", ""),
        ("string is a type of the user", "s = s + t;", "struct string { };"),
        ("the sum is an argument, not a statement", 'printf("%s", (s = s + t).c_str());', ""),
        ("the user jumps about", "again: s = s + t; if (n--) goto again;", ""),
    ],
)
def test_refuses(rewrites: Rewrites, broken: str, body: str, before: str) -> None:
    assert rewrites("S1", framed("    " + body, before), "work") == []


def test_a_plus_in_a_header_counts(rewrites: Rewrites) -> None:
    source = framed("    s = s + t;", '#include "h.h"')
    assert rewrites("S1", source, "work", headers=(b"int other();",))
    for header in (b"string operator+(const string&, string);", b"#define ADD string operator + (N, M)\n"):
        assert not rewrites("S1", source, "work", headers=(header,))


def test_macro_definitions_are_left_alone(rewrites: Rewrites) -> None:
    source = framed("    ADD(t)", "#define ADD(x) s = s + x;")
    assert rewrites("S1", source, "work") == []


def test_a_reference_parameter_is_a_string_too(rewrites: Rewrites) -> None:
    source = "#include <string>\nvoid f(std::string &out, char c) { out = out + c; }\n"
    assert rewrites("S1", source, "f") == [source.replace("out = out + c", "out += c")]


def test_tabs_and_line_ends_survive(rewrites: Rewrites) -> None:
    source = "#include <string>\r\nusing namespace std;\r\nvoid f(string s)\r\n{\r\n\ts = s + 'x';\f\r\n}\r\n"
    assert rewrites("S1", source, "f") == [source.replace("s = s + 'x'", "s += 'x'")]


def test_text_outside_ascii_keeps_its_bytes(rewrites: Rewrites, proposals: Proposals) -> None:
    source = b'#include <string>\nusing namespace std;\nvoid f(string s) { s = s + "'
    source += "日本語".encode("shift-jis") + b'"; } // ' + "日本".encode("shift-jis") + b"\n"
    changed = rewrites("S1", source, "f")
    assert [one.encode("latin-1") for one in changed] == [source.replace(b"s = s + ", b"s += ")]


def test_an_alias_of_string_is_understood(rewrites: Rewrites) -> None:
    source = "#include <string>\nusing str = std::string;\nvoid f(str s) { s = s + 'x'; }\n"
    assert rewrites("S1", source, "f") == [source.replace("s = s + 'x'", "s += 'x'")]
