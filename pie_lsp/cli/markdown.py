"""Suggestions as a comment for a review, in the Markdown of code hosts.

Names and sentences come from sources and language models, so that nothing of them may act as Markdown.
"""

import re
from typing import TYPE_CHECKING

from pie_lsp.cli.terminal import visible
from pie_lsp.text.diff import unified_diff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pie_lsp.cli.outcome import FileOutcome, Outcomes
    from pie_lsp.values.report import OptimizeReport, Suggestion

MOST_CHARACTERS = 60_000
"""Code hosts take a comment of 65,536 characters. From here on diffs are left out, which is said."""

_ACTIVE = re.compile(r"[\\`*_\[<>#!|~@&$]|://|\bwww\.")


def review_comment(outcomes: "Outcomes") -> str:
    """The whole comment."""
    count = sum(len(file.suggestions) for file in outcomes.files)
    parts = [f"### pie-lsp: {_headline(count)}\n"]
    if count:
        parts.append(_table(outcomes))
    used = sum(map(len, parts))
    for file in outcomes.files:
        name = outcomes.name_of(file)
        for suggestion in file.suggestions:
            assert file.report is not None
            parts.append(_suggestion(suggestion, file, file.report, name, MOST_CHARACTERS - used))
            used += len(parts[-1])
    for file in outcomes.files:
        parts.append(_others(file, outcomes.name_of(file), MOST_CHARACTERS - used))
        used += len(parts[-1])
    return "\n".join(part for part in parts if part)


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
    return "\n".join(rows) + "\n"


def _suggestion(
    suggestion: "Suggestion", file: "FileOutcome", report: "OptimizeReport", name: str, room: int
) -> str:
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
    if len(words) + len(block) > room:
        return words + "The diff is left out, since the comment would be too long.\n"
    return words + block


def _others(file: "FileOutcome", name: str, room: int) -> str:
    """Behind a fold: what was tried in vain, and what else is to be said of the file."""
    lines = list(_other_lines(file))
    if not lines:
        return ""
    text = (
        f"<details><summary>{plain(name)}: not offered</summary>\n\n" + "\n".join(lines) + "\n\n</details>\n"
    )
    return text if len(text) <= room else f"{plain(name)}: {len(lines)} more were not offered.\n"


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
