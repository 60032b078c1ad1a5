"""Suggestions as a comment for a review, in the Markdown of code hosts.

Names and sentences come from sources and language models, so that nothing of them may act as Markdown.
"""

import bisect
import itertools
import re
from typing import TYPE_CHECKING

from pie_lsp.cli.terminal import visible
from pie_lsp.text.diff import unified_diff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pie_lsp.cli.outcome import FileOutcome, Outcomes
    from pie_lsp.values.report import OptimizeReport, Suggestion

MOST_CHARACTERS = 60_000
"""Code hosts take a comment of 65,536 characters. What goes beyond these is left out, which is said."""
_MOST_OF_TABLE = MOST_CHARACTERS // 3
_KEPT_FOR_SHORT = MOST_CHARACTERS // 4
"""No diff and no list takes this room, so that what comes later is told at least."""

_ACTIVE = re.compile(r"[\\`*_\[<>#!|~@&$]|://|\bwww\.")


def review_comment(outcomes: "Outcomes") -> str:
    """The whole comment."""
    count = sum(len(file.suggestions) for file in outcomes.files)
    parts = [f"### pie-lsp: {_headline(count)}\n"]
    if count:
        parts.append(_table(outcomes))
    room = MOST_CHARACTERS - sum(len(part) + 1 for part in parts)
    left_out = 0
    for part in _parts(outcomes):
        *long, short = part
        chosen = next((one for one in long if len(one) < room - _KEPT_FOR_SHORT), None)
        if chosen is None and len(short) < room:
            chosen = short
        if chosen is None:
            left_out += 1
        elif chosen:
            parts.append(chosen)
            room -= len(chosen) + 1
    if left_out:
        parts.append(f"{left_out} more parts are left out, since the comment would be too long.\n")
    return "\n".join(parts)


def _parts(outcomes: "Outcomes") -> "Iterator[tuple[str, ...]]":
    """What follows the table: of each part the longest version first."""
    for file in outcomes.files:
        for suggestion in file.suggestions:
            assert file.report is not None
            yield _suggestion(suggestion, file, file.report, outcomes.name_of(file))
    for file in outcomes.files:
        yield _others(file, outcomes.name_of(file))


def plain(text: str) -> str:
    """`text` in one line, with every character that means something in Markdown or HTML as an entity."""
    line = visible(" ".join(text.split()))
    return _ACTIVE.sub(lambda found: "".join(f"&#{ord(one)};" for one in found.group()), line)


def fenced(text: str, kind: str) -> str:
    """A block of code that no line of it can end."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{kind}\n{text.removesuffix(chr(10))}\n{fence}\n"


def _headline(count: int) -> str:
    if not count:
        return "nothing faster is offered"
    versions = "faster version" if count == 1 else "faster versions"
    return f"{count} {versions}, each compiled, tested against the old program and measured"


def _table(outcomes: "Outcomes") -> str:
    rows = ["| speedup | tests | function | where | what |", "| ---: | ---: | --- | --- | --- |"]
    for file in outcomes.files:
        for it in file.suggestions:
            where = f"{plain(outcomes.name_of(file))}:{it.function.line}"
            rows.append(
                f"| **{it.comparison.speedup:.2f}x** | {it.tests_passed}/{it.tests_total} "
                f"| {plain(it.function.name)} | {where} | {plain(it.title)} |"
            )
    ends = list(itertools.accumulate(len(row) + 1 for row in rows))
    kept = bisect.bisect_right(ends, _MOST_OF_TABLE)
    more = [f"| | | | | and {len(rows) - kept} more |"] if kept < len(rows) else []
    return "\n".join([*rows[:kept], *more]) + "\n"


def _suggestion(
    suggestion: "Suggestion", file: "FileOutcome", report: "OptimizeReport", name: str
) -> tuple[str, ...]:
    lines = [
        f"#### {plain(suggestion.function.name)} in {plain(name)}: {plain(suggestion.title)}\n",
        f"{plain(suggestion.headline)}. {plain(suggestion.explanation)}\n",
        f"- evidence: {plain(suggestion.assurance)}",
        *(f"- note: {plain(note)}" for note in suggestion.notes),
    ]
    if suggestion.provenance.by_model:
        lines.append(f"- a language model wrote it: {plain(suggestion.provenance.proposer)}")
    words = "\n".join(lines) + "\n\n"
    diff = unified_diff(file.source, suggestion.new_source, name).decode(report.encoding, "surrogateescape")
    block = fenced("\n".join(visible(line.removesuffix("\r")) for line in diff.split("\n")), "diff")
    return words + block, words + "The diff is left out, since the comment would be too long.\n"


def _others(file: "FileOutcome", name: str) -> tuple[str, ...]:
    """Behind a fold: what was tried in vain, and what else is to be said of the file."""
    lines = list(_other_lines(file))
    if not lines:
        return ("",)
    text = (
        f"<details><summary>{plain(name)}: not offered</summary>\n\n" + "\n".join(lines) + "\n\n</details>\n"
    )
    return text, f"{plain(name)}: {len(lines)} more were not offered.\n"


def _other_lines(file: "FileOutcome") -> "Iterator[str]":
    if file.problem:
        yield f"- not worked on: {plain(file.problem)}"
    if file.report is None:
        return
    for it in file.report.rejected:
        what = f"{plain(it.function)}: {plain(it.title)} ({plain(it.provenance.proposer)})"
        yield f"- {what}: {it.rejection.stage.value}: {plain(it.rejection.reason)}"
    for refused in file.report.refused:
        yield f"- not worked on: {plain(refused.name)}, line {refused.line}: {plain(refused.reason)}"
    for sentence in file.report.advice:
        yield f"- {plain(sentence)}"
