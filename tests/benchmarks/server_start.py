"""Prints how long the server takes to answer `initialize`, as a ratio to importing pygls alone.

    python tests/benchmarks/server_start.py [ROUNDS]

Both are processes of their own, measured in turn within one run: our server from its start to the last byte
of the reply, and an interpreter from its start to a byte that it writes once pygls' server is imported. The
goal is a ratio of at most 1.3. Processor time is printed beside the clock, which a busy machine stretches.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

GOAL = 1.3
ROUNDS = 9

REQUEST = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"processId": None, "rootUri": None, "capabilities": {}},
}

SERVER = (sys.executable, "-m", "pie_lsp", "serve")
PYGLS = (
    sys.executable,
    "-c",
    "from pygls.lsp.server import LanguageServer; print(flush=True); open(0).read()",
)


def framed(message: object) -> bytes:
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


@dataclass(frozen=True)
class Taken:
    """Seconds on the clock and of the processor, of a process from its start until it answered."""

    clock: float
    processor: float


def taken(process: "subprocess.Popen[bytes]", started: float) -> Taken:
    clock = time.perf_counter() - started
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return Taken(clock, (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"))


def until_reply() -> Taken:
    """The server, until the last byte of its reply."""
    started = time.perf_counter()
    with subprocess.Popen(SERVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(framed(REQUEST))
        process.stdin.flush()
        length = int(process.stdout.readline().removeprefix(b"Content-Length:"))
        while process.stdout.readline().strip():
            pass
        reply = json.loads(process.stdout.read(length))
        result = taken(process, started)
        assert reply["id"] == 1 and "capabilities" in reply["result"], reply
        process.stdin.close()
    return result


def until_import() -> Taken:
    """An interpreter, until pygls is imported, and nothing else."""
    started = time.perf_counter()
    with subprocess.Popen(PYGLS, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        assert process.stdout.readline() == b"\n"
        result = taken(process, started)
        process.stdin.close()
    return result


def main(rounds: int) -> None:
    until_import()
    until_reply()
    pairs = [(until_reply(), until_import()) for _ in range(rounds)]
    for name in ("clock", "processor"):
        ours = statistics.median(getattr(reply, name) for reply, _ in pairs)
        theirs = statistics.median(getattr(imported, name) for _, imported in pairs)
        ratio = statistics.median(getattr(r, name) / getattr(i, name) for r, i in pairs)
        sys.stdout.write(
            f"{name:10} initialize reply {1000 * ours:6.0f} ms   pygls alone {1000 * theirs:6.0f} ms   "
            f"ratio {ratio:.2f}\n"
        )
    sys.stdout.write(f"median of {rounds} pairs; goal: a ratio of at most {GOAL}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
