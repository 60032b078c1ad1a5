"""Answers in every shape that models give them, and in shapes that nobody should give."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pie_lsp.cpp.functions import find_functions, select
from pie_lsp.cpp.parse import parse
from pie_lsp.models.contract import Finish
from pie_lsp.prompting.anchoring import Anchored
from pie_lsp.prompting.answers import Unusable, read_answer
from pie_lsp.prompting.target import Target
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.text.edits import apply_edits
from pie_lsp.values.candidate import Grant

from .conftest import PROGRAM

Targets = Callable[..., Target]

FUNCTION = """\
int total(const std::vector<Item> &items, int n) {
    int sum = 0;
    for (int i = 0; i < n; i++) {
        sum += items[i].weight;
    }
    return sum;
}
"""
OLD_LINE = b"        sum = sum + weight_of(items[i]); // one by one\n"
NEW_LINE = b"        sum += items[i].weight;\n"
EXPECTED = PROGRAM.replace(OLD_LINE, NEW_LINE)
WHOLE = EXPECTED.decode()


def made(target: Target, text: str, finish: Finish = Finish.STOP) -> bytes:
    read = read_answer(target, text, finish)
    assert isinstance(read, Anchored), read
    return apply_edits(target.file.data, read.edits)


def refused(target: Target, text: str, finish: Finish = Finish.STOP) -> str:
    read = read_answer(target, text, finish)
    assert isinstance(read, Unusable), read
    return read.reason


SHAPES = {
    "a function": FUNCTION,
    "fenced": f"```cpp\n{FUNCTION}```\n",
    "fenced without a language": f"```\n{FUNCTION}```",
    "tildes": f"~~~c++\n{FUNCTION}~~~\n",
    "long fence": f"````cpp\n{FUNCTION}````",
    "indented fence": f"  ```cpp\n{FUNCTION}  ```",
    "never closed": f"Sure:\n```cpp\n{FUNCTION}",
    "prose around": f"Here is the function:\n\n```cpp\n{FUNCTION}```\n\nIt is faster since it does less.",
    "prose without fences": f"Here is the faster function, as you asked.\n\n{FUNCTION}\nIt does less work.",
    "prose right before": f"Here is the faster function:\n{FUNCTION}Done.",
    "the whole file": f"```cpp\n{WHOLE}```",
    "the whole file without fences": WHOLE,
    "the old code first": f"Slow:\n```cpp\n{PROGRAM.decode()}```\nFast:\n```cpp\n{FUNCTION}```",
    "the old code last": f"```cpp\n{FUNCTION}```\ninstead of\n```cpp\n{PROGRAM.decode()}```",
    "an example of use last": f"```cpp\n{FUNCTION}```\nUse it so:\n```cpp\nint x = total(items, 3);\n```",
    "line ends of Windows": FUNCTION.replace("\n", "\r\n"),
    "a byte-order mark": f"\ufeff{FUNCTION}",
    "without std": FUNCTION.replace("std::vector", "vector"),
    "static came": f"static inline {FUNCTION}",
    "a main of its own": f"{FUNCTION}\nint main() {{ return 0; }}\n",
    "another function in the block": f"int weight_of(const Item &item) {{ return 7; }}\n\n{FUNCTION}",
    "a pragma before it": f'#pragma GCC optimize("Ofast")\n{FUNCTION}',
    "a global before it": f"int memory[1000];\n{FUNCTION}",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_leads_to_the_same_edit(target_of: Targets, shape: str) -> None:
    assert made(target_of(), SHAPES[shape]) == EXPECTED


USELESS = {
    "": "It is empty.",
    "  \n\t ": "It is empty.",
    "I cannot help with that.": "It holds no definition of the function total.",
    "```cpp\nint other() { return 1; }\n```": "It holds no definition of the function total.",
    "```cpp\nint total(const std::vector<Item> &items, int n);\n```": "no definition",
    f"```cpp\n{FUNCTION[:90]}": "total",
    FUNCTION.replace("int n)", "long n)"): "It changes the signature of the function total.",
    FUNCTION.replace("int n)", "int n, int m)"): "It changes the signature of the function total.",
    FUNCTION.replace("int total", "void total"): "It changes the signature of the function total.",
    PROGRAM.decode(): "It gives the function total back as it was.",
    PROGRAM.decode().replace("// one by one", ""): "It gives the function total back as it was.",
    "x" * 300_000: "characters, which is no answer",
    "--- a\n+++ b\n@@ -1 +1 @@\n-    sum = sum + x;\n+    sum += x;\n": "no definition",
}


@pytest.mark.parametrize("text", USELESS)
def test_what_is_of_no_use_says_why(target_of: Targets, text: str) -> None:
    assert USELESS[text] in refused(target_of(), text)


def test_an_answer_that_was_cut_off_is_not_used(target_of: Targets) -> None:
    assert "cut off" in refused(target_of(), FUNCTION, Finish.LENGTH)
    assert "held it back" in refused(target_of(), FUNCTION, Finish.FILTERED)
    assert made(target_of(), FUNCTION, Finish.OTHER) == EXPECTED


def test_headers_that_it_names_or_forgets_are_added(target_of: Targets) -> None:
    body = FUNCTION.replace("int sum = 0;", "int sum = 0;\n    std::unordered_map<int, int> seen;")
    named = made(target_of(), f'#include <unordered_map>\n#include <vector>\n#include "mine.h"\n{body}')
    assert made(target_of(), body) == named
    assert b"#include <vector>\n#include <unordered_map>\n\nconst" in named
    assert b"mine.h" not in named


def test_helpers_come_before_the_comment_of_the_function(target_of: Targets) -> None:
    used = "struct Pair { int a; };\n\nstatic int twice(Pair p) { return p.a * 2; }\n\n"
    helpers = f"{used}int idle() {{ return 0; }}\n\n"
    target = target_of()
    text = f"{helpers}{FUNCTION.replace('items[i].weight', 'twice({items[i].weight}) / 2')}"
    read = read_answer(target, text)
    assert isinstance(read, Anchored) and read.grants == {Grant.HELPER, Grant.REWRITE}
    changed = apply_edits(PROGRAM, read.edits)
    assert (
        b"struct Pair { int a; };\n\nstatic int twice(Pair p) { return p.a * 2; }\n\n// Sums the weights.\n"
        in changed
    )
    assert b"idle" not in changed


def test_a_member_keeps_its_place_and_its_indentation(target_of: Targets) -> None:
    for head in ("int size(int k)", "int Box::size(int k)"):
        changed = made(target_of("size"), f"{head} {{\n    return k + k;\n}}\n")
        assert changed == PROGRAM.replace(b"return k * 2;", b"return k + k;")


def test_a_helper_of_a_member_comes_before_the_class(target_of: Targets) -> None:
    text = "int doubled(int k) { return k + k; }\nint Box::size(int k) {\n    return doubled(k);\n}\n"
    assert b"int doubled(int k) { return k + k; }\n\nclass Box {" in made(target_of("size"), text)


def test_copies_may_become_references(target_of: Targets) -> None:
    source = b"#include <string>\nint f(std::string s, int k) {\n    return s.size() + k;\n}\nint main() {}\n"
    target = target_of("f", source)
    read = read_answer(target, "int f(const std::string &s, int k) {\n    return s.size() + k;\n}\n")
    assert isinstance(read, Anchored) and read.grants == {Grant.SIGNATURE, Grant.REWRITE}
    assert apply_edits(source, read.edits) == source.replace(b"std::string s", b"const std::string &s")


def test_of_overloads_the_one_that_is_meant_is_taken(target_of: Targets) -> None:
    source = b"int f(int a) {\n    return a;\n}\nint f(long a) {\n    return a + 1;\n}\nint main() {}\n"
    file = parse(source)
    target = Target(ProposeContext(file, select(find_functions(file), "f", 4)))
    text = "int f(long a) {\n    return 1 + a;\n}\nint f(int a) {\n    return 0 + a;\n}\n"
    assert made(target, text) == source.replace(b"a + 1", b"1 + a")


def test_the_file_keeps_its_line_ends_and_its_encoding(target_of: Targets) -> None:
    windows = PROGRAM.replace(b"\n", b"\r\n")
    assert made(target_of("total", windows), FUNCTION) == EXPECTED.replace(b"\n", b"\r\n")
    # "é" in a comment makes the file one in a legacy encoding, which has no arrow.
    latin = PROGRAM.replace(b"Sums the weights", b"Additionne les poids, \xe9t\xe9 compris")
    assert made(target_of("total", latin), FUNCTION) == latin.replace(OLD_LINE, NEW_LINE)
    assert "cannot be written" in refused(
        target_of("total", latin), FUNCTION.replace("sum = 0;", "sum = 0; // \u2192")
    )


ALPHABET = [
    *FUNCTION.splitlines(keepends=True),
    "```cpp\n",
    "```\n",
    "}",
    "{",
    "\x00",
    "\ud800",
    "#include <map>\n",
]
ALPHABET += [
    "total(",
    "int total(",
    '"',
    'R"(',
    "/*",
    "'",
    "\\\n",
    "template<",
    ">",
    "struct A {",
    "\r",
    "é",
    "namespace x {\n",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(ALPHABET), max_size=25).map("".join) | st.text(max_size=200))
def test_no_text_raises_or_changes_anything_else(target_of: Targets, text: str) -> None:
    target = target_of()
    read = read_answer(target, text)
    if isinstance(read, Unusable):
        assert read.reason
        return
    ref = target.function.ref
    for edit in read.edits:
        inserts = not len(edit.span)
        inside = ref.body.contains(edit.span) or ref.header.contains(edit.span)
        assert inside or (inserts and read.grants & {Grant.INCLUDE, Grant.HELPER})
    changed = apply_edits(PROGRAM, read.edits)
    assert changed.startswith(b"#include <iostream>\n#include <vector>")
    assert changed.endswith(PROGRAM[ref.span.end :])
