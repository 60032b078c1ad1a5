"""Pieces of an answer that may be code, the likeliest first."""

from pie_lsp.prompting.blocks import blocks

CODE = "int f(int n) {\n    return n;\n}\n"


def test_the_last_fenced_block_comes_first() -> None:
    found = list(blocks(f"```\nint g();\n```\nthen\n~~~cpp\n{CODE}~~~\nend", "f"))
    assert found[:2] == [CODE, "int g();\n"]


def test_a_shorter_fence_inside_does_not_end_a_block() -> None:
    text = f"````\n// ```\n{CODE}````\n"
    assert next(iter(blocks(text, "f"))) == f"// ```\n{CODE}"


def test_without_fences_code_is_cut_out_of_the_prose() -> None:
    text = f"As you asked:\n\n#include <map>\n{CODE}\nThat is all."
    assert list(blocks(text, "f"))[:2] == [text, f"#include <map>\n{CODE}"]
    glued = f"Here it is: fast.\n{CODE[:-1]} It works."
    assert CODE[:-1] in list(blocks(glued, "f"))


def test_a_definition_over_several_lines_is_found_whole() -> None:
    text = "So:\ntemplate <class T>\nT\nf(T t) {\n    if (t) { }\n    return t;\n}\nend } here"
    assert "template <class T>\nT\nf(T t) {\n    if (t) { }\n    return t;\n}" in list(blocks(text, "f"))


def test_nothing_is_offered_twice_and_nothing_that_is_blank() -> None:
    assert list(blocks(CODE, "f")) == [CODE, CODE[:-1]]
    assert list(blocks("```\n\n```", "f")) == ["```\n\n```"]
    assert list(blocks("", "f")) == []
