"""Suggestions are ranked, and their words say what was measured."""

from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.engine.offer import new_text, summary
from pie_lsp.values.candidate import Provenance
from pie_lsp.values.report import Rejected, Rejection, Stage

SOURCE = b"int f(int a) { return a; }\nint f(long a) { return 2; }\nint main() { return f(1); }\n"


def test_the_text_of_the_function_is_found_after_edits_before_and_inside_it() -> None:
    second = find_functions(parse(SOURCE)).functions[1].ref
    changed = b"#include <vector>\n" + SOURCE.replace(b"return 2", b"return 1 + 1")
    assert new_text(second, changed, SOURCE) == b"int f(long a) { return 1 + 1; }"


def test_reasons_are_counted_by_stage() -> None:
    def fell(stage: Stage) -> Rejected:
        return Rejected("f", "title", Provenance("X1", "1"), Rejection(stage, "reason"))

    text = summary([fell(Stage.TESTS), fell(Stage.SLOWER), fell(Stage.TESTS), fell(Stage.IDENTICAL)])
    assert text == "No faster equivalent found: 1 identical code, 2 failed tests, 1 not faster."
    assert summary([]) == "No faster equivalent found: no rule applies here."
