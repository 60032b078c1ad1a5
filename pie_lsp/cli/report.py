"""Prints an optimization report for people: a table of what is offered, the diffs, and what is not."""

import sys
from typing import TYPE_CHECKING

from pie_lsp.cli.documents import diff_of
from pie_lsp.cli.terminal import is_utf8, output, visible
from pie_lsp.engine.remarks import figure, folded, remarks
from pie_lsp.engine.share_words import before_and_after
from pie_lsp.values.report import OptimizeReport, Suggestion

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from pie_lsp.cli.outcome import Outcomes

_DIFF_STYLES = {"---": "bold", "+++": "bold", "@@ ": "cyan", "+": "green", "-": "red", "\\": "dim"}


def print_report(report: OptimizeReport, source: bytes) -> None:
    """Print everything a person needs to decide."""
    console = output()
    _print_facts(console, report)
    if report.suggestions:
        _print_table(console, report)
    for suggestion in report.suggestions:
        _print_suggestion(console, suggestion, report, source)
    _print_rejected(console, report)
    for sentence in report.advice:
        _say(console, sentence, "yellow")


def print_reports(base: str, outcomes: "Outcomes") -> None:
    """Print the report of each file under its name, or why there is none."""
    console = output()
    for file in outcomes.files:
        _say(console, f"== {outcomes.name_of(file)}, changed since {base}", "bold")
        if file.report is None:
            _say(console, f"not worked on: {file.problem}", "yellow")
        else:
            print_report(file.report, file.source)
        console.print()


def _say(console: "Console", text: str, style: str = "") -> None:
    console.print(visible(text), style=style, soft_wrap=True)


def _print_facts(console: "Console", report: OptimizeReport) -> None:
    chain, tests = report.toolchain, report.tests
    flags = " ".join(chain.flags)
    _say(console, f"{report.path.name}: {chain.version}, {flags}, {chain.link.value} link", "bold")
    if tests.source:
        _say(console, f"tests: {tests.source}")
    for left_out in tests.left_out:
        _say(console, f"  left out: {left_out.name}: {left_out.reason}")
    for refused in report.refused:
        _say(console, f"  not worked on: {refused.name}, line {refused.line}: {refused.reason}")
    baseline = report.baseline
    if baseline is not None:
        floor = baseline.floor * len(baseline.costs)
        share = f"{100 * floor / baseline.total:.0f} %" if baseline.total else "nothing"
        _say(
            console,
            f"original: {amount(baseline.total, baseline.unit)} in sum, {share} of it start-up "
            f"({baseline.backend}, {baseline.model})",
        )


def amount(number: int, unit: str) -> str:
    """A cost for people: "12,345,678 cycles"."""
    return f"{number:,} {unit}"


def _print_table(console: "Console", report: OptimizeReport) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD if is_utf8(sys.stdout) else box.ASCII, pad_edge=False)
    table.add_column("rank", justify="right")
    table.add_column("speedup", justify="right", style="bold green")
    table.add_column("without start-up", justify="right")
    table.add_column("tests", justify="right")
    table.add_column("function")
    table.add_column("what", overflow="fold")
    for it in report.suggestions:
        table.add_row(
            str(it.rank),
            f"{it.comparison.speedup:.2f}x",
            f"{it.comparison.speedup_net:.2f}x",
            f"{it.tests_passed}/{it.tests_total}",
            visible(it.function.label),
            visible(it.title),
        )
    console.print(table)


def _print_suggestion(
    console: "Console", suggestion: Suggestion, report: OptimizeReport, source: bytes
) -> None:
    _say(console, f"{suggestion.rank}. {suggestion.title} ({suggestion.provenance.proposer})", "bold")
    _say(console, f"   {figure(suggestion)}")
    _say(console, f"   {suggestion.explanation}")
    if (shares := before_and_after(suggestion)) is not None:
        _say(console, f"   share: {shares}")
    _say(console, f"   evidence: {suggestion.assurance}")
    for note in remarks(suggestion):
        _say(console, f"   note: {note}", "yellow")
    for line in diff_of(suggestion, report, source).removesuffix("\n").split("\n"):
        console.print(diff_line(line), soft_wrap=True)
    console.print()


def diff_line(line: str) -> "Text":
    """One line of a unified diff, coloured."""
    from rich.text import Text

    style = next((style for mark, style in _DIFF_STYLES.items() if line.startswith(mark)), "")
    return Text(visible(line.removesuffix("\r")), style)


def _print_rejected(console: "Console", report: OptimizeReport) -> None:
    for it, count in folded(report.rejected):
        title = it.title if count == 1 else f"{count} answers"
        what = f"{it.function}: {title} ({it.provenance.proposer})"
        _say(console, f"rejected: {what}: {it.rejection.stage.heading}: {it.rejection.reason}", "dim")
