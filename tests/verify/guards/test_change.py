"""A change is what really differs, whatever the edits repeat."""

from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.text.edits import apply_edits
from pie_lsp.values.candidate import Candidate, Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.span import Span
from pie_lsp.values.testing import TestSuite
from pie_lsp.verify.guards.change import Change, Version

SOURCE = b"int one() { return 1; }\nint two() { return 2; }  // end\n"


def change(*edits: Edit) -> Change:
    file = parse(SOURCE)
    function = find_functions(file).functions[0].ref
    candidate = Candidate(function, "Do", "It does.", edits, Provenance("test", "1"))
    return Change(file, candidate, apply_edits(SOURCE, edits), TestSuite("here"))


def test_an_edit_that_repeats_its_surroundings_is_cut_down() -> None:
    whole = Edit(Span(0, 23), b"int one() { return 11; }")
    assert change(whole).edits == (Edit(Span(20, 20), b"1"),)


def test_an_edit_that_changes_nothing_is_none() -> None:
    assert change(Edit(Span(0, 3), b"int")).edits == ()


def test_only_the_functions_own_span_is_selected() -> None:
    assert [function.ref.name for function in change().selected()] == ["one"]


def test_comments_and_directives_are_no_code() -> None:
    version = Version(parse(b"#define X 1\nint x; // X\n"))
    assert version.texts == (b"int", b"x", b";")
    assert version.words == {b"int": 1, b"x": 1}


@given(st.integers(0, len(SOURCE)), st.integers(0, len(SOURCE)), st.binary(max_size=9))
def test_cutting_an_edit_down_does_not_change_what_it_does(one: int, two: int, text: bytes) -> None:
    edit = Edit(Span(min(one, two), max(one, two)), text)
    assert apply_edits(SOURCE, change(edit).edits) == apply_edits(SOURCE, (edit,))
