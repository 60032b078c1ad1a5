"""``pie-lsp serve``: the language server. The only file of the command line that knows there is one."""

import argparse
import gc
from collections.abc import Callable

from pie_lsp.cli.arguments import Subparsers


def add_to(commands: Subparsers) -> None:
    """Declare the subcommand."""
    parser = commands.add_parser("serve", help="run the language server (for editors)")
    transport = parser.add_mutually_exclusive_group()
    transport.add_argument(
        "--stdio", action="store_true", help="speak on standard input and output (the default)"
    )
    transport.add_argument(
        "--tcp", metavar="HOST:PORT", help="wait for one editor on a socket, for debugging"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Serve until the editor leaves. Returns the status that the protocol asks for."""
    return _server()(arguments.tcp)


def _server() -> Callable[[str | None], int]:
    """Import the server without collecting garbage, since none of its thousands of classes is any.

    An editor waits for this import; frozen, the classes slow down no later collection either.
    """
    gc.disable()
    try:
        from pie_lsp.server.main import run as serve
    finally:
        gc.freeze()
        gc.enable()
    return serve
