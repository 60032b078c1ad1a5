"""The process around the server: streams, signals, the parent process, and the exit status.

Knows asyncio and Unix; knows nothing of LSP beyond `read_message` and "the client is gone".
"""

import asyncio
import contextlib
import logging
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from typing import Protocol

from pie_lsp.server.framing import read_message

logger = logging.getLogger(__name__)

CHUNK_BYTES = 1 << 16
FLUSH_SECONDS = 1.0
PARENT_POLL_SECONDS = 1.0
EXIT_GRACE_SECONDS = 3.0
"""How long the interpreter may take to end once every job was stopped, before it is ended."""


class Session(Protocol):
    """What the process needs of the server."""

    def receive(self, body: bytes) -> None:
        """Handle one message."""

    async def stop_jobs(self) -> None:
        """Kill every child of every job, and return when all are gone."""

    @property
    def exit_code(self) -> int:
        """0 after `shutdown`, else 1."""


def take_streams() -> tuple[int, int]:
    """File descriptors of the client, after moving 0 and 1 out of everybody else's reach.

    A stray `print`, or a child that inherits the descriptors, would otherwise corrupt the protocol:
    from now on standard input is empty and standard output is standard error.
    """
    incoming, outgoing = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return incoming, outgoing


class PipeWriter:
    """Writes to the client in a thread, so that a client that does not read cannot stop the server."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._queue: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._drain, name="pie-lsp-writer", daemon=True)
        self._thread.start()

    def write(self, data: bytes) -> None:
        """Queue `data`; order is kept."""
        self._queue.put(data)

    def close(self) -> None:
        """Give what is queued a moment to reach the client."""
        self._queue.put(None)
        self._thread.join(FLUSH_SECONDS)

    def _drain(self) -> None:
        # A broken pipe means that the client is gone; the reader notices too and ends the server.
        with contextlib.suppress(OSError):
            while (data := self._queue.get()) is not None:
                view = memoryview(data)
                while view:
                    view = view[os.write(self._descriptor, view) :]


def start_reader(descriptor: int, loop: asyncio.AbstractEventLoop) -> asyncio.StreamReader:
    """A stream fed by a thread, which works for pipes, sockets, terminals and files alike."""
    reader = asyncio.StreamReader(loop=loop)

    def pump() -> None:
        with contextlib.suppress(OSError, RuntimeError):
            while data := os.read(descriptor, CHUNK_BYTES):
                loop.call_soon_threadsafe(reader.feed_data, data)
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(reader.feed_eof)

    threading.Thread(target=pump, name="pie-lsp-reader", daemon=True).start()
    return reader


class Lifeline:
    """Decides when the process ends, and with which status."""

    def __init__(self) -> None:
        self._ended = asyncio.Event()
        self._signal: int | None = None

    def end(self) -> None:
        """Ask for the end; may be called any number of times."""
        self._ended.set()

    def _end_by_signal(self, number: int) -> None:
        self._signal = number
        self._ended.set()

    def watch_signals(self) -> None:
        """SIGTERM, SIGINT and SIGHUP stop the jobs first; by default they would orphan the children."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            loop.add_signal_handler(number, self._end_by_signal, number)

    async def wait(self) -> None:
        """Return when the process should end."""
        await self._ended.wait()

    def status(self, session: Session) -> int:
        """128 plus the signal's number, as shells count, or what LSP wants of `exit`."""
        return session.exit_code if self._signal is None else 128 + self._signal


async def watch_parent(process_id: int, on_death: Callable[[], None]) -> None:
    """Call `on_death` when the editor's process is gone (LSP 3.18, `InitializeParams.processId`).

    Standard input usually ends then, but not where another process inherited the other end.
    """
    while True:
        try:
            os.kill(process_id, 0)
        except ProcessLookupError:
            break
        except OSError:
            logger.info("Process %d may not be watched.", process_id)
        await asyncio.sleep(PARENT_POLL_SECONDS)
    on_death()


async def converse(session: Session, reader: asyncio.StreamReader, lifeline: Lifeline) -> int:
    """Handle messages until the client leaves, by whatever door; returns the exit status."""
    reading = asyncio.create_task(_read_all(session, reader, lifeline))
    try:
        await lifeline.wait()
    finally:
        reading.cancel()
        await session.stop_jobs()
    return lifeline.status(session)


async def _read_all(session: Session, reader: asyncio.StreamReader, lifeline: Lifeline) -> None:
    try:
        while (body := await read_message(reader)) is not None:
            session.receive(body)
            # Requests that run as tasks begin here, before a later change of the text is read.
            await asyncio.sleep(0)
    finally:
        lifeline.end()


def end_process_soon(status: int) -> None:
    """Make sure that the process ends even if a thread of some library never returns."""
    timer = threading.Timer(EXIT_GRACE_SECONDS, os._exit, (status,))
    timer.daemon = True
    timer.start()
