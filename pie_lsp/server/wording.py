"""Every sentence that a person reads in the editor; knows results and jobs, and nothing of LSP.

What matters stands in the title of an action: editors hide the annotations of changes.
"""

import shlex
from collections.abc import Sequence

from pie_lsp.engine.remarks import figure, remarks, short_figure
from pie_lsp.engine.share_words import before_and_after, called, percent
from pie_lsp.server.results import Result
from pie_lsp.text.diff import unified_diff
from pie_lsp.values.profile import FunctionShare, ProfileReport
from pie_lsp.values.report import OptimizeReport, Suggestion

_LINE = 200

UNTRUSTED = (
    "This workspace is not trusted, so nothing of it is compiled or run until you trust it in your editor."
)

NO_TEXT = "// This suggestion was discarded or replaced, so its text is not there any more.\n"

NOT_VERIFIED_ANY_MORE = "The program changed since that was verified; verify it again."


def optimize(function: str) -> str:
    """Title of the action that starts a job."""
    return f"Optimize '{function}'"


def optimizing(function: str) -> str:
    """Title of a progress display."""
    return f"Optimizing '{function}'"


def cancel(function: str, stage: str) -> str:
    """Title of the action that stops a job."""
    return f"Cancel optimizing '{function}' ({stage})"


def verify_again(function: str) -> str:
    """Title of what stands in the place of suggestions that no longer hold."""
    return f"Verify again: what '{function}' was measured with has changed"


def apply(suggestion: Suggestion) -> str:
    """Title of the action that is the edit."""
    return f"{figure(suggestion)}: {suggestion.title}"


def short(suggestion: Suggestion) -> str:
    """For the space behind a line of code: "3.40x faster, 12 tests"."""
    passed = suggestion.tests_passed
    return f"{short_figure(suggestion)}, {passed} test{'s' * (passed != 1)}"


def preview(suggestion: Suggestion) -> str:
    """Title of the action that shows the edit."""
    return f"Preview: {apply(suggestion)}"


def discard(function: str) -> str:
    """Title of the action that forgets the results."""
    return f"Discard the results for '{function}'"


def found(suggestions: Sequence[Suggestion]) -> str:
    """The figure at the function's name, and in the message at the end of a job."""
    best = figure(suggestions[0])
    if len(suggestions) == 1:
        return f"1 verified faster version: {best}"
    return f"{len(suggestions)} verified faster versions, best {best}"


def finished(function: str, report: OptimizeReport, *, stale: bool = False) -> str:
    """The message at the end of a job; `stale` where the program changed while it ran."""
    if report.suggestions and stale:
        return (
            f"'{function}': {found(report.suggestions)}, but the program changed meanwhile: verify it again."
        )
    if report.suggestions:
        return f"'{function}': {found(report.suggestions)}. They are code actions at the function."
    return f"'{function}': {' '.join(report.advice) or 'No faster equivalent found.'}"


def run_title(functions: Sequence[str], file: str) -> str:
    """Title of the progress display of a request."""
    return (
        optimizing(functions[0])
        if len(functions) == 1
        else f"Optimizing {len(functions)} functions of {file}"
    )


def no_function(reason: str | None) -> str:
    """Why nothing can be optimized at a position."""
    return reason or "There is no function with a body at this place."


def not_in_file(function: str) -> str:
    """A function that was named is gone."""
    return f"'{function}' is not in the file any more."


def no_edits_taken(diff: object, folder: object) -> str:
    """What to do in an editor that cannot apply an edit."""
    return f"This editor takes no edits: run `patch -p1 < {shlex.quote(str(diff))}` in {folder}"


def not_applied(problem: str) -> str:
    """The editor did not take an edit."""
    return f"Not applied: {problem}"


def not_remembered(reason: str) -> str:
    """An accepted edit could not be kept."""
    return f"The edit that you accepted is not remembered: {reason}"


def joined(ends: Sequence[tuple[str, str]]) -> str:
    """Sentences about several functions, one a line; what is the same of several is said once."""
    functions: dict[str, list[str]] = {}
    for function, sentence in ends:
        name = f"'{function}'"
        said = sentence.removeprefix(f"{name}: ")
        functions.setdefault(said, []).extend([name] if said != sentence else [])
    return "\n".join(f"{', '.join(names)}: {said}" if names else said for said, names in functions.items())


def in_a_line(sentence: str) -> str:
    """The first line of what went wrong, for a display of one line."""
    first, *_ = sentence.splitlines() or [""]
    return first if len(first) <= _LINE else f"{first[: _LINE - 2]} …"


def no_file(uri: str) -> str:
    """A URI that is no file's or folder's."""
    return f"{uri} is no file or folder on this machine."


def changes(place: str, base: str) -> str:
    """What a request for changed functions is about."""
    return f"what changed in {place} since {base}"


def stopped(function: str) -> str:
    """A job that somebody cancelled."""
    return f"'{function}': stopped before it was done."


def no_result(result: str) -> str:
    """A result that was named and is gone."""
    return f"There is no result {result!r} for this file; it was discarded or replaced."


def nothing_applies(place: str, functions: int) -> str:
    """Why no job was started for a whole file or for changes."""
    if not functions:
        return f"{place}: there is no function to optimize."
    return f"{place}: no rule applies to any of {functions} function{'s' * (functions != 1)}."


def edit_fell(function: str, report: OptimizeReport) -> str:
    """What became of a person's own edit that is not offered."""
    reasons = [rejected.rejection.reason.rstrip(".") for rejected in report.rejected]
    why = "; ".join(reasons) or " ".join(report.advice).rstrip(".")
    return f"'{function}': your edit is not offered: {why}."


def stood(function: str, report: OptimizeReport, standing: str) -> str:
    """What a list says of one run."""
    if not report.suggestions:
        return finished(function, report)
    words = {
        "fresh": f"'{function}': {found(report.suggestions)}.",
        "applied": f"'{function}' is the verified faster version.",
    }
    return words.get(standing, verify_again(function))


def profile(*, again: bool) -> str:
    """Title of the lens that starts a profile; `again` where one is known for an older text."""
    return "Profile again: the program changed" if again else "Profile this file"


def profiling(file: str) -> str:
    """Title of a progress display."""
    return f"Profiling {file}"


def cancel_profiling() -> str:
    """Title of the lens while a profile is made."""
    return "Profiling this file … (cancel)"


def share(part: float, tests: int, backend: str) -> str:
    """A function's share, as a lens shows it: "37 % of the cost on 6 tests (estimate)"."""
    return f"{percent(part)} of the cost on {tests} test{'s' * (tests != 1)} ({backend})"


def profiled(report: ProfileReport) -> str:
    """The message at the end of a profile."""
    tests = len(report.tests)
    largest = next(iter(report.profile.functions), None)
    if largest is None:
        return f"{report.path.name}: there is no function to profile."
    most = share(largest.share, tests, report.backend)
    return f"{report.path.name}: the most expensive function is '{largest.function.name}', {most}."


def explained(part: FunctionShare, report: ProfileReport) -> str:
    """Where the cost of one function goes."""
    words = share(part.share, len(report.tests), report.backend)
    return f"'{part.function.name}': {words}; of that {called(part)}."


def diff(result: Result, suggestion: Suggestion) -> bytes:
    """The suggestion as a unified diff of the file."""
    return unified_diff(result.request.source, suggestion.new_source, result.request.path.name)


def hover(result: Result, *, markdown: bool) -> str:
    """All suggestions in rank order, and the diff of the best."""
    best = result.suggestions[0]
    text = diff(result, best).decode(result.report.encoding, "replace")
    title = f"{result.function.name}: {found(result.suggestions)}"
    notes = [best.explanation, best.assurance, *remarks(best)]
    if (shares := before_and_after(best)) is not None:
        notes.insert(1, f"Share of {shares}.")
    if not markdown:
        rows = [f"{s.rank}. {apply(s)}" for s in result.suggestions]
        return "\n".join([title, "", *rows, "", *notes, "", text])
    rows = [f"| {s.rank} | {_cell(figure(s))} | {_cell(s.title)} |" for s in result.suggestions]
    fence = "`" * (3 + (longest_backticks(text) if "```" in text else 0))
    table = ["| # | measured | change |", "|---|---|---|", *rows]
    return "\n".join(
        [f"**{title}**", "", *table, "", *_paragraphs(notes), f"{fence}diff", text.rstrip("\n"), fence]
    )


def longest_backticks(text: str) -> int:
    """Length of the longest run of backticks, so that a fence can be longer."""
    longest = run = 0
    for character in text:
        run = run + 1 if character == "`" else 0
        longest = max(longest, run)
    return longest


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _paragraphs(sentences: Sequence[str]) -> list[str]:
    return [line for sentence in sentences for line in (sentence, "")]
