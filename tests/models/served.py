"""A real server of the OpenAI API over HTTP, on this machine, whose answers a test decides.

It speaks chat completions and completions, whole and as a stream, and every way to fail that servers have:
errors, rate limits, redirects, silence, and connections that end in the middle. It notices when a client goes
away. Standard library only, and nothing of pie-lsp.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def chat(self) -> bool:
        return self.path.partition("?")[0].endswith("/chat/completions")

    @property
    def stream(self) -> bool:
        return self.body.get("stream") is True


@dataclass(frozen=True)
class Texts:
    """A good answer: one text for each choice. A stream sends the pieces of the first."""

    texts: tuple[str, ...]
    finish: str | None = "stop"
    usage: tuple[int, int] | None = (11, 7)
    seconds: float = 0.0
    breaks_off: bool = False
    error_inside: str = ""


@dataclass(frozen=True)
class Fault:
    """An error with a status, in the form of OpenAI."""

    status: int
    message: str = "no"
    parameter: str | None = None
    code: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Raw:
    """Bytes that are sent as they are, before the connection is closed."""

    content: bytes


Reply = Texts | Fault | Raw
Script = Callable[[Asked], Reply | Awaitable[Reply]]


@dataclass
class Served:
    """A running server: its address, all that it was asked, and how many clients left before their answer."""

    script: Script
    asked: list[Asked] = field(default_factory=list)
    deserted: int = 0
    most_at_once: int = 0
    port: int = 0
    _now: int = 0
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [asked.body for asked in self.asked]

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._handle(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def end(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                while await self._one(reader, writer):
                    pass
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)
        }
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        asked = Asked(head[0].split()[1], headers, json.loads(body or b"{}"))
        self.asked.append(asked)
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        answering = asyncio.ensure_future(self._answer(asked, writer))
        leaving = asyncio.ensure_future(reader.read(1))
        try:
            await asyncio.wait([answering, leaving], return_when=asyncio.FIRST_COMPLETED)
            if answering.done():
                return answering.result()
            self.deserted += 1
            return False
        finally:
            self._now -= 1
            answering.cancel()
            leaving.cancel()
            await asyncio.gather(answering, leaving, return_exceptions=True)

    async def _answer(self, asked: Asked, writer: asyncio.StreamWriter) -> bool:
        reply = self.script(asked)
        if not isinstance(reply, Texts | Fault | Raw):
            reply = await reply
        match reply:
            case Raw(content):
                writer.write(content)
                await writer.drain()
                return False
            case Fault():
                error = {"message": reply.message, "param": reply.parameter, "code": reply.code, "type": "t"}
                self._whole(writer, reply.status, {"error": error}, reply.headers)
            case Texts() if asked.stream:
                return await self._stream(asked, reply, writer)
            case Texts():
                await asyncio.sleep(reply.seconds)
                self._whole(writer, 200, _document(asked, reply))
        await writer.drain()
        return True

    def _whole(
        self,
        writer: asyncio.StreamWriter,
        status: int,
        document: object,
        headers: Iterable[tuple[str, str]] = (),
    ) -> None:
        content = json.dumps(document).encode()
        lines = [f"{name}: {value}\r\n" for name, value in headers]
        writer.write(
            f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n{''.join(lines)}"
            f"content-length: {len(content)}\r\n\r\n".encode()
            + content
        )

    async def _stream(self, asked: Asked, reply: Texts, writer: asyncio.StreamWriter) -> bool:
        writer.write(
            b"HTTP/1.1 200 X\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
        )
        for event in _events(asked, reply):
            line = f"data: {event if isinstance(event, str) else json.dumps(event)}\n\n".encode()
            writer.write(f"{len(line):x}\r\n".encode() + line + b"\r\n")
            await writer.drain()
            await asyncio.sleep(reply.seconds)
        if reply.breaks_off:
            return False
        writer.write(b"0\r\n\r\n")
        await writer.drain()
        return True


def _document(asked: Asked, reply: Texts) -> dict[str, Any]:
    choices = [
        {"index": index, "finish_reason": reply.finish, **_held(asked, text, "message")}
        for index, text in enumerate(reply.texts)
    ]
    return {**_frame(asked), "choices": choices, **_usage(reply)}


def _events(asked: Asked, reply: Texts) -> Iterable[object]:
    for piece in reply.texts:
        choice = {"index": 0, "finish_reason": None, **_held(asked, piece, "delta")}
        yield {**_frame(asked), "choices": [choice]}
    if reply.error_inside:
        yield {"error": {"message": reply.error_inside}}
    if reply.breaks_off:
        return
    if reply.finish is not None:
        choice = {"index": 0, "finish_reason": reply.finish, **_held(asked, "", "delta")}
        yield {**_frame(asked), "choices": [choice]}
    if "stream_options" in asked.body:
        yield {**_frame(asked), "choices": [], **_usage(reply)}
    yield "[DONE]"


def _held(asked: Asked, text: str, holder: str) -> dict[str, Any]:
    return {holder: {"role": "assistant", "content": text}} if asked.chat else {"text": text}


def _frame(asked: Asked) -> dict[str, Any]:
    kind = "chat.completion" if asked.chat else "text_completion"
    return {"id": "1", "object": kind, "created": 1, "model": asked.body.get("model", "")}


def _usage(reply: Texts) -> dict[str, Any]:
    if reply.usage is None:
        return {}
    prompt, completion = reply.usage
    counts = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
    return {"usage": counts}


def says(*texts: str, **how: Any) -> Script:
    """A server that always gives the same answer."""
    return lambda asked: Texts(texts, **how)


def in_turn(*replies: Reply) -> Script:
    """A server that gives one answer after the other, and the last one again and again."""
    waiting = list(replies)
    return lambda asked: waiting.pop(0) if len(waiting) > 1 else waiting[0]


@contextlib.asynccontextmanager
async def serving(script: Script) -> AsyncIterator[Served]:
    """A server on a free port of the loopback."""
    served = Served(script)
    server = await asyncio.start_server(served.accept, "127.0.0.1", 0)
    served.port = server.sockets[0].getsockname()[1]
    try:
        yield served
    finally:
        server.close()
        await served.end()
