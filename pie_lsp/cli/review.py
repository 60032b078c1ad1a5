"""The files that ``pie-lsp optimize`` writes for other programs: which, and when. Knows no format."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from pie_lsp.cli import arguments as shared
from pie_lsp.values.errors import InputError

if TYPE_CHECKING:
    from pie_lsp.cli.outcome import Outcomes


def check_outputs(arguments: argparse.Namespace) -> None:
    """Raise InputError for a file that cannot be written, before minutes of work are spent on it."""
    sources = [shared.absolute(word).resolve() for word in arguments.files]
    for option in ("sarif", "markdown"):
        word = getattr(arguments, option)
        if word is None:
            continue
        path = shared.absolute(word)
        if not word or path.is_dir() or not path.parent.is_dir():
            raise InputError(f"--{option} names {word!r}, which cannot be a file to write to.")
        if path.resolve() in sources:
            raise InputError(f"--{option} would write over {word}, which is to be optimized.")


def write_outputs(outcomes: "Outcomes", arguments: argparse.Namespace) -> None:
    """Write what was asked for. Raises InputError where a file cannot be written."""
    if arguments.sarif is not None:
        from pie_lsp.cli.sarif import sarif_log

        _write(shared.absolute(arguments.sarif), sarif_log(outcomes))
    if arguments.markdown is not None:
        from pie_lsp.cli.markdown import review_comment

        _write(shared.absolute(arguments.markdown), review_comment(outcomes))


def _write(path: Path, text: str) -> None:
    try:
        path.write_bytes(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from None
