"""Which values an assignment to a letter can store."""

import pytest

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.intervals import value_range
from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.scope import walk


def stored(statement: str) -> tuple[int, int] | None:
    head = "#include <cctype>\nusing namespace std;\nvoid f(char *s, int i, int n)"
    source = f"{head} {{ for (;;) {{ {statement} }} }}"
    file = parse(source.encode())
    found = Analysis(file, next(n for n in walk(file.tree.root_node) if n.type == "function_definition"))
    loop = next(iter(found.of_type("for_statement")))
    assignment = [n for n in found.of_type("assignment_expression") if b"s[" in found.text(n)][-1]
    target = assignment.child_by_field_name("left")
    assert target is not None
    return value_range(found, assignment, target, loop)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("s[i] = 'x';", (120, 120)),
        ("s[i] = 65;", (65, 65)),
        (r"s[i] = '\n';", (10, 10)),
        (r"s[i] = '\0';", (0, 0)),
        ("if (s[i] >= 'a' && s[i] <= 'z') s[i] -= 32;", (65, 90)),
        ("if ('a' <= s[i] && 'z' >= s[i]) s[i] = s[i] - 'a' + 'A';", (65, 90)),
        ("if (s[i] == 'a') { s[i] += 1; }", (98, 98)),
        ("if (s[i] > '0') if (s[i] < '5') s[i]++, s[i] = s[i] + 1;", None),
        ("if (s[i] > '0') if (s[i] < '5') s[i] = s[i] + 1;", (50, 53)),
        ("if (isupper(s[i])) s[i] = (char)(s[i] + 32);", (97, 122)),
        ("if (islower((unsigned char)s[i])) s[i] = toupper(s[i]);", (1, 127)),
    ],
)
def test_known(statement: str, expected: tuple[int, int] | None) -> None:
    assert stored(statement) == expected


@pytest.mark.parametrize(
    "statement",
    [
        "s[i] = n;",
        "s[i] -= 32;",
        "s[i] = s[i + 1];",
        "s[i] ^= 32;",
        "if (s[n] >= 'a') s[i] -= 32;",
        "if (s[i] >= 'a') { } else s[i] -= 32;",
        "if (s[i] >= 'a' || n) s[i] -= 32;",
        "if (s[i] >= 'a') { i++; s[i] -= 32; }",
        "if (s[i] >= 'a') { s[i] = n; s[i] -= 32; }",
        "if (s[i] >= 'a') { g(s); s[i] -= 32; }",
        "if (s[i] != 0) s[i] -= 32;",
        "s[i] = toupper(s[i]);",
        "if (isalpha(n)) s[i] -= 32;",
    ],
)
def test_unknown(statement: str) -> None:
    assert stored(statement) is None
