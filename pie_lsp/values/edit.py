"""A replacement of bytes in one file; how it is applied is the business of `pie_lsp.text.edits`."""

from dataclasses import dataclass

from pie_lsp.values.span import Span


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace the bytes of `span` in the original file by `replacement`.

    The replacement is in the encoding of the file, so an edit never re-encodes anything.
    """

    span: Span
    replacement: bytes
