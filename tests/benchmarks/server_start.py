"""Prints how long the server takes to answer `initialize`, as a ratio to importing pygls alone.

    python tests/benchmarks/server_start.py [ROUNDS]

Both are processes of their own, measured in turn within one run: our server from its start to the last byte
of the reply, and an interpreter from its start to a byte that it writes once pygls' server is imported. The
goal is a ratio of at most 1.3.
"""

import json
import statistics
import subprocess
import sys
import time

GOAL = 1.3
ROUNDS = 9

REQUEST = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"processId": None, "rootUri": None, "capabilities": {}},
}

SERVER = (sys.executable, "-m", "pie_lsp", "serve")
PYGLS = (sys.executable, "-c", "from pygls.lsp.server import LanguageServer; print()")


def framed(message: object) -> bytes:
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def seconds_to_reply() -> float:
    """From the start of the server to the last byte of its reply."""
    started = time.perf_counter()
    process = subprocess.Popen(SERVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(framed(REQUEST))
    process.stdin.flush()
    length = int(process.stdout.readline().removeprefix(b"Content-Length:"))
    while process.stdout.readline().strip():
        pass
    reply = json.loads(process.stdout.read(length))
    seconds = time.perf_counter() - started
    assert reply["id"] == 1 and "capabilities" in reply["result"], reply
    process.stdin.close()
    process.stdout.close()
    process.wait()
    return seconds


def seconds_to_import() -> float:
    """From the start of an interpreter to the moment at which pygls is imported, and nothing else."""
    started = time.perf_counter()
    with subprocess.Popen(PYGLS, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.read(1) == b"\n"
        seconds = time.perf_counter() - started
    return seconds


def main(rounds: int) -> None:
    seconds_to_import()
    seconds_to_reply()
    pairs = [(seconds_to_reply(), seconds_to_import()) for _ in range(rounds)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(reply / imported for reply, imported in pairs)
    sys.stdout.write(
        f"server start to initialize reply  {1000 * ours:7.0f} ms\n"
        f"importing pygls alone             {1000 * theirs:7.0f} ms\n"
        f"ratio {ratio:.2f} (median of {rounds} pairs; goal: at most {GOAL})\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
