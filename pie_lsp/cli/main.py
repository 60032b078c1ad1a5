"""Chooses the subcommand and turns its failures into exit statuses and one sentence for a person.

Knows the subcommands by name only, so that ``pie-lsp serve`` does not pay for what the others import.
"""

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from pie_lsp import __version__
from pie_lsp.cli import (
    bench,
    cache,
    calibrate,
    corpus,
    doctor,
    editor,
    examples,
    measure,
    optimize,
    profile,
    rule,
    serve,
)
from pie_lsp.cli.arguments import FLAGS
from pie_lsp.values.errors import PieError

WRONG_USE = 2
"""Exit status for wrong use and for input that cannot be worked on."""
INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells number it (128 + SIGINT)."""

_COMMANDS = (
    optimize,
    profile,
    measure,
    serve,
    editor,
    doctor,
    cache,
    rule,
    examples,
    corpus,
    bench,
    calibrate,
)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence instead of repeating the whole usage; takes no abbreviations."""

    def __init__(self, **keywords: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **keywords})

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse's, but what a subcommand does not know is said by it, with its own help."""
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return found, unknown

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USE, f"pie-lsp: {message}; see {self.prog} --help.\n")


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; each namespace carries its subcommand as `run`."""
    parser = _Parser(
        prog="pie-lsp",
        description="Makes C++ programs faster: every suggestion was compiled, tested and measured.",
    )
    parser.add_argument("--version", action="version", version=f"pie-lsp {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, dest="command")
    for command in _COMMANDS:
        command.add_to(commands)
    return parser


def run(words: Sequence[str]) -> int:
    """Run one command line. Returns the exit status; a failure is said on standard error."""
    _never_fail_on_encodings()
    try:
        status = _run(words)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has seen enough; the interpreter must not complain about it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        # A full disk behind standard output would raise again when the interpreter flushes at its end.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _complain(f"the system refused: {error.strerror or error}.")
        return WRONG_USE
    return status


def _run(words: Sequence[str]) -> int:
    try:
        arguments = build_parser().parse_args(_with_values_joined(words))
        status = arguments.run(arguments)
        assert isinstance(status, int)
        return status
    except SystemExit as request:
        return int(request.code or 0)
    except PieError as error:
        _complain(str(error))
        return WRONG_USE
    except KeyboardInterrupt:
        _complain("interrupted; everything that was started has ended.")
        return INTERRUPTED


def _with_values_joined(words: Sequence[str]) -> list[str]:
    """``--flags -O2`` as ``--flags=-O2``."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] == FLAGS:
            joined[-1] = f"{FLAGS}={word}"
        else:
            joined.append(word)
    return joined


def _complain(sentence: str) -> None:
    print(f"pie-lsp: {' '.join(sentence.split())}", file=sys.stderr)  # noqa: T201


def _never_fail_on_encodings() -> None:
    """Write what a terminal or pipe cannot show as an escape, instead of failing on it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
