"""A candidate is what it says it is."""

from collections.abc import Callable

import pytest

from pie_lsp.values.edit import Edit
from pie_lsp.values.span import Span

OLD = "int helper(int n) { return n; }\nint solve(int n) {\n    n += 2;\n    return n;\n}\n"


def test_an_ordinary_edit_passes(guarded: Callable[..., str | None]) -> None:
    assert guarded(OLD, OLD.replace("n += 2", "n = n + 2")) is None


def test_it_must_change_something(guarded: Callable[..., str | None]) -> None:
    assert guarded(OLD, OLD) == "It changes nothing."


def test_the_text_must_be_what_the_edits_make(guarded: Callable[..., str | None]) -> None:
    reason = guarded(OLD, OLD.replace("+= 2", "+= 3"), edits=(Edit(Span(0, 0), b" "),))
    assert reason == "Its edits do not make the text that was to be checked."


def test_edits_that_overlap_are_refused(guarded: Callable[..., str | None]) -> None:
    edits = (Edit(Span(40, 50), b"x"), Edit(Span(45, 60), b"y"))
    assert "cannot be applied" in (guarded(OLD, OLD.replace("2", "3"), edits=edits) or "")


@pytest.mark.parametrize(
    ("new", "word"),
    [
        ("n += (2;", "parsed"),
        ("n += 2; } int more(int k) { return k;", "read"),
        ("n += 2; } struct S { int m(int k) { return k; } }; int rest(int n) {", "read"),
    ],
)
def test_the_function_must_parse_and_stay_one(
    guarded: Callable[..., str | None], new: str, word: str
) -> None:
    assert word in (guarded(OLD, OLD.replace("n += 2;", new)) or "")


def test_a_lambda_is_no_new_function(guarded: Callable[..., str | None]) -> None:
    assert guarded(OLD, OLD.replace("n += 2;", "auto f = [&](int k) { return k + 2; }; n = f(n);")) is None


def test_a_local_class_with_a_method_is_a_new_function(guarded: Callable[..., str | None]) -> None:
    new = OLD.replace("n += 2;", "struct S { int m() { return 2; } }; n += S().m();")
    assert guarded(OLD, new) == "It adds or removes a function."


@pytest.mark.parametrize(
    "new",
    [
        "n += 2; \u202e",
        "n += 2; \u2066",
        "n += 2;\x00",
        "n += 2;\x1b",
        "n = n <% 2 %>;",
        "n += 2; ??/",
        "n += \\\n 2;",
        "int v<:2:>; n += 2;",
    ],
)
def test_what_is_hard_to_see_is_refused(guarded: Callable[..., str | None], new: str) -> None:
    assert guarded(OLD, OLD.replace("n += 2;", new)) is not None


def test_other_alphabets_in_a_comment_are_welcome(guarded: Callable[..., str | None]) -> None:
    assert guarded(OLD, OLD.replace("n += 2;", "n = n + 2;  // größer")) is None


def test_bytes_that_are_no_utf_8_survive(guarded: Callable[..., str | None]) -> None:
    old = OLD.encode().replace(b"n += 2;", b"n += 2;  // \x83\x5c\xff")
    assert guarded(old, old.replace(b"+= 2", b"+= 02")) is None
