"""Lines that say themselves whether they are whole: a digest, and what it is the digest of."""

import hashlib

_HEAD = b'{"sha256":"%s","row":'
_LENGTH = len(_HEAD % (b"0" * 64))
_TAIL = b"}\n"


def checked_line(body: bytes) -> bytes:
    """`body`, a JSON document in one line, with its digest."""
    return _HEAD % hashlib.sha256(body).hexdigest().encode("ascii") + body + _TAIL


def checked_body(line: bytes) -> bytes | None:
    """What `checked_line` was given; None where the line is not exactly what it made."""
    body = line[_LENGTH : -len(_TAIL)]
    return body if checked_line(body) == line else None
