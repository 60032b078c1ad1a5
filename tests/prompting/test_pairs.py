"""A pair is shown as its function where that is all that differs."""

import pytest

from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.prompting.contract import Example
from pie_lsp.prompting.pairs import may_be_imitated, shown
from pie_lsp.prompting.wording import fixed_examples, say
from pie_lsp.retrieval.contract import Pair
from pie_lsp.retrieval.pairs import corpus_pairs

SLOW = b"#include <vector>\r\nint f() {\r\n    return 1;\r\n}\r\nint main() { f(); }\r\n"
FAST = SLOW.replace(b"1", b"2")


def test_the_function_alone_is_shown() -> None:
    one = shown(Pair("k", SLOW, FAST, function="f", description="It adds."))
    assert one == Example("int f() {\n    return 1;\n}", "int f() {\n    return 2;\n}", "It adds.")


def test_what_only_one_program_has_is_shown_with_the_function() -> None:
    same, old = "int twice(int n) { return n + n; }", "struct Old { int n; };"
    table, other = "static int table[10];", "int other() { return 1; }"
    slow = "int f(int n) { Old one{n}; return twice(one.n); }"
    fast = "int f(int n) { return found(n); }"
    helper = "int found(int n) {\n    return table[n];\n}"
    before = f"{old}\n{same}\n{slow}\nint main() {{}}\n"
    after = f"{same}\n{table}\n{other}\n{helper}\n{fast}\nint main() {{}}\n"
    one = shown(Pair("k", before.encode(), after.encode(), function="f"))
    assert one.before == f"{old}\n\n{slow}"
    assert one.after == f"{table}\n\n{helper}\n\n{fast}"


def test_no_pair_of_the_corpus_hides_the_helper_that_makes_it_faster() -> None:
    pairs = {pair.key: pair for pair in corpus_pairs().pairs}
    one = shown(pairs["corpus/inversion_ranks/1-3"])
    assert "sort_and_count(" in one.after and one.after.count("sort_and_count") > 2
    assert "int main" not in one.after


def test_a_whole_program_is_shown_whole() -> None:
    one = shown(Pair("k", SLOW, FAST))
    assert one.before == SLOW.decode().replace("\r\n", "\n").strip()
    assert shown(Pair("k", SLOW, FAST, function="gone")) == one


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [
        (b"int f(std::string s) { return 1; }", b"int f(const std::string &s) { return 2; }", True),
        (b"int f(int n) { return 1; }", b"int f(int n) { return 2; }", True),
        (b"int f(std::list<int> v) { return 1; }", b"int f(std::vector<int> v) { return 2; }", False),
        (b"int f(int n) { return 1; }", b"int f(int n, int m) { return 2; }", False),
    ],
)
def test_a_pair_that_changes_a_signature_is_no_example_for_an_answer(
    before: bytes, after: bytes, may: bool
) -> None:
    assert may_be_imitated(Pair("k", before, after, function="f")) is may
    assert may_be_imitated(Pair("k", before, after))


def test_the_fixed_examples_keep_to_what_the_prompt_says() -> None:
    for one in fixed_examples():
        (function,) = (f.ref.name for f in find_functions(parse(one.before.encode())).functions)
        assert may_be_imitated(Pair("k", one.before.encode(), one.after.encode(), function=function))
    assert "may become references to constants" in say("ending", function="f")
