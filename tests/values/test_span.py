"""Half-open ranges of bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.values.span import Span

SPANS = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda pair: Span(min(pair), max(pair)))


def test_a_span_has_a_length() -> None:
    assert len(Span(3, 7)) == 4
    assert len(Span(3, 3)) == 0


@pytest.mark.parametrize(("start", "end"), [(2, 1), (-1, 3)])
def test_a_range_that_is_none_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_a_cursor_behind_the_last_byte_still_stands_in_it() -> None:
    span = Span(3, 7)
    assert [offset for offset in range(10) if span.holds(offset)] == [3, 4, 5, 6, 7]


@given(SPANS, SPANS)
def test_a_span_contains_what_is_no_byte_outside(outer: Span, inner: Span) -> None:
    bytes_of = set(range(inner.start, inner.end))
    if outer.contains(inner):
        assert bytes_of <= set(range(outer.start, outer.end))
    elif bytes_of:
        assert bytes_of - set(range(outer.start, outer.end))


@given(SPANS, SPANS)
def test_overlapping_is_mutual_and_means_a_shared_byte_or_a_point_inside(a: Span, b: Span) -> None:
    shared = set(range(a.start, a.end)) & set(range(b.start, b.end))
    point_inside = (not len(a) and b.start < a.start < b.end) or (not len(b) and a.start < b.start < a.end)
    assert a.overlaps(b) == b.overlaps(a) == bool(shared or point_inside)
