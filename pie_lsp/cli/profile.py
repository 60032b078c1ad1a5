"""``pie-lsp profile``: which function of a program its cost belongs to."""

import argparse
import sys
from typing import TYPE_CHECKING

from pie_lsp.cli import arguments as shared
from pie_lsp.cli.arguments import Subparsers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.table import Table

    from pie_lsp.values.profile import ProfileReport
    from pie_lsp.values.settings import Settings

_MOST_NAMED = 6
"""Inputs that are called by name."""


def add_to(commands: Subparsers) -> None:
    """Declare the subcommand."""
    parser = commands.add_parser("profile", help="show each function's share of a program's cost")
    parser.add_argument("file", metavar="FILE", help="C++ source of a program that reads standard input")
    parser.add_argument(
        "--input",
        action="append",
        default=[],
        metavar="IN",
        help="input to run on; may be repeated (default: the tests beside the file)",
    )
    shared.add_toolchain(parser)
    shared.add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Profile and print."""
    from pie_lsp.cli.configuration import settings_for
    from pie_lsp.cli.job import run_job
    from pie_lsp.text.source import read_source

    path = shared.absolute(arguments.file)
    source = read_source(path).data
    settings = shared.with_toolchain(settings_for(path), arguments)
    inputs = [shared.absolute(word) for word in arguments.input]
    report = run_job(_profile(path, source, inputs, settings))
    if arguments.json:
        from pie_lsp.cli.documents import print_document, profile_document

        print_document(profile_document(report))
    else:
        _print(report)
    return 0


async def _profile(
    path: "Path", source: bytes, inputs: "Sequence[Path]", settings: "Settings"
) -> "ProfileReport":
    from pie_lsp.cli.progress import shown_progress
    from pie_lsp.engine.profile import profile

    with shown_progress() as listener:
        return await profile(path, source, inputs, settings, listener)


def _print(report: "ProfileReport") -> None:
    from pie_lsp.cli.report import amount
    from pie_lsp.cli.terminal import output, visible

    chain, profile, tests = report.toolchain, report.profile, report.tests
    console = output()

    def say(text: str, style: str = "") -> None:
        console.print(visible(text), style=style, soft_wrap=True)

    say(f"{report.path.name}: {chain.version}, {' '.join(chain.flags)}, {chain.link.value} link", "bold")
    say(
        f"on {_listed(tests)}: {amount(report.measured, report.unit)} in sum "
        f"({report.backend}, {report.model})"
    )
    say(f"of that, starting up {_times(len(tests))}: {amount(report.floor * len(tests), report.unit)}")
    console.print(_table(report))
    say(
        f"The build with its functions kept out of line costs {amount(profile.total, report.unit)}, "
        f"{_difference(report.difference)}; shares are of that."
    )
    idle = [it.function.label for it in profile.functions if not it.cost.amount and it.out_of_line]
    if idle:
        say(f"not run: {', '.join(idle)}")
    joined = [it.function.label for it in profile.functions if not it.out_of_line]
    if joined:
        say(f"never called, or inlined all the same and so part of their callers: {', '.join(joined)}")
    for sentence in report.advice:
        say(sentence, "yellow")


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _listed(tests: "Sequence[str]") -> str:
    more = len(tests) - _MOST_NAMED
    return ", ".join(tests) if more <= 0 else f"{', '.join(tests[:_MOST_NAMED])} and {more} more"


def _difference(ratio: float) -> str:
    """How the attributed build compares with the real one: "3.9 % more"."""
    from pie_lsp.engine.share_words import percent

    if ratio == 0:
        return "as much as the real one"
    return f"{percent(abs(ratio))} {'more' if ratio > 0 else 'less'} than the real one"


def _table(report: "ProfileReport") -> "Table":
    from rich import box
    from rich.table import Table

    from pie_lsp.cli.terminal import is_utf8, visible
    from pie_lsp.engine.share_words import called, percent

    profile = report.profile
    table = Table(box=box.SIMPLE_HEAD if is_utf8(sys.stdout) else box.ASCII, pad_edge=False)
    table.add_column("share", justify="right", style="bold green")
    table.add_column(report.unit, justify="right")
    table.add_column("function")
    table.add_column("of which", overflow="fold")
    for it in profile.functions:
        if it.cost.amount:
            row = (percent(it.share), f"{it.cost.amount:,}", it.function.label, called(it))
            table.add_row(*map(visible, row))
    share = profile.rest / profile.total if profile.total else 0.0
    table.add_row(percent(share), f"{profile.rest:,}", "(none)", "before and after main")
    return table
