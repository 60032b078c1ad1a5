"""What we know of terminals: consoles for standard output and error, and text that is safe to show."""

import re
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

_PIPE_COLUMNS = 120
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def output() -> "Console":
    """The console on standard output, for results."""
    return _console(sys.stdout)


def errors() -> "Console":
    """The console on standard error, for progress and everything else that is no result."""
    return _console(sys.stderr)


def visible(text: str) -> str:
    r"""`text` with control characters shown as ``\x1b``: a source must not steer the user's terminal.

    Tabs and line ends stay. Characters that turn the direction of text around are shown as well.
    """
    return _CONTROLS.sub(lambda found: ascii(found.group())[1:-1], text)


def _console(stream: TextIO) -> "Console":
    from rich.console import Console

    width = None if stream.isatty() else _PIPE_COLUMNS
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


def is_utf8(stream: TextIO) -> bool:
    """Whether line-drawing characters can be written to `stream`."""
    return (stream.encoding or "").lower().replace("-", "") == "utf8"
