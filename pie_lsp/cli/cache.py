"""``pie-lsp cache``: how large the result cache is, and emptying it."""

import argparse

from pie_lsp.cli.arguments import Subparsers


def add_to(commands: Subparsers) -> None:
    """Declare the subcommand."""
    parser = commands.add_parser("cache", help="show the size of the result cache, or clear it")
    parser.add_argument(
        "action", metavar="ACTION", choices=("size", "clear"), help="size: show it; clear: empty it"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print what is there, or how much was removed."""
    import sys

    from pie_lsp.engine.cache import open_cache

    cache = open_cache()
    if arguments.action == "size":
        sys.stdout.write(f"{cache.size():,} bytes in {cache.entries():,} results, {cache.folder}\n")
    else:
        sys.stdout.write(f"{cache.clear():,} results removed from {cache.folder}\n")
    cache.close()
    for problem in cache.problems:
        sys.stderr.write(f"{problem}\n")
    return 0
