"""S8: the length of a C string is taken once, where the loop keeps it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pie_lsp.values.candidate import Candidate

Rewrites = Callable[..., list[str]]

FRAME = """\
#include <bits/stdc++.h>
using namespace std;
char line[100];
{before}
void work(char *text, char *other, int n) {{
    char local[50];
    cin >> local;
{body}
}}
"""


def framed(body: str, before: str = "") -> str:
    return FRAME.format(before=before, body="    " + body.replace("\n", "\n    "))


@pytest.mark.parametrize(
    ("old", "name"),
    [
        ("for (size_t i = 0; i < strlen(text); i++) if (text[i] == 'a') text[i] = 'b';", "text"),
        (
            "for (int i = 0; i < strlen(line); ++i) { if (line[i] >= 'A' && line[i] <= 'Z') line[i] += 32; }",
            "line",
        ),
        ("for (int i = 0; i < (int)strlen(local); i++) cout << local[i];", "local"),
        (
            "for (int i = 0; i < strlen(line); i++) { if (islower(line[i])) line[i] = toupper(line[i]); }",
            "line",
        ),
        (
            "for (int i = 0; i < strlen(line); i++)\n    if (line[i] >= 'a' && line[i] <= 'z') line[i] "
            "= line[i] - 'a' + 'A';",
            "line",
        ),
        ("for (int i = 0; i < strlen(line); i++) line[i] = 'x';", "line"),
        ("for (int i = 0; i < strlen(text) - 1 && n > 0; i++) n += text[i] - '0';", "text"),
        ("int i = 0;\nwhile (i < strlen(line)) { n += line[i]; i++; }", "line"),
        ("for (int i = 0; i < std::strlen(line); i++) n += line[i];", "line"),
    ],
)
def test_hoists(rewrites: Rewrites, old: str, name: str) -> None:
    call = "std::" * ("std::" in old) + f"strlen({name})"
    loop = "while" if "while" in old else "for"
    new = old.replace(call, f"{name}_length", 1)
    new = new.replace(f"{loop} (", f"const auto {name}_length = {call};\n{loop} (", 1)
    assert rewrites("S8", framed(old), "work") == [framed(new)]


FOR = "for (int i = 0; i < strlen({0}); i++) "


@pytest.mark.parametrize(
    ("broken", "body", "before"),
    [
        ("the end mark is written", FOR.format("text") + "if (text[i] == ' ') text[i] = 0;", ""),
        (
            "the end mark is written as a letter",
            FOR.format("text") + r"if (text[i] == ' ') text[i] = '\0';",
            "",
        ),
        ("the letter could become the end mark", FOR.format("text") + "text[i] -= 32;", ""),
        (
            "the letter could become the end mark in a branch",
            FOR.format("text") + "if (text[i] > 9) text[i] -= 32;",
            "",
        ),
        ("any letter is written", FOR.format("text") + "text[i] = n;", ""),
        ("the next letter is written", FOR.format("text") + "text[i + 1] = 'x';", ""),
        ("another place is written", FOR.format("text") + "text[n] = 'x';", ""),
        ("the counter moves first", FOR.format("text") + "{ i++; text[i] = 'x'; }", ""),
        ("the bound is one more", "for (int i = 0; i <= strlen(text); i++) text[i] = 'x';", ""),
        ("the counter may be negative", "for (int i = n; i < strlen(text); i++) text[i] = 'x';", ""),
        ("another pointer writes", FOR.format("text") + "other[i] = 'x';", ""),
        ("an array that text may point to", FOR.format("text") + "line[i] = 0;", ""),
        ("the text is read anew", FOR.format("line") + "cin >> line;", ""),
        ("the text is changed by a function", FOR.format("line") + 'strcpy(line, "x");', ""),
        ("the text is given away", FOR.format("line") + "change(line);", "void change(char *p) { *p = 0; }"),
        ("an unknown function is called", FOR.format("line") + "change();", "void change();"),
        ("a lambda changes it", "auto f = [&] { text[0] = 0; }; " + FOR.format("text") + "f();", ""),
        ("the pointer moves", "for (int i = 0; i < strlen(text); i++) text++;", ""),
        ("a pointer into it", "char *p = line; " + FOR.format("line") + "*p++ = 0;", ""),
        (
            "the pointer may be to a local array",
            "text = local; " + FOR.format("text") + "local[i] = 0;",
            "",
        ),
        (
            "the pointer may be to a static array",
            "static char kept[9]; " + FOR.format("text") + "kept[i] = 0;",
            "",
        ),
        ("a C++ string", "string s; for (int i = 0; i < strlen(s.c_str()); i++) n += s[i];", ""),
        ("not always evaluated", "for (int i = 0; i < n && i < strlen(text); i++) n += text[i];", ""),
        ("not in the condition", "for (int i = 0; i < n; i++) n += strlen(text);", ""),
        ("no block around the loop", "if (n) " + FOR.format("text") + "n += text[i];", ""),
        ("strlen is the user's", FOR.format("text") + "n += text[i];", "int strlen(char *p);"),
        ("a local pointer", "char *p = text; " + FOR.format("p") + "n += p[i];", ""),
        ("a table of texts", "char table[9][9]; for (int i = 0; i < strlen(table[0]); i++) n++;", ""),
        ("a macro writes it", FOR.format("text") + "n += text[i];", "#define CUT text[0] = 0"),
        (
            "the guard is older than the write",
            FOR.format("text") + "if (text[i] > 'Z') { cin >> text[i]; text[i] -= 32; }",
            "",
        ),
        ("the guard is of another letter", FOR.format("text") + "if (text[0] > 'Z') text[i] -= 32;", ""),
        ("the else branch", FOR.format("text") + "if (text[i] > 'Z') n++; else text[i] -= 32;", ""),
    ],
)
def test_refuses(rewrites: Rewrites, broken: str, body: str, before: str) -> None:
    assert rewrites("S8", framed(body, before), "work") == []


def test_the_new_name_is_fresh(rewrites: Rewrites) -> None:
    body = "int text_length = 0; " + FOR.format("text") + "n += text[i] + text_length;"
    (changed,) = rewrites("S8", framed(body), "work")
    assert "const auto text_length2 = strlen(text); for (int i = 0; i < text_length2; i++)" in changed


ALIASES = (Path(__file__).parent.parent / "aliases" / "s8.txt").read_text("utf-8").split("\n\n")
"""Programs in which something changes under another name; the first line has the function and what it is."""


@pytest.mark.parametrize("case", ALIASES, ids=lambda case: case.partition("\n")[0])
def test_refuses_what_another_name_changes(proposals: Callable[..., list[Candidate]], case: str) -> None:
    title, _, program = case.partition("\n")
    function = title.removeprefix("// ").partition(":")[0]
    assert not proposals("S8", "#include <bits/stdc++.h>\nusing namespace std;\n" + program, function)
