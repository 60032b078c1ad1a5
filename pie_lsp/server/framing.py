"""The base protocol of LSP: headers and bodies on a byte stream; knows nothing of what a body says."""

import asyncio
import logging

logger = logging.getLogger(__name__)

MAX_BODY_BYTES = 1 << 30
"""A length beyond this is garbage in the stream and not a message."""


async def read_message(reader: asyncio.StreamReader) -> bytes | None:
    """Body of the next message, or None at the end of the stream.

    Header names are case-insensitive and come in any order, as in HTTP (LSP 3.18, "Base Protocol");
    pygls 2.1.1 knows only the spelling ``Content-Length``. Header blocks without a usable length are
    skipped, since the only way to find the next message is to look for the next header.
    """
    while True:
        length = await _read_headers(reader)
        if length is None:
            return None
        if length < 0:
            continue
        try:
            return await reader.readexactly(length)
        except asyncio.IncompleteReadError:
            return None


async def _read_headers(reader: asyncio.StreamReader) -> int | None:
    """Length of the body that follows, -1 where the block gave none, None at the end of the stream."""
    length = -1
    seen = False
    while True:
        line = await _read_line(reader)
        if line is None:
            return None
        if not line.strip():
            if seen:
                return length
            continue
        seen = True
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = _parse_length(value)


async def _read_line(reader: asyncio.StreamReader) -> bytes | None:
    """Next line, None at the end; a line longer than the stream's limit counts as garbage."""
    try:
        return await reader.readline() or None
    except ValueError:
        logger.warning("Skipped an endless header line.")
        return b"garbage"


def _parse_length(value: bytes) -> int:
    text = value.strip()
    if not text.isdigit() or int(text) > MAX_BODY_BYTES:
        logger.warning("Ignored the content length %r.", text)
        return -1
    return int(text)
