"""Applying, joining and moving edits of bytes; knows nothing of C++ or of positions in editors.

An edit that cannot be applied is a defect of whoever made it, so the errors here are `ValueError`.
"""

from collections.abc import Iterable, Sequence
from typing import AnyStr

from pie_lsp.values.edit import Edit
from pie_lsp.values.span import Span


def apply_edits(data: bytes, edits: Sequence[Edit]) -> bytes:
    """`data` after `edits`, which must be sorted, disjoint and inside `data`, or ValueError is raised."""
    _check(len(data), edits)
    pieces: list[bytes] = []
    done = 0
    for edit in edits:
        pieces += (data[done : edit.span.start], edit.replacement)
        done = edit.span.end
    return b"".join((*pieces, data[done:]))


def hull(data: bytes, edits: Sequence[Edit], codec: str | None = None) -> Edit:
    """One edit with the effect of all: it spans the first to the last byte that changes.

    With the codec of the file it never splits a character, and it never starts or ends between \\r and
    \\n, since editors have no position there. Without a change it is empty.
    """
    new = apply_edits(data, edits)
    if data == new:
        start = edits[0].span.start if edits else 0
        return Edit(Span(start, start), b"")
    if codec is None or (data.isascii() and new.isascii()):
        before, after = _common(data, new)
    else:
        before, after = _common_decoded(data, new, codec)
    before, after = _outside_line_end(data, before, after)
    return Edit(Span(before, len(data) - after), new[before : len(new) - after])


def compatible(first: Sequence[Edit], second: Sequence[Edit]) -> bool:
    """Whether both can be applied to the same original: disjoint, but for edits that are in both.

    An insertion that touches another edit is refused, because their order would be a guess.
    """
    shared = set(first) & set(second)
    mine = [edit.span for edit in first if edit not in shared]
    theirs = [edit.span for edit in second if edit not in shared]
    both = [edit.span for edit in shared]
    return not any(_collide(one, two) for one in mine for two in (*theirs, *both)) and not any(
        _collide(one, two) for one in theirs for two in both
    )


def merge(first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits of both, sorted, with those that are in both applied once.

    Raises ValueError where they are not `compatible`.
    """
    if not compatible(first, second):
        raise ValueError("the edits touch one another")
    added = [edit for edit in second if edit not in first]
    return tuple(sorted((*first, *added), key=lambda edit: edit.span))


def compose(data: bytes, first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """Edits of `data` with the effect of `first` and then `second`, which are edits of what `first` makes.

    What touches becomes one edit; what in the end changes nothing is left out.
    """
    changed = apply_edits(data, first)
    _check(len(changed), second)
    made, growth = _places(first), 0
    found: list[Edit] = []
    for place in _clusters([*made, *(edit.span for edit in second)]):
        inside = [edit for edit in second if place.contains(edit.span)]
        moved = [
            Edit(Span(edit.span.start - place.start, edit.span.end - place.start), edit.replacement)
            for edit in inside
        ]
        text = apply_edits(changed[place.start : place.end], moved)
        start = place.start - growth
        growth += sum(
            len(edit.replacement) - len(edit.span)
            for edit, at in zip(first, made, strict=True)
            if place.contains(at)
        )
        span = Span(start, place.end - growth)
        if data[span.start : span.end] != text:
            found.append(Edit(span, text))
    return tuple(found)


def _places(edits: Sequence[Edit]) -> list[Span]:
    """Where the replacements of `edits` lie once they are applied."""
    found, growth = [], 0
    for edit in edits:
        start = edit.span.start + growth
        found.append(Span(start, start + len(edit.replacement)))
        growth += len(edit.replacement) - len(edit.span)
    return found


def _clusters(spans: Iterable[Span]) -> list[Span]:
    """The spans, those that touch as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def shift(span: Span, edits: Iterable[Edit]) -> Span:
    """Where `span` of the original lies after `edits`; it grows with what is edited inside it.

    An insertion exactly at either end lies outside. Raises ValueError where an edit crosses an end.
    """
    start = end = 0
    for edit in edits:
        growth = len(edit.replacement) - len(edit.span)
        if edit.span.end <= span.start:
            start += growth
            end += growth
        elif span.contains(edit.span) and edit.span != Span(span.end, span.end):
            end += growth
        elif edit.span.start < span.end:
            raise ValueError(f"the edit at {edit.span.start} crosses an end of the span")
    return Span(span.start + start, span.end + end)


def _check(size: int, edits: Sequence[Edit]) -> None:
    done = 0
    for edit in edits:
        if edit.span.start < done:
            raise ValueError(f"the edit at {edit.span.start} overlaps the one before it")
        done = edit.span.end
    if done > size:
        raise ValueError(f"the edit that ends at {done} lies outside the file of {size} bytes")


def _collide(one: Span, two: Span) -> bool:
    if not len(one) or not len(two):
        return one.start <= two.end and two.start <= one.end
    return one.overlaps(two)


def _common(old: bytes, new: bytes) -> tuple[int, int]:
    before = common_prefix(old, new)
    return before, common_suffix(old[before:], new[before:])


def _common_decoded(old: bytes, new: bytes, codec: str) -> tuple[int, int]:
    old_text, new_text = old.decode(codec), new.decode(codec)
    before = common_prefix(old_text, new_text)
    after = common_suffix(old_text[before:], new_text[before:])
    head, tail = old_text[:before], old_text[len(old_text) - after :]
    return len(head.encode(codec)), len(tail.encode(codec))


def _outside_line_end(old: bytes, before: int, after: int) -> tuple[int, int]:
    if old[before - 1 : before + 1] == b"\r\n":
        before -= 1
    end = len(old) - after
    if after and old[end - 1 : end + 1] == b"\r\n":
        after -= 1
    return before, after


def common_prefix(one: AnyStr, two: AnyStr) -> int:
    """How long a beginning `one` and `two` share."""
    low, high = 0, min(len(one), len(two))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == two[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def common_suffix(one: AnyStr, two: AnyStr) -> int:
    """How long an end `one` and `two` share."""
    return common_prefix(one[::-1], two[::-1])
