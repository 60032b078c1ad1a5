"""Stops end an answer, whole and piece by piece, and both ways give the same text."""

from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.models.texts import Ending, cut_at, sendable


def test_the_first_stop_counts() -> None:
    assert cut_at("abcd", ["d", "bc"]) == "a"
    assert cut_at("abcd", ["x", ""]) == "abcd"


@given(st.lists(st.text("ab#", max_size=4)), st.lists(st.text("ab#", min_size=1, max_size=4), max_size=3))
def test_pieces_come_to_what_the_whole_is_cut_to(pieces: list[str], stops: list[str]) -> None:
    ending = Ending(stops)
    told = [ending.add(piece) for piece in pieces]
    so_far = "".join(told)
    whole = cut_at("".join(pieces), stops)
    assert whole.startswith(so_far)
    assert so_far + ending.finish() == whole == ending.text
    assert ending.stopped == (whole != "".join(pieces))


def test_only_what_may_begin_a_stop_is_held_back() -> None:
    ending = Ending(["\n###"])
    assert [ending.add(piece) for piece in ("a", "\n#", "#b", "\n", "###")] == ["a", "", "\n##b", "", ""]
    assert ending.stopped


def test_bytes_that_are_no_text_become_question_marks() -> None:
    assert sendable(b"\xffa\xc3\xa9".decode("utf-8", "surrogateescape")) == "?aé"
