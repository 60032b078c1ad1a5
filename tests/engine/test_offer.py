"""Suggestions are ranked, and their words say what was measured."""

import dataclasses
from pathlib import Path

from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.engine.gather import Draft
from pie_lsp.engine.offer import assurance, new_text, summary
from pie_lsp.engine.winner import Winner
from pie_lsp.prompting.proposer import REPEATED
from pie_lsp.values.candidate import Candidate, ProposerKind, Provenance
from pie_lsp.values.measurement import Comparison
from pie_lsp.values.report import Rejected, Rejection, Stage
from pie_lsp.values.toolchain import Binary, BuildMode

BINARY = Binary(Path("program"), BuildMode.OPTIMIZED, "digest", "code")
SOURCE = b"int f(int a) { return a; }\nint f(long a) { return 2; }\nint main() { return f(1); }\n"


def test_the_text_of_the_function_is_found_after_edits_before_and_inside_it() -> None:
    second = find_functions(parse(SOURCE)).functions[1].ref
    changed = b"#include <vector>\n" + SOURCE.replace(b"return 2", b"return 1 + 1")
    assert new_text(second, changed, SOURCE) == b"int f(long a) { return 1 + 1; }"


def test_assurance_claims_no_more_than_was_checked() -> None:
    origin = find_functions(parse(SOURCE)).functions[0].ref
    candidate = Candidate(origin, "title", "", (), Provenance("X1", "1"))
    won = Winner(Draft(candidate, SOURCE), Comparison((), (), 2.0, 2.0), 5, 2.0, (), binary=BINARY)
    assert assurance(won, "5 tests").endswith("original; sanitizers clean")
    partly = dataclasses.replace(won, unchecked=2)
    assert assurance(partly, "5 tests").endswith("sanitizers clean on the 3 they could check")


def test_reasons_are_counted_by_stage() -> None:
    def fell(stage: Stage) -> Rejected:
        return Rejected("f", "title", Provenance("X1", "1"), Rejection(stage, "reason"))

    text = summary([fell(Stage.TESTS), fell(Stage.SLOWER), fell(Stage.TESTS), fell(Stage.IDENTICAL)])
    assert text == "No faster equivalent found: 1 identical code, 2 failed tests, 1 not faster by enough."
    assert summary([]) == "No faster equivalent found: no rule applies here."


def test_answers_that_repeat_another_are_counted_apart() -> None:
    provenance = Provenance("m/few-shot", "1", ProposerKind.MODEL)
    wrong = Rejected("f", "sample 1", provenance, Rejection(Stage.TESTS, "It is wrong."))
    again = Rejected("f", "sample 2", provenance, Rejection(Stage.IDENTICAL, REPEATED))
    text = summary([wrong, *[again] * 7])
    assert text == "No faster equivalent found: 1 failed tests, 7 repeated answers."
