from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.cpp.tokens import fingerprint
from pie_lsp.server.results import Result, Results, Standing, subject
from pie_lsp.text.edits import apply_edits
from pie_lsp.values.edit import Edit
from pie_lsp.values.report import Suggestion
from pie_lsp.values.span import Span

from .conftest import document
from .making import OLD, make_result, make_suggestion


def results() -> tuple[Results, Result]:
    store = Results(fingerprint)
    made = make_result()
    return store, store.add("d", made.function, made.request, made.report)


def test_a_newer_result_replaces_the_older_one_for_the_function() -> None:
    store, first = results()
    second = store.add("d", first.function, first.request, first.report)
    assert list(store.of("d")) == [second] and store.find(first.id) is None
    other = store.add("d", replace(first.function, line=99, fingerprint="x"), first.request, first.report)
    assert list(store.of("d")) == [second, other], "an overload is another function"
    assert list(store.of("e")) == []
    assert store.discard(second.id) is second and store.discard(second.id) is None


def test_the_standing_follows_from_the_text() -> None:
    store, result = results()
    best = result.suggestions[0]
    for text, standing in [
        (OLD, Standing.FRESH),
        (OLD.replace("slow", " /* why? */ slow"), Standing.FRESH),
        (best.new_source.decode(), Standing.APPLIED),
        (OLD.replace("return 1", "return 2"), Standing.STALE),
        ("", Standing.STALE),
    ]:
        assert store.standing(result, document(text)) is standing, text


def test_a_result_is_about_the_function_as_it_stands_now() -> None:
    store, result = results()
    moved = document("// one\n// two\n" + OLD)
    found = subject(result, moved)
    assert found is not None and found.line == result.function.line + 2
    assert store.at(moved, "d", found) is result
    assert subject(result, document("int g() { return 1; }\n")) is None


@pytest.mark.parametrize(
    "text",
    [
        OLD,
        "// before\n" + OLD,
        OLD + "// behind\n",
        "// before\n" + OLD + "// behind\n",
        OLD.replace("return 1;", "return /* inside another */ 1;") + "// slow();\n",
        OLD.replace("void", "/* slow(); */ void"),
    ],
)
def test_an_edit_finds_its_place_among_comments(text: str) -> None:
    store, result = results()
    current = document(text)
    for suggestion in result.suggestions:
        edit = store.edit(result, suggestion, current)
        assert edit is not None
        word = "fast" if suggestion.rank == 1 else "faster"
        assert apply_edits(current.data, (edit,)).decode() == text.replace("  slow();", f"  {word}();")


def test_an_edit_that_would_give_another_program_is_not_made() -> None:
    store, result = results()
    best = result.suggestions[0]
    assert store.edit(result, best, document(OLD + "int h;\n")) is None
    # The bytes that the edit replaces now stand in a comment, and the code is spaced differently.
    tricky = OLD.replace("  slow();", "  slow  ();").replace("int g", "/*  slow(); */ int g")
    long = replace(best, edit=Edit(Span(OLD.index("slow"), OLD.index("slow") + 7), b"fast();"))
    assert store.edit(result, long, document(tricky)) is None


def test_an_edit_over_several_functions_survives_comments_on_one_side_only() -> None:
    store, result = results()
    wide = make_suggestion(1, Edit(Span(0, len(OLD)), OLD.replace("slow", "fast").encode()))
    assert store.edit(result, wide, document("// before\n" + OLD)) is not None
    assert store.edit(result, wide, document(OLD.replace("return", "/**/ return"))) is None


@given(
    st.lists(st.tuples(st.integers(0, len(OLD)), st.sampled_from(["/* x */", "// y\n", " ", "\n", "z", ";"])))
)
def test_whatever_is_typed_an_edit_leads_to_the_verified_tokens_or_is_not_made(
    typed: list[tuple[int, str]],
) -> None:
    store, result = results()
    text = OLD
    for place, new in typed:
        text = text[:place] + new + text[place:]
    current = document(text)
    edit = store.edit(result, result.suggestions[0], current)
    if edit is not None:
        verified: Suggestion = result.suggestions[0]
        assert fingerprint(apply_edits(current.data, (edit,))) == fingerprint(verified.new_source)
        assert store.standing(result, current) is Standing.FRESH


def test_an_edit_has_both_ends_where_editors_have_positions(tmp_path: Path) -> None:
    old = "void f() {\r\n  /*é*/ slow();\r\n}\r\n"
    new = "void f() {\r\n  /*è*/ fast();\r\n}\r\n"
    start = old.encode().index("é".encode()) + 1
    inside = Edit(Span(start, start + 1), "è".encode()[1:])
    made = make_result(old, (make_suggestion(1, inside, old),))
    store = Results(fingerprint)
    result = store.add("d", made.function, made.request, made.report)
    current = document(old)
    edit = store.edit(result, result.suggestions[0], current)
    assert edit is not None and edit.replacement.decode()
    assert apply_edits(current.data, (edit,)).decode() == new.replace("fast", "slow")


def test_what_a_person_wrote_joins_what_was_found_before() -> None:
    store, old = results()
    first, second = old.suggestions
    start = OLD.index("slow")
    own = replace(make_suggestion(1, Edit(Span(start, start + 4), b"mine")), title="Your edit")
    middle = replace(own, comparison=replace(own.comparison, speedup=2.0))
    slower = replace(second, comparison=replace(second.comparison, speedup=1.5))
    report = replace(old.report, suggestions=(first, slower))
    store.add("d", old.function, old.request, report)
    found = store.with_older("d", old.function, old.request, replace(report, suggestions=(middle,)))
    ranked = [(one.rank, one.title) for one in found.suggestions]
    assert ranked == [(1, first.title), (2, "Your edit"), (3, second.title)]
    same = store.with_older("d", old.function, old.request, replace(report, suggestions=(first,)))
    assert [one.title for one in same.suggestions] == [first.title, second.title], "an unedited copy"
    other = replace(report, suggestions=(middle,), evidence="other")
    assert store.with_older("d", old.function, old.request, other) == other, (
        "nothing of other evidence is kept"
    )


def test_the_suggestion_that_was_applied_is_known() -> None:
    store, result = results()
    second = result.suggestions[1]
    assert store.applied(result, document(second.new_source.decode())) == second
    assert store.applied(result, document(OLD)) is None
