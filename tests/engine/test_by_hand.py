"""What a person wrote is one candidate, and passes everything or is refused with a sentence."""

from dataclasses import replace
from pathlib import Path

import pytest

from pie_lsp.engine.by_hand import TITLE, by_hand
from pie_lsp.engine.cache import open_cache
from pie_lsp.engine.contract import FunctionSelector
from pie_lsp.engine.gather import Draft
from pie_lsp.engine.optimize import optimize
from pie_lsp.engine.subject import read_subject
from pie_lsp.values.candidate import Grant, ProposerKind
from pie_lsp.values.events import Event
from pie_lsp.values.language_model import ModelSettings
from pie_lsp.values.report import OptimizeReport, Rejected, Stage
from pie_lsp.values.settings import Settings

from .conftest import Project

OLD = b"out = out + word;"
NEW = b"out.append(word);"


def edited(project: Project, *changes: tuple[bytes, bytes]) -> bytes:
    """The program with each text in the place of another."""
    text = project.path.read_bytes()
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def made(project: Project, text: bytes) -> Draft | Rejected:
    return by_hand(read_subject(project.request("repeat")), text)


def draft(project: Project, text: bytes) -> Draft:
    found = made(project, text)
    assert isinstance(found, Draft), found
    return found


def reason(project: Project, text: bytes) -> str:
    found = made(project, text)
    assert isinstance(found, Rejected), found
    assert found.title == TITLE and found.rejection.stage is Stage.GUARD
    return found.rejection.reason


def test_a_change_of_the_function_is_the_text_as_it_was_written(project: Project) -> None:
    text = edited(project, (OLD, b"out += word; // mine"))
    found = draft(project, text)
    assert found.changed == text
    assert found.candidate.provenance.kind is ProposerKind.HAND
    assert found.candidate.grants == {Grant.REWRITE}
    assert not found.candidate.provenance.by_rule and not found.candidate.provenance.by_model


def test_a_helper_and_a_header_come_with_it_wherever_they_stand(project: Project) -> None:
    first = project.path.read_bytes().index(b"#include")
    helper = b"static void add(std::string &to, const std::string &word) { to += word; }\n"
    text = edited(project, (OLD, b"add(out, word);"))
    text = text[:first] + b"#include <numeric>\n" + text[first:]
    last = text.rindex(b"#include")
    end = text.index(b"\n", last) + 1
    found = draft(project, text[:end] + helper + text[end:])
    assert found.candidate.grants == {Grant.REWRITE, Grant.HELPER, Grant.INCLUDE}
    assert helper.strip() in found.changed and b"#include <numeric>" in found.changed


def test_other_line_ends_are_no_change(project: Project) -> None:
    text = edited(project, (OLD, NEW))
    project.path.write_bytes(project.path.read_bytes().replace(b"\n", b"\r\n"))
    assert draft(project, text).changed == text.replace(b"\n", b"\r\n")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ([(b"return out;", b"return out; // all")], "nothing but comments and white space"),
        ([(OLD, NEW), (b"int main", b"int counter;\nint main")], "more than the function repeat"),
        ([(OLD, NEW), (b"#include <string>\n", b"")], "more than the function repeat"),
        ([(OLD, NEW), (b"int main", b"#define X 1\nint main")], "more than the function repeat"),
        ([(b"repeat(const std::string &word, int n) {", b"other(int) {")], "no definition of the function"),
        ([(b"word, int n) {", b"word, long n) {"), (OLD, NEW)], "changes the signature"),
        ([(b"word, int n) {", b"word, int n) noexcept {"), (OLD, NEW)], "before the body"),
    ],
)
def test_what_cannot_be_verified_is_refused(
    project: Project, changes: list[tuple[bytes, bytes]], words: str
) -> None:
    assert words in reason(project, edited(project, *changes))


def test_a_function_that_was_moved_is_refused(project: Project) -> None:
    one = b"static int one(int n) {\n    return n;\n}\n"
    other = one.replace(b"int n", b"long n")
    before = project.path.read_bytes()
    project.path.write_bytes(before + one + other)
    text = before + other + one.replace(b"return n", b"return 0 + n")
    line = before.count(b"\n") + 1
    request = replace(project.request(), selector=FunctionSelector("one", line))
    found = by_hand(read_subject(request), text)
    assert isinstance(found, Rejected)
    assert "where the function stands" in found.rejection.reason


async def run(
    project: Project, text: bytes, folder: Path, settings: Settings | None = None
) -> OptimizeReport:
    request = replace(project.request("repeat", settings), edited=text)
    with open_cache(folder) as cache:
        return await optimize(request, ignore, cache)


def ignore(_event: Event) -> None:
    """Nobody listens."""


async def test_it_is_measured_and_kept_apart_from_what_rules_find(project: Project, tmp_path: Path) -> None:
    # A model that nobody could reach: what a person wrote is no reason to ask one.
    model = ModelSettings("none", address="http://127.0.0.1:9/v1", served_name="m", context=8000)
    settings = Settings(models=(model,), language_model="none")
    text = edited(project, (OLD, NEW))
    report = await run(project, text, tmp_path / "cache", settings)
    (suggestion,) = report.suggestions
    assert (suggestion.title, suggestion.new_source) == (TITLE, text)
    assert suggestion.comparison.speedup > 1.5 and "sanitizers clean" in suggestion.assurance
    again = await run(project, text, tmp_path / "cache", settings)
    assert again.cached and again.suggestions[0].title == TITLE
    other = await run(project, edited(project, (OLD, b"out += word + word;")), tmp_path / "cache", settings)
    assert not other.cached and other.suggestions == ()
    (rejected,) = other.rejected
    assert rejected.rejection.stage is Stage.TESTS


async def test_a_refusal_is_the_answer(project: Project, tmp_path: Path) -> None:
    text = edited(project, (OLD, NEW), (b"int main", b"int counter;\nint main"))
    report = await run(project, text, tmp_path / "cache")
    assert report.suggestions == ()
    (rejected,) = report.rejected
    assert "more than the function repeat" in rejected.rejection.reason


async def test_an_output_that_the_edit_knows_by_heart_is_refused(project: Project, tmp_path: Path) -> None:
    text = edited(project, (OLD, b'if (n == 3) return "2870519715";\n        out += word;'))
    report = await run(project, text, tmp_path / "cache")
    assert report.suggestions == ()
    assert report.rejected[0].rejection.stage in (Stage.GUARD, Stage.TESTS)
