"""A server inside the test process: what it would write is recorded, what a client says is typed in."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pie_lsp.server.documents import Document, open_document
from pie_lsp.server.features import create_server
from pie_lsp.server.server import PieServer
from pie_lsp.server.uris import path_of
from pie_lsp.text.positions import PositionEncoding

from ..protocol.fake_server import optimize, profile
from ..protocol.flow import SOURCE, capabilities

DEADLINE_SECONDS = 30.0

Message = dict[str, Any]


class Harness:
    """An initialized server with the fake engine, and one open file."""

    def __init__(self, folder: Path, can: Message | None = None) -> None:
        self.server: PieServer = create_server(optimize, profile)
        self.sent: list[Message] = []
        self.answers: dict[str, Any] = {}
        self.uri = (folder / "a.cpp").as_uri()
        self._ids = iter(range(1, 10_000))
        self.server.protocol.set_writer(self)
        self._can = capabilities() if can is None else can

    def write(self, data: bytes) -> None:
        """Record a message, and answer requests with what the test prepared."""
        message = json.loads(data.partition(b"\r\n\r\n")[2])
        self.sent.append(message)
        if "id" in message and "method" in message:
            answer = self.answers.get(message["method"])
            reply = {"error": answer} if isinstance(answer, dict) and "code" in answer else {"result": answer}
            loop = asyncio.get_running_loop()
            loop.call_soon(self.say, {"id": message["id"], **reply})

    def close(self) -> None:
        """Writers can be closed; this one has nothing to close."""

    def say(self, message: Message) -> None:
        """Hand a message to the server."""
        self.server.receive(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def notify(self, method: str, params: Any) -> None:
        """Send a notification."""
        self.say({"method": method, "params": params})

    async def respond(self, method: str, params: Any) -> Message:
        """Send a request and return the whole response."""
        identity = next(self._ids)
        self.say({"id": identity, "method": method, "params": params})
        return await self.until(lambda m: m.get("id") == identity and "method" not in m)

    async def request(self, method: str, params: Any) -> Any:
        """Send a request and return its result."""
        response = await self.respond(method, params)
        assert "error" not in response, response
        return response["result"]

    async def until(self, matching: Any) -> Message:
        """The first message that matches, as soon as it was sent."""
        async with asyncio.timeout(DEADLINE_SECONDS):
            # What is waited for is an entry in a list, which tells nobody.
            while not (found := [m for m in self.sent if matching(m)]):  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        return found[0]

    async def message(self, part: str) -> str:
        """The first message to the person that contains `part`."""

        def shown(message: Message) -> bool:
            return message.get("method") == "window/showMessage" and part in message["params"]["message"]

        return str((await self.until(shown))["params"]["message"])

    async def begin(self, text: str = SOURCE) -> "Harness":
        """Shake hands and open the file."""
        path = path_of(self.uri)
        assert path is not None
        path.write_text(text)
        client = {"processId": None, "rootUri": None, "clientInfo": {"name": "tests"}}
        await self.request("initialize", {**client, "capabilities": self._can})
        self.notify("initialized", {})
        item = {"uri": self.uri, "languageId": "cpp", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})
        return self

    async def actions(self, line: int = 1, column: int = 5, **context: Any) -> list[Message]:
        """Code actions at a position."""
        at = {"line": line, "character": column}
        params = {
            "textDocument": {"uri": self.uri},
            "range": {"start": at, "end": at},
            "context": {"diagnostics": [], **context},
        }
        result: list[Message] = await self.request("textDocument/codeAction", params)
        return result

    async def execute(self, command: str, argument: Any) -> Message:
        """The whole response to a command."""
        return await self.respond("workspace/executeCommand", {"command": command, "arguments": [argument]})

    async def finish(self) -> None:
        """Optimize `f` and wait for its results."""
        await self.execute("pie.optimize", {"uri": self.uri, "function": "f"})
        await self.message("verified faster version")


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    """A server with a capable client; `await harness.begin()` opens the file."""
    yield Harness(tmp_path)


def document(
    text: str, encoding: PositionEncoding = PositionEncoding.UTF16, path: Path | None = None
) -> Document:
    """An open document; without a path it is a file that was never saved."""
    place = path or Path("/nowhere/a.cpp")
    return open_document(place.as_uri(), place, 1, text, encoding)
