"""File URIs and paths; bytes that are not UTF-8 survive both ways."""

import os
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes, urlsplit


def path_of(uri: str) -> Path | None:
    """Absolute path of a ``file:`` URI, None for every other scheme and for hosts that are not this one."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme.lower() != "file" or parts.netloc.lower() not in ("", "localhost"):
        return None
    # A `#` or `?` that an editor forgot to encode belongs to the name: files have neither part.
    tail = (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    path = Path(os.fsdecode(unquote_to_bytes(parts.path + tail)))
    return path if path.is_absolute() and "\0" not in str(path) else None


def uri_of(path: Path) -> str:
    """``file:`` URI of an absolute path."""
    return path.as_uri()


def same_file_key(uri: str) -> str:
    """Equal for all spellings of one URI: clients differ in what they percent-encode, and in case."""
    path = path_of(uri)
    return unquote(uri) if path is None else f"file://{os.path.normpath(path)}"
