"""Prints how long code actions take to be offered in a file of 5,000 lines; the goal is 20 ms.

    python tests/benchmarks/code_action_latency.py [LINES]

A real server over standard input and output; the file is made of the bundled examples, over and over. For
each request a cursor jumps to another function, invoked and automatic in turn; then a character is typed
before each request, as a person does. Times are from the last byte sent to the last byte received, and stand
beside the time of an empty request (hover over nothing), which is what the machine and the protocol take by
themselves. The processor time that the server used per request is printed too, since a busy machine
stretches the rest.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from importlib import resources
from itertools import count
from pathlib import Path
from typing import Any

GOAL_MILLISECONDS = 20.0
LINES = 5000
REQUESTS = 60
URI = "file:///nowhere/large.cpp"


class Server:
    """The server, and a client that waits for one answer at a time."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "pie_lsp", "serve"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._ids = count(1)

    def send(self, method: str, params: Any, identity: int | None = None) -> None:
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if identity is not None:
            message["id"] = identity
        body = json.dumps(message).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def ask(self, method: str, params: Any) -> tuple[Any, float]:
        """The result of a request, and the milliseconds until it was there."""
        identity = next(self._ids)
        self.send(method, params, identity)
        started = time.perf_counter()
        while (message := self._read()).get("id") != identity or "method" in message:
            pass
        milliseconds = 1000 * (time.perf_counter() - started)
        assert "error" not in message, message
        return message["result"], milliseconds

    def _read(self) -> dict[str, Any]:
        stream = self._process.stdout
        assert stream is not None
        length = 0
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        message = json.loads(stream.read(length))
        assert isinstance(message, dict)
        return message

    def processor_milliseconds(self) -> float:
        """Processor time of the server so far, in user and system mode (proc(5))."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        self.ask("shutdown", None)
        self.send("exit", None)
        self._process.wait()


def large_source(lines: int) -> str:
    """Functions of the bundled examples, each copy in a namespace of its own, up to `lines` lines."""
    examples = sorted(Path(str(resources.files("pie_lsp.examples"))).glob("*.cpp"))
    includes: dict[str, None] = {}
    parts: list[str] = []
    size = 0
    for number in count():
        text = examples[number % len(examples)].read_text(encoding="utf-8")
        includes.update(dict.fromkeys(line for line in text.splitlines() if line.startswith("#include")))
        body = [line for line in text.splitlines() if not line.startswith(("#include", "using namespace"))]
        parts.append("\n".join((f"namespace n{number} {{", "using namespace std;", *body, "}", "")))
        size += len(body) + 4
        if size >= lines:
            break
    return "\n".join((*includes, *parts))


def headers_of_functions(source: str) -> list[int]:
    """Lines on which a function begins, found by eye: something ``name(…) {`` in the first column."""
    return [
        number
        for number, line in enumerate(source.splitlines())
        if line.endswith(") {") and line[:1].isalpha() and not line.startswith(("if", "for", "while"))
    ]


def code_actions(server: Server, line: int, trigger: int) -> tuple[int, float]:
    place = {"line": line, "character": 2}
    found, milliseconds = server.ask(
        "textDocument/codeAction",
        {
            "textDocument": {"uri": URI},
            "range": {"start": place, "end": place},
            "context": {"diagnostics": [], "triggerKind": trigger},
        },
    )
    return len(found), milliseconds


def type_a_character(server: Server, version: int, line: int) -> None:
    place = {"line": line + 1, "character": 0}
    change = {"range": {"start": place, "end": place}, "text": " "}
    document = {"uri": URI, "version": version}
    server.send("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})


class Row:
    """A line of the table: what it took to ask the same thing many times."""

    def __init__(self, server: Server, what: str) -> None:
        self._server = server
        self._what = what
        self._began = server.processor_milliseconds()
        self._taken: list[float] = []

    def add(self, milliseconds: float) -> None:
        self._taken.append(milliseconds)

    def show(self) -> float:
        """Print it and return the median."""
        ordered = sorted(self._taken)
        processor = (self._server.processor_milliseconds() - self._began) / len(ordered)
        median, nearly = statistics.median(ordered), ordered[int(0.95 * len(ordered))]
        say(
            f"{self._what:28} median {median:6.1f} ms   95 % within {nearly:6.1f} ms   "
            f"worst {ordered[-1]:6.1f} ms   processor {processor:6.1f} ms each"
        )
        return median


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def open_document(server: Server, source: str) -> None:
    kinds: Any = {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}
    abilities = {"textDocument": {"codeAction": kinds}}
    server.ask("initialize", {"processId": None, "rootUri": None, "capabilities": abilities})
    server.send("initialized", {})
    document = {"uri": URI, "languageId": "cpp", "version": 1, "text": source}
    server.send("textDocument/didOpen", {"textDocument": document})


def main(lines: int) -> None:
    source = large_source(lines)
    headers = headers_of_functions(source)
    places = [headers[i * len(headers) // REQUESTS % len(headers)] for i in range(REQUESTS)]
    server = Server()
    open_document(server, source)
    _, first = code_actions(server, headers[0], 1)

    empty = Row(server, "an empty request")
    nothing = {"textDocument": {"uri": "file:///nowhere/else.cpp"}, "position": {"line": 0, "character": 0}}
    for _ in places:
        empty.add(server.ask("textDocument/hover", nothing)[1])
    say(f"{len(source.splitlines())} lines, {len(headers)} functions; opened, first asked: {first:.0f} ms")
    floor = empty.show()

    offered = 0
    still = Row(server, "code actions")
    for number, line in enumerate(places):
        found, milliseconds = code_actions(server, line + number % 3, 1 + number % 2)
        offered += found > 0
        still.add(milliseconds)
    median = still.show()

    typing = Row(server, "code actions after a key")
    for number, line in enumerate(places):
        type_a_character(server, number + 2, line)
        typing.add(code_actions(server, line, 2)[1])
    typing.show()
    server.close()
    say(f"{offered} of {REQUESTS} requests had an offer")
    say(f"code actions / empty request = {median / floor:.1f}; goal: {GOAL_MILLISECONDS:.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LINES)
