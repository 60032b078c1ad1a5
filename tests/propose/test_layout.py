"""New text looks like the user's own."""

import pytest

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.scope import walk
from pie_lsp.propose import layout
from pie_lsp.text.edits import apply_edits


def analysis_of(source: str) -> Analysis:
    file = parse(source.encode())
    return Analysis(file, next(n for n in walk(file.tree.root_node) if n.type == "function_definition"))


def inserted(source: str, where: str) -> str:
    """`source` with ``new();`` before or behind its statement ``old();``."""
    found = analysis_of(source)
    node = next(n for n in found.of_type("expression_statement") if found.text(n) == b"old();")
    place = layout.statement_before if where == "before" else layout.statement_after
    return apply_edits(found.file.data, [place(found.file, node, b"new();")]).decode()


@pytest.mark.parametrize(
    ("source", "before", "after"),
    [
        (
            "void f() {\n    old();\n}\n",
            "void f() {\n    new();\n    old();\n}\n",
            "void f() {\n    old();\n    new();\n}\n",
        ),
        (
            "void f()\r\n{\r\n\told();\r\n}",
            "void f()\r\n{\r\n\tnew();\r\n\told();\r\n}",
            "void f()\r\n{\r\n\told();\r\n\tnew();\r\n}",
        ),
        ("void f() {\r  old();\r}", "void f() {\r  new();\r  old();\r}", "void f() {\r  old();\r  new();\r}"),
        ("void f() { old(); }", "void f() { new(); old(); }", "void f() { old(); new(); }"),
        (
            "void f() {\n old(); // why\n}",
            "void f() {\n new();\n old(); // why\n}",
            "void f() {\n old(); // why\n new();\n}",
        ),
        (
            "void f() {\n old(); g();\n}",
            "void f() {\n new();\n old(); g();\n}",
            "void f() {\n old();\n new(); g();\n}",
        ),
    ],
)
def test_statements_get_lines_of_their_own(source: str, before: str, after: str) -> None:
    assert inserted(source, "before") == before
    assert inserted(source, "behind") == after


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("int main() {\n  a();\n}", "int main() {\n  x();\n  y();\n  a();\n}"),
        ("int main()\r\n{\r\n\ta();\r\n}", "int main()\r\n{\r\n\tx();\r\n\ty();\r\n\ta();\r\n}"),
        ("int main() { a(); }", "int main() { x(); y(); a(); }"),
        ("int main() {\n  // read\n  a();\n}", "int main() {\n  x();\n  y();\n  // read\n  a();\n}"),
        (
            "int main() {\n#ifdef X\n  a();\n#endif\n}",
            "int main() {\n    x();\n    y();\n#ifdef X\n  a();\n#endif\n}",
        ),
        ("int main() { /* go */\n  a();\n}", "int main() { x(); y(); /* go */\n  a();\n}"),
        ("int main() {}", "int main() { x(); y();}"),
        ("int main() { // go\n  a();\n}", "int main() { // go\n  x();\n  y();\n  a();\n}"),
    ],
)
def test_the_start_of_a_body(source: str, expected: str) -> None:
    found = analysis_of(source)
    body = found.function.child_by_field_name("body")
    assert body is not None
    edit = layout.first_in_body(found.file, body, (b"x();", b"y();"))
    assert apply_edits(found.file.data, [edit]).decode() == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("#include <vector>\n", "#include <vector>\n#include <set>\n"),
        (
            "// a\n#include <vector>\r\n#include <map>\r\n\r\n",
            "// a\n#include <vector>\r\n#include <map>\r\n#include <set>\r\n\r\n",
        ),
        ("#define X\n#include <vector>\nint a;\n", "#define X\n#include <vector>\n#include <set>\nint a;\n"),
        (
            "#include <map>\n#ifdef X\n#include <list>\n#endif\n",
            "#include <map>\n#include <set>\n#ifdef X\n#include <list>\n#endif\n",
        ),
        ("#include <map> // ordered\n", "#include <map> // ordered\n#include <set>\n"),
    ],
)
def test_includes_follow_the_leading_block(head: str, expected: str) -> None:
    found = analysis_of(head + "void f() { }")
    edit = layout.include(found, b"set")
    assert edit is not None
    assert apply_edits(found.file.data, [edit]).decode() == expected + "void f() { }"


@pytest.mark.parametrize(
    "head", ["#include <set>\n", "#include <bits/stdc++.h>\n", "#if X\n#include <map>\n#endif\n", ""]
)
def test_includes_that_are_not_added(head: str) -> None:
    found = analysis_of(head + "void f() { }")
    assert layout.include(found, b"set") is None
    assert layout.can_include(found, b"set") == ("set" in head or "bits" in head)


def test_fresh_names() -> None:
    found = analysis_of("#define item2 3\nvoid f() { int item = 1; /* item3 */ }\nint other;")
    assert layout.fresh_name(found, b"item") == b"item3"
    assert layout.fresh_name(found, b"other") == b"other"


def test_the_mark_of_a_reference_stands_where_the_file_has_it() -> None:
    for source, expected in (
        ("void g(int &a, int &b); void f(string s) { }", "string &s"),
        ("void g(int& a, int& b); void f(string s) { }", "string& s"),
        ("void f(string s) { }", "string& s"),
    ):
        found = analysis_of(source)
        parameter = next(iter(found.of_type("parameter_declaration")))
        written, name = parameter.child_by_field_name("type"), parameter.child_by_field_name("declarator")
        assert written is not None
        edit = layout.reference_mark(found.file, written, name)
        assert expected in apply_edits(found.file.data, [edit]).decode()
