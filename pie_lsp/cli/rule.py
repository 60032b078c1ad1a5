"""``pie-lsp rule``: what a rule does, when it holds, and an example, from the rule's own module."""

import argparse
import sys
from typing import TYPE_CHECKING

from pie_lsp.cli.arguments import Subparsers

if TYPE_CHECKING:
    from pie_lsp.propose.rule import RuleDocument


def add_to(commands: Subparsers) -> None:
    """Declare the subcommand."""
    parser = commands.add_parser("rule", help="explain a rule, or list the rules")
    parser.add_argument("id", metavar="ID", nargs="?", help="such as S1; without it all are listed")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the explanation of one rule, or the list."""
    from pie_lsp.propose.registry import all_rules, rule

    if arguments.id is None:
        for known in all_rules():
            sys.stdout.write(f"{known.id:<4} {known.document.title}\n")
    else:
        _explain(rule(arguments.id).document)
    return 0


def _explain(document: "RuleDocument") -> None:
    from pie_lsp.cli.report import diff_line
    from pie_lsp.cli.terminal import output
    from pie_lsp.text.diff import unified_diff

    console = output()
    console.print(f"{document.id}: {document.title}\n", style="bold")
    console.print(f"What it does: {document.what}")
    console.print(f"When it holds: {document.when}\n")
    before, after = document.example_before.encode(), document.example_after.encode()
    diff = unified_diff(before, after, "example.cpp").decode()
    for line in diff.removesuffix("\n").split("\n"):
        console.print(diff_line(line), soft_wrap=True)
