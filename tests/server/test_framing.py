import asyncio

import pytest

from pie_lsp.server.framing import MAX_BODY_BYTES, read_message


async def read_all(data: bytes) -> list[bytes]:
    reader = asyncio.StreamReader()
    reader.feed_data(data)
    reader.feed_eof()
    bodies = []
    while (body := await read_message(reader)) is not None:
        bodies.append(body)
    return bodies


@pytest.mark.parametrize(
    ("data", "bodies"),
    [
        (b"", []),
        (b"Content-Length: 2\r\n\r\n{}", [b"{}"]),
        (b"content-length:2\n\n{}", [b"{}"]),
        (b"Content-Length: 0\r\n\r\nContent-Length: 1\r\n\r\nx", [b"", b"x"]),
        (b"X: y\r\nContent-Length: 1\r\nZ: 9\r\n\r\nx", [b"x"]),
        (b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxy", [b"xy"]),
        (b"Content-Length: 9\r\n\r\nshort", []),
        (b"Content-Length: 1\r\n", []),
        (b"Content-Length: -1\r\n\r\nContent-Length: 1\r\n\r\nx", [b"x"]),
        (b"Content-Length: %d\r\n\r\nContent-Length: 1\r\n\r\nx" % (MAX_BODY_BYTES + 1), [b"x"]),
        (b"no header at all\r\n\r\nContent-Length: 1\r\n\r\nx", [b"x"]),
        (b"y" * 300_000 + b"\r\n\r\nContent-Length: 1\r\n\r\nx", [b"x"]),
    ],
)
async def test_bodies_are_found(data: bytes, bodies: list[bytes]) -> None:
    assert await read_all(data) == bodies
