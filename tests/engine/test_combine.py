"""Combinations join what does not touch, and nothing else."""

from dataclasses import replace
from pathlib import Path

from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.engine.combine import combination
from pie_lsp.engine.gather import Draft
from pie_lsp.engine.winner import Winner
from pie_lsp.text.edits import apply_edits
from pie_lsp.values.candidate import Candidate, Grant, ProposerKind, Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.measurement import Comparison
from pie_lsp.values.span import Span
from pie_lsp.values.toolchain import Binary, BuildMode

BINARY = Binary(Path("program"), BuildMode.OPTIMIZED, "digest", "code")
SOURCE = b"int f() { return 1 + 2; }\nint g() { return 3; }\n"


def winner(function: int, *changes: tuple[bytes, bytes], grants: frozenset[Grant] = frozenset()) -> Winner:
    refs = [found.ref for found in find_functions(parse(SOURCE)).functions]
    spans = [(SOURCE.index(old), old, new) for old, new in changes]
    edits = tuple(Edit(Span(at, at + len(old)), new) for at, old, new in sorted(spans))
    name = b"+".join(new for _, new in changes).decode()
    candidate = Candidate(refs[function], name, f"Because {name}.", edits, Provenance(name, "1"), grants)
    draft, comparison = Draft(candidate, apply_edits(SOURCE, edits)), Comparison((), (), 2.0, 2.0)
    return Winner(draft, comparison, 3, 2.0, (), binary=BINARY)


def test_disjoint_winners_are_joined_with_their_grants_and_provenance() -> None:
    one = winner(0, (b"1", b"7"), grants=frozenset({Grant.INCLUDE}))
    draft = combination(SOURCE, [one, winner(0, (b"2", b"8"))])
    assert draft is not None
    assert draft.changed == b"int f() { return 7 + 8; }\nint g() { return 3; }\n"
    assert draft.candidate.provenance.kind is ProposerKind.COMBINATION
    assert draft.candidate.provenance.details == (("7", "1"), ("8", "1"))
    assert draft.candidate.grants == {Grant.INCLUDE}
    assert draft.candidate.title == "7; 8"


def test_a_combination_says_that_a_model_wrote_a_part_of_it() -> None:
    rule, other = winner(0, (b"1", b"7")), winner(0, (b"2", b"8"))
    written = replace(other.draft.candidate, provenance=Provenance("m", "1", ProposerKind.MODEL))
    mixed = combination(SOURCE, [rule, replace(other, draft=replace(other.draft, candidate=written))])
    alone = combination(SOURCE, [rule, other])
    assert mixed is not None and alone is not None
    assert mixed.candidate.provenance.by_model and not alone.candidate.provenance.by_model


def test_winners_of_two_functions_may_touch_the_whole_file() -> None:
    draft = combination(SOURCE, [winner(0, (b"1", b"7")), winner(1, (b"3", b"9"))])
    assert draft is not None and Grant.WHOLE_FILE in draft.candidate.grants
    assert draft.changed == b"int f() { return 7 + 2; }\nint g() { return 9; }\n"


def test_an_overlapping_winner_is_skipped_in_favour_of_the_better_one() -> None:
    draft = combination(
        SOURCE, [winner(0, (b"1 + 2", b"3")), winner(0, (b"1", b"7")), winner(1, (b"3;", b"4;"))]
    )
    assert draft is not None
    assert draft.changed == b"int f() { return 3; }\nint g() { return 4; }\n"


def test_nothing_to_join() -> None:
    assert combination(SOURCE, []) is None
    assert combination(SOURCE, [winner(0, (b"1", b"7"))]) is None
    assert combination(SOURCE, [winner(0, (b"1 + 2", b"3")), winner(0, (b"2", b"8"))]) is None


def test_a_winner_that_contains_another_is_no_combination() -> None:
    assert combination(SOURCE, [winner(0, (b"1", b"7"), (b"2", b"8")), winner(0, (b"2", b"8"))]) is None
    assert combination(SOURCE, [winner(0, (b"2", b"8")), winner(0, (b"1", b"7"), (b"2", b"8"))]) is None
