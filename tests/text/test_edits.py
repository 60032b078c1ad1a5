from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.text.edits import apply_edits, compatible, compose, hull, merge, shift
from pie_lsp.text.positions import TextPositions
from pie_lsp.values.edit import Edit
from pie_lsp.values.span import Span

ALPHABET = "ab;\r\n 表é😀"


@st.composite
def edited(draw: st.DrawFn, codec: str = "utf-8") -> tuple[bytes, list[Edit]]:
    """A file, and sorted disjoint edits between whole characters."""
    text = draw(st.text(st.sampled_from(ALPHABET if codec == "utf-8" else "ab;\r\n 表"), max_size=30))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    if len(cuts) % 2:
        cuts.pop()
    offset = [len(text[:at].encode(codec)) for at in range(len(text) + 1)]
    pairs = zip(cuts[::2], cuts[1::2], strict=True)
    replacement = st.text(st.sampled_from("ab\r\n表"), max_size=4)
    edits = [Edit(Span(offset[a], offset[b]), draw(replacement).encode(codec)) for a, b in pairs]
    return text.encode(codec), edits


def insertion(at: int, text: bytes) -> Edit:
    return Edit(Span(at, at), text)


def test_edits_apply_in_order() -> None:
    edits = [insertion(0, b"<"), Edit(Span(1, 3), b"X"), insertion(3, b"|"), Edit(Span(3, 4), b"")]
    assert apply_edits(b"abcde", edits) == b"<aX|e"


def test_nothing_changes_without_edits() -> None:
    assert apply_edits(b"a\r\f\xff", ()) == b"a\r\f\xff"


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(Span(0, 3), b""), Edit(Span(2, 4), b"")],
        [Edit(Span(3, 4), b""), Edit(Span(0, 1), b"")],
        [Edit(Span(1, 4), b""), insertion(2, b"x")],
    ],
)
def test_edits_that_overlap_or_are_out_of_order_are_a_defect(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        apply_edits(b"abcde", edits)


def test_an_edit_outside_the_file_is_a_defect() -> None:
    with pytest.raises(ValueError, match="outside the file of 5 bytes"):
        apply_edits(b"abcde", [Edit(Span(4, 6), b"")])


@given(edited())
def test_the_hull_has_the_effect_of_all(case: tuple[bytes, list[Edit]]) -> None:
    data, edits = case
    for codec in ("utf-8", None):
        assert apply_edits(data, [hull(data, edits, codec)]) == apply_edits(data, edits)


@given(edited("cp932"))
def test_the_hull_never_splits_a_character(case: tuple[bytes, list[Edit]]) -> None:
    data, edits = case
    one = hull(data, edits, "cp932")
    for part in (data[: one.span.start], data[one.span.start : one.span.end], one.replacement):
        part.decode("cp932")
    assert apply_edits(data, [one]) == apply_edits(data, edits)


@given(edited())
def test_an_editor_has_a_position_at_both_ends_of_the_hull(case: tuple[bytes, list[Edit]]) -> None:
    data, edits = case
    one = hull(data, edits, "utf-8")
    positions = TextPositions(data.decode())
    start, end = positions.range_of(one.span)
    assert (positions.byte_at(start), positions.byte_at(end)) == (one.span.start, one.span.end)


def test_the_hull_spans_the_first_to_the_last_change() -> None:
    data = b"int a = 1;\nint b = 2;\nint c = 3;\n"
    edits = [Edit(Span(8, 9), b"7"), Edit(Span(22, 32), b"int c = 9;")]
    assert hull(data, edits) == Edit(Span(8, 31), b"7;\nint b = 2;\nint c = 9")


def test_characters_that_share_a_byte_are_replaced_whole() -> None:
    one = hull("あ".encode("cp932"), [Edit(Span(0, 2), "い".encode("cp932"))], "cp932")
    assert one == Edit(Span(0, 2), "い".encode("cp932"))


def test_a_change_of_line_ends_takes_both_bytes() -> None:
    assert hull(b"a\r\nb", [Edit(Span(1, 3), b"\n")], "utf-8") == Edit(Span(1, 3), b"\n")
    assert hull(b"a\r\nb", [Edit(Span(2, 2), b"x\r")], "utf-8") == Edit(Span(1, 3), b"\rx\r\n")


def test_the_hull_of_no_change_is_empty() -> None:
    assert hull(b"abc", []) == insertion(0, b"")
    assert hull(b"abc", [Edit(Span(1, 2), b"b")]) == insertion(1, b"")


class TestTogether:
    def test_disjoint_edits_are_compatible(self) -> None:
        first, second = [Edit(Span(0, 2), b"x")], [Edit(Span(4, 5), b"y")]
        assert compatible(first, second)
        assert merge(first, second) == (Edit(Span(0, 2), b"x"), Edit(Span(4, 5), b"y"))

    def test_the_same_edit_in_both_is_made_once(self) -> None:
        shared = insertion(0, b"#include <x>\n")
        merged = merge([shared, Edit(Span(3, 4), b"p")], [shared, Edit(Span(1, 2), b"q")])
        assert apply_edits(b"abcde", merged) == b"#include <x>\naqcpe"

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ([Edit(Span(0, 3), b"x")], [Edit(Span(2, 4), b"y")]),
            ([Edit(Span(0, 3), b"x")], [Edit(Span(0, 3), b"y")]),
            ([Edit(Span(0, 3), b"x")], [insertion(3, b"y")]),
            ([insertion(2, b"x")], [Edit(Span(2, 4), b"y")]),
            ([insertion(2, b"x")], [insertion(2, b"y")]),
            ([Edit(Span(0, 9), b"x")], [insertion(4, b"y")]),
        ],
    )
    def test_edits_that_touch_are_not(self, first: list[Edit], second: list[Edit]) -> None:
        assert not compatible(first, second)
        assert not compatible(second, first)
        with pytest.raises(ValueError, match="touch"):
            merge(first, second)

    def test_an_edit_of_one_may_not_touch_a_shared_one(self) -> None:
        shared = insertion(2, b"x")
        assert not compatible([shared], [shared, insertion(2, b"y")])

    def test_insertions_of_one_keep_their_order(self) -> None:
        both = [insertion(0, b"z"), insertion(0, b"a")]
        assert apply_edits(b"", merge(both, [])) == b"za"

    @given(edited(), st.data())
    def test_merging_is_applying_both(self, case: tuple[bytes, list[Edit]], data: st.DataObject) -> None:
        source, edits = case
        first = [edit for edit in edits if data.draw(st.booleans())]
        second = [edit for edit in edits if edit not in first]
        if compatible(first, second):
            assert apply_edits(source, merge(first, second)) == apply_edits(source, merge(second, first))
            assert set(merge(first, second)) == set(edits)


class TestShift:
    def test_edits_before_move_and_edits_inside_grow(self) -> None:
        edits = [Edit(Span(0, 1), b"xyz"), Edit(Span(4, 5), b""), insertion(6, b"++")]
        data = b"a{bcdef}g"
        moved = shift(Span(1, 8), edits)
        assert apply_edits(data, edits)[moved.start : moved.end] == b"{bce++f}"

    def test_insertions_at_the_ends_lie_outside(self) -> None:
        assert shift(Span(2, 4), [insertion(2, b"xx"), insertion(4, b"yy")]) == Span(4, 6)

    def test_replacing_all_of_it_is_inside(self) -> None:
        assert shift(Span(2, 4), [Edit(Span(2, 4), b"long")]) == Span(2, 6)

    @pytest.mark.parametrize("crossing", [Span(1, 3), Span(3, 5), Span(1, 9)])
    def test_an_edit_across_an_end_is_a_defect(self, crossing: Span) -> None:
        with pytest.raises(ValueError, match="crosses"):
            shift(Span(2, 4), [Edit(crossing, b"")])


@given(st.data())
def test_edits_after_edits_are_edits_of_the_first_text(data: st.DataObject) -> None:
    text, first = data.draw(edited())
    between = apply_edits(text, first)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(between)), max_size=6)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    second = [Edit(Span(a, b), data.draw(st.binary(max_size=3))) for a, b in pairs]
    both = compose(text, first, second)
    assert apply_edits(text, both) == apply_edits(between, second)
    assert all(one.span.end < other.span.start for one, other in pairwise(both))


def test_what_is_far_apart_stays_apart() -> None:
    first, second = [Edit(Span(0, 1), b"XYZ")], [Edit(Span(6, 7), b"")]
    assert compose(b"abcdefgh", first, second) == (Edit(Span(0, 1), b"XYZ"), Edit(Span(4, 5), b""))
    assert compose(b"abcdefgh", first, [Edit(Span(0, 3), b"a")]) == ()
