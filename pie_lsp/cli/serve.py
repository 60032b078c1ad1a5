"""``pie-lsp serve``: the language server. The only file of the command line that knows there is one."""

import argparse

from pie_lsp.cli.arguments import Subparsers


def add_to(commands: Subparsers) -> None:
    """Declare the subcommand."""
    parser = commands.add_parser("serve", help="run the language server (for editors)")
    transport = parser.add_mutually_exclusive_group()
    transport.add_argument(
        "--stdio", action="store_true", help="speak on standard input and output (the default)"
    )
    transport.add_argument(
        "--tcp", type=address, metavar="HOST:PORT", help="wait for one editor on a socket, for debugging"
    )
    parser.set_defaults(run=run)


def address(word: str) -> tuple[str, int]:
    """``HOST:PORT``, ``[::1]:PORT`` or ``:PORT``, which means this machine only."""
    host, colon, port = word.rpartition(":")
    if not colon or not port.isdecimal() or int(port) > 65535:
        raise argparse.ArgumentTypeError(f"{word!r} is not HOST:PORT")
    return host.strip("[]") or "127.0.0.1", int(port)


def run(arguments: argparse.Namespace) -> int:
    """Serve until the editor leaves. Returns the status that the protocol asks for."""
    from pie_lsp.server.main import serve_stdio, serve_tcp

    if arguments.tcp:
        return serve_tcp(*arguments.tcp)
    return serve_stdio()
