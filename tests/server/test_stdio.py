"""What the process does is in `tests/protocol/test_lifecycle.py`; here are the parts."""

import asyncio
import os
import signal

import pytest

from pie_lsp.server.stdio import Lifeline, PipeWriter, converse, start_reader, watch_parent


class Listener:
    """A server that only writes down what it hears."""

    exit_code = 7

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.stopped = False

    def receive(self, body: bytes) -> None:
        self.heard.append(body)

    async def stop_jobs(self) -> None:
        self.stopped = True


async def test_a_conversation_ends_with_the_stream() -> None:
    reader = asyncio.StreamReader()
    reader.feed_data(b"Content-Length: 1\r\n\r\naContent-Length: 1\r\n\r\nb")
    reader.feed_eof()
    listener = Listener()
    assert await converse(listener, reader, Lifeline()) == 7
    assert listener.heard == [b"a", b"b"] and listener.stopped


async def test_a_signal_stops_the_jobs_and_gives_its_status() -> None:
    lifeline = Lifeline()
    lifeline.watch_signals()
    listener = Listener()
    talking = asyncio.create_task(converse(listener, asyncio.StreamReader(), lifeline))
    await asyncio.sleep(0)
    os.kill(os.getpid(), signal.SIGHUP)
    try:
        assert await talking == 128 + signal.SIGHUP
    finally:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            asyncio.get_running_loop().remove_signal_handler(number)
    assert listener.stopped


async def test_the_reader_takes_pipes_and_files() -> None:
    incoming, outgoing = os.pipe()
    reader = start_reader(incoming, asyncio.get_running_loop())
    os.write(outgoing, b"hello\n")
    assert await reader.readline() == b"hello\n"
    os.close(outgoing)
    assert await reader.read() == b""
    os.close(incoming)
    file = os.open(__file__, os.O_RDONLY)
    assert b"The reader takes" not in await start_reader(file, asyncio.get_running_loop()).readline()
    os.close(file)


def test_the_writer_keeps_the_order_and_flushes_when_it_is_closed() -> None:
    incoming, outgoing = os.pipe()
    writer = PipeWriter(outgoing)
    for number in range(100):
        writer.write(b"%d\n" % number)
    writer.close()
    os.close(outgoing)
    with os.fdopen(incoming, "rb") as stream:
        assert stream.read().split() == [b"%d" % number for number in range(100)]


def test_the_writer_survives_a_client_that_is_gone() -> None:
    incoming, outgoing = os.pipe()
    os.close(incoming)
    writer = PipeWriter(outgoing)
    writer.write(b"x" * 1000)
    writer.close()
    os.close(outgoing)


async def test_the_death_of_the_parent_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pie_lsp.server.stdio.PARENT_POLL_SECONDS", 0.01)
    parent = await asyncio.create_subprocess_exec("cat", stdin=asyncio.subprocess.PIPE)
    died = asyncio.Event()
    watching = asyncio.create_task(watch_parent(parent.pid, died.set))
    await asyncio.sleep(0)
    assert not watching.done()
    parent.kill()
    await parent.wait()
    await asyncio.wait_for(died.wait(), 30)
