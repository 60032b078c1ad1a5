"""Where lines begin, as the Language Server Protocol counts them; knows nothing of encodings.

Only \\n, \\r\\n and a lone \\r end a line (LSP 3.17, "Text Documents"; g++ agrees). `str.splitlines` also
breaks at form feeds, \\v, \\x85 and U+2028, which moves every later line of a file that has one.
"""

import re
from bisect import bisect_right

_END = re.compile(r"\r\n|\n|\r")
_END_BYTES = re.compile(rb"\r\n|\n|\r")


class LineIndex:
    """The lines of one text. Offsets count characters for `str` and bytes for `bytes`.

    A text that ends with a line end has one more, empty line; the empty text has one line.
    """

    __slots__ = ("_ends", "_starts")

    def __init__(self, text: str | bytes) -> None:
        ends = _END.finditer(text) if isinstance(text, str) else _END_BYTES.finditer(text)
        spans = [found.span() for found in ends]
        self._starts = [0, *(end for _, end in spans)]
        self._ends = [*(start for start, _ in spans), len(text)]

    @property
    def count(self) -> int:
        """How many lines there are, at least one."""
        return len(self._starts)

    def start(self, line: int) -> int:
        """Offset of the first character of the 0-based `line`."""
        return self._starts[line]

    def end(self, line: int) -> int:
        """Offset behind the last character of the 0-based `line`, its line end left out."""
        return self._ends[line]

    def line_at(self, offset: int) -> int:
        """0-based line that holds `offset`; a line end belongs to the line that it ends."""
        return bisect_right(self._starts, offset) - 1

    def number(self, offset: int) -> int:
        """1-based line that holds `offset`, for people."""
        return self.line_at(offset) + 1
