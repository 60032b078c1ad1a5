"""Starts the server: over standard input and output, or over TCP for debugging."""

import asyncio
import logging
import sys

from pie_lsp.server.features import create_server
from pie_lsp.server.server import Optimize
from pie_lsp.server.stdio import Lifeline, PipeWriter, converse, end_process_soon, start_reader, take_streams
from pie_lsp.values.errors import InputError


def run(tcp: str | None = None, optimize: Optimize | None = None) -> int:
    """Serve one client until it leaves; returns the exit status.

    `tcp` is ``HOST:PORT``; InputError where it is not. Everything that is logged goes to standard error.
    """
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s"
    )
    address = _address(tcp) if tcp is not None else None
    status = asyncio.run(_serve_stdio(optimize) if address is None else _serve_tcp(*address, optimize))
    end_process_soon(status)
    return status


def _address(tcp: str) -> tuple[str, int]:
    host, _, port = tcp.rpartition(":")
    if not port.isdigit() or int(port) > 65535:
        raise InputError(f"--tcp takes HOST:PORT, for example 127.0.0.1:2087, and not {tcp!r}.")
    return host.strip("[]") or "127.0.0.1", int(port)


async def _serve_stdio(optimize: Optimize | None) -> int:
    incoming, outgoing = take_streams()
    lifeline = Lifeline()
    lifeline.watch_signals()
    server = create_server(optimize)
    writer = PipeWriter(outgoing)
    server.protocol.set_writer(writer)
    server.protocol.stop = lifeline.end
    try:
        return await converse(server, start_reader(incoming, asyncio.get_running_loop()), lifeline)
    finally:
        writer.close()


async def _serve_tcp(host: str, port: int, optimize: Optimize | None) -> int:
    """Serve the first client that connects, and end when it leaves."""
    connected: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    listener = await asyncio.start_server(
        lambda reader, writer: connected.put_nowait((reader, writer)), host, port
    )
    lifeline = Lifeline()
    lifeline.watch_signals()
    logging.getLogger(__name__).warning("Listening on %s", listener.sockets[0].getsockname())
    waiting = asyncio.create_task(connected.get())
    await asyncio.wait([waiting, asyncio.create_task(lifeline.wait())], return_when=asyncio.FIRST_COMPLETED)
    listener.close()
    server = create_server(optimize)
    if not waiting.done():
        return lifeline.status(server)
    reader, writer = waiting.result()
    server.protocol.set_writer(writer)
    server.protocol.stop = lifeline.end
    try:
        return await converse(server, reader, lifeline)
    finally:
        writer.close()
