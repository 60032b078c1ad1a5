"""``pie-lsp rule``: what a rule does, when it holds, and an example, from the rule's own module."""

import argparse

from pie_lsp.cli.arguments import Subparsers


def add_to(commands: Subparsers) -> None:
    """Declare the subcommand."""
    parser = commands.add_parser("rule", help="explain a rule, or list the rules")
    parser.add_argument("id", metavar="ID", nargs="?", help="such as S1; without it all are listed")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the explanation of one rule, or the list."""
    raise NotImplementedError
