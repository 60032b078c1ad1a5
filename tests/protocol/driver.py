"""A client that speaks raw JSON-RPC with a real server process, well-formed or not.

Nothing here waits for a fixed time: every wait is for a message or an exit, with a generous deadline.
"""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

DEADLINE_SECONDS = 60.0

Message = dict[str, Any]

MINIMAL: Message = {}
"""Capabilities of a client that has no optional ability at all."""


class StreamEndedError(Exception):
    """The server closed its output while a message was waited for."""


class Driver:
    """One server process and everything that it said."""

    def __init__(
        self, *arguments: str, env: Mapping[str, str] | None = None, entry: Path | None = None
    ) -> None:
        command = [str(entry)] if entry is not None else ["-m", "pie_lsp", "serve"]
        self.process = subprocess.Popen(
            [sys.executable, *command, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **(env or {})},
            start_new_session=True,
        )
        self.messages: list[Message] = []
        self.junk: list[bytes] = []
        self._errors: list[bytes] = []
        self._queue: queue.Queue[Message | None] = queue.Queue()
        self._ids = iter(range(1000, 1_000_000))
        self._answer: Callable[[Message], Any] = lambda _request: None
        self._threads = [threading.Thread(target=t, daemon=True) for t in (self._read, self._read_errors)]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> "Driver":
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def answer_requests(self, answer: Callable[[Message], Any]) -> None:
        """How requests of the server are answered; an Exception that is returned becomes an error."""
        self._answer = answer

    def raw(self, data: bytes) -> None:
        """Write bytes as they are."""
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message: Any) -> None:
        """Write a well-framed message."""
        self.raw(framed(message))

    def notify(self, method: str, params: Any = None) -> None:
        """Send a notification."""
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def begin(self, method: str, params: Any = None, *, identity: int | str | None = None) -> int | str:
        """Send a request and return its id."""
        identity = next(self._ids) if identity is None else identity
        self.send({"jsonrpc": "2.0", "id": identity, "method": method, "params": params})
        return identity

    def response(self, identity: int | str | None) -> Message:
        """The response with this id."""
        return self.expect(lambda m: "method" not in m and m.get("id") == identity)

    def request(self, method: str, params: Any = None) -> Any:
        """Send a request and return its result; AssertionError for an error."""
        answer = self.response(self.begin(method, params))
        assert "error" not in answer, answer
        return answer["result"]

    def error(self, method: str, params: Any = None) -> int:
        """Send a request and return the code of its error."""
        answer = self.response(self.begin(method, params))
        assert "result" not in answer or answer["result"] is None, answer
        return int(answer["error"]["code"])

    def notification(self, method: str, matching: Callable[[Any], bool] = lambda _params: True) -> Any:
        """Parameters of the next notification of that method."""
        return self.expect(lambda m: m.get("method") == method and matching(m.get("params")))["params"]

    def expect(self, matching: Callable[[Message], bool]) -> Message:
        """The next message that matches and was not returned yet; requests are answered on the way."""
        for message in self.messages:
            if not message.get("_taken") and matching(message):
                message["_taken"] = True
                return message
        while True:
            try:
                message_or_end = self._queue.get(timeout=DEADLINE_SECONDS)
            except queue.Empty:
                raise AssertionError(f"nothing came; so far {self.messages[-5:]}; {self.errors()}") from None
            if message_or_end is None:
                raise StreamEndedError(self.errors())
            if self._accept(message_or_end, matching):
                return message_or_end

    def _accept(self, message: Message, matching: Callable[[Message], bool]) -> bool:
        self.messages.append(message)
        if "method" in message and "id" in message:
            answer = self._answer(message)
            outcome: Message = {"result": answer}
            if isinstance(answer, Exception):
                outcome = {"error": {"code": -32603, "message": str(answer)}}
            self.send({"jsonrpc": "2.0", "id": message["id"], **outcome})
        if matching(message):
            message["_taken"] = True
            return True
        return False

    def settle(self) -> None:
        """Return when everything sent so far was handled, as a request that is answered last shows."""
        self.response(self.begin("pie/settle"))

    def forget(self) -> None:
        """Start anew: messages that came for an earlier test are not found any more."""
        self.settle()
        self.messages.clear()

    def initialize(self, capabilities: Message | None = None, **params: Any) -> Message:
        """Shake hands and return the result of `initialize`."""
        everything = {"processId": None, "rootUri": None, "capabilities": capabilities or {}, **params}
        result: Message = self.request("initialize", everything)
        self.notify("initialized", {})
        return result

    def open(self, uri: str, text: str, version: int = 1) -> None:
        """Open a document."""
        item = {"uri": uri, "languageId": "cpp", "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def change(self, uri: str, version: int, *changes: Message) -> None:
        """Change a document."""
        identifier = {"uri": uri, "version": version}
        self.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": list(changes)})

    def actions(self, uri: str, line: int, character: int = 0, **context: Any) -> list[Message]:
        """Code actions at a position."""
        position = {"line": line, "character": character}
        result: list[Message] = self.request(
            "textDocument/codeAction",
            {
                "textDocument": {"uri": uri},
                "range": {"start": position, "end": position},
                "context": {"diagnostics": [], **context},
            },
        )
        return result

    def execute(self, action: Message) -> Any:
        """Run a command, or the command of a code action, as an editor does."""
        command = action["command"] if isinstance(action["command"], dict) else action
        return self.request(
            "workspace/executeCommand", {"command": command["command"], "arguments": command["arguments"]}
        )

    def wait(self) -> int:
        """Exit status, once the process has ended."""
        return self.process.wait(DEADLINE_SECONDS)

    def leave(self) -> int:
        """`shutdown` and `exit`; returns the exit status."""
        self.request("shutdown")
        self.notify("exit")
        return self.wait()

    def close_input(self) -> None:
        """End the stream to the server."""
        assert self.process.stdin is not None
        self.process.stdin.close()

    def kill(self) -> None:
        """End the process, whatever its state."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait(DEADLINE_SECONDS)
        for thread in self._threads:
            thread.join(DEADLINE_SECONDS)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def errors(self) -> str:
        """What the server wrote to standard error so far."""
        return b"".join(self._errors).decode(errors="replace")

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        self._errors.extend(self.process.stderr)

    def _read(self) -> None:
        try:
            while (message := self._read_message()) is not None:
                self._queue.put(message)
        finally:
            self._queue.put(None)

    def _read_message(self) -> Message | None:
        assert self.process.stdout is not None
        length = None
        while line := self.process.stdout.readline():
            if line == b"\r\n":
                assert length is not None, self.junk
                message: Message = json.loads(self.process.stdout.read(length))
                return message
            name, _, value = line.partition(b": ")
            if name == b"Content-Length":
                length = int(value)
            elif name != b"Content-Type":
                self.junk.append(line)
        return None


def framed(message: Any) -> bytes:
    """A message with its header."""
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
