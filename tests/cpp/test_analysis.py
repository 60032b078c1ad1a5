"""What the parser missed, and which functions are not worked on."""

import pytest

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.scope import walk


def analysis_of(source: str) -> Analysis:
    file = parse(source.encode())
    return Analysis(file, next(n for n in walk(file.tree.root_node) if n.type == "function_definition"))


@pytest.mark.parametrize(
    "body",
    [
        "x = 1; goto end; end: x = 2;",
        "volatile int x = 1;",
        'asm("nop");',
        "if (setjmp(buffer)) return;",
        "\n#ifdef LOCAL\nx = 1;\n#endif\n",
        "\n#pragma omp parallel for\nfor (;;) { }\n",
        "x = = 1;",
        "again: x = 1;",
    ],
)
def test_functions_that_are_not_worked_on(body: str) -> None:
    assert not analysis_of(f"void f(int x) {{ {body} }}").is_fit


def test_words_in_comments_and_literals_do_not_count() -> None:
    assert analysis_of('void f() { const char *s = "goto"; /* volatile */ }').is_fit


def test_hidden_text_is_found() -> None:
    found = analysis_of(
        "#define rep(i, n) for (int i = 0; i < (n); i++)\n"
        "void f(int n, int m) { int a = n; rep(i, m) a += i; /* rep(x, y) */ }\n"
    )
    ((span, words),) = found.hidden
    assert found.file.data[span.start : span.end] == b"rep(i, m)"
    assert words == {b"rep", b"i", b"m"}
    assert found.is_in_macro(b"m") and not found.is_in_macro(b"a")
    statements = found.function.child_by_field_name("body")
    assert statements is not None
    assert [found.hides(node) for node in statements.named_children[:2]] == [False, True]


def test_text_outside_ascii_is_not_hidden() -> None:
    assert analysis_of('void f() { auto s = "é"; } // ü').hidden == ()
