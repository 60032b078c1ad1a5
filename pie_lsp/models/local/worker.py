"""The worker process: reads requests as lines of JSON, loads a checkpoint, generates, answers in lines.

Requests are worked on one at a time, because generating draws from one source of chance. A thread of its own
reads them, so that a cancellation is seen while the model computes, and the end of the input, which is the
end of the parent, ends everything at once. Standard output belongs to the answers: whatever a library prints
goes to standard error.
"""

import ctypes
import json
import os
import queue
import signal
import sys
import threading
import traceback
from typing import IO, Any

from pie_lsp.models.local.generating import Loaded, Problem, load

_Request = dict[str, Any]
_KILL_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


class _Inbox:
    """Requests as they come, and the number of the one that was cancelled last."""

    def __init__(self, lines: IO[bytes]) -> None:
        self._lines = lines
        self._waiting = queue.SimpleQueue[_Request]()
        self._cancelled = -1
        threading.Thread(target=self._read, daemon=True).start()

    def next(self) -> _Request:
        """Wait for the next request."""
        return self._waiting.get()

    def is_cancelled(self, number: int) -> bool:
        """Whether nobody waits for the request any more."""
        return number <= self._cancelled

    def _read(self) -> None:
        try:
            for line in self._lines:
                request = json.loads(line)
                if request["do"] == "cancel":
                    self._cancelled = request["id"]
                else:
                    self._waiting.put(request)
        # Without this thread the process could not be stopped, so it ends with it.
        except Exception:  # noqa: BLE001
            traceback.print_exc()
        os._exit(0)


class _Desk:
    """Works on requests, with the checkpoint that was loaded."""

    def __init__(self, inbox: _Inbox, answers: IO[bytes]) -> None:
        self._inbox = inbox
        self._answers = answers
        self._loaded: Loaded | None = None

    def work(self) -> None:
        """Answer requests until the process ends."""
        while True:
            request = self._inbox.next()
            number = request["id"]
            try:
                result = self._answer(request)
            except Problem as problem:
                result = {"problem": problem.kind, "sentence": str(problem), **problem.numbers}
            # A library may raise anything; the parent says it, and the next request may go well.
            except Exception as error:  # noqa: BLE001
                result = {"problem": "answer", "sentence": f"{type(error).__name__}: {error}"}
            self._say(number, {**result, "last": True})

    def _answer(self, request: _Request) -> _Request:
        number = request["id"]
        if request["do"] == "load":
            self._loaded = load(request["folder"], request["device"], request["bits"], request["context"])
            return {}
        assert self._loaded is not None, "the parent loads first"
        if request["do"] == "count":
            return {"count": self._loaded.count(request["text"])}
        return self._loaded.generate(
            request,
            cancelled=lambda: self._inbox.is_cancelled(number),
            on_text=lambda text: self._say(number, {"text": text}),
        )

    def _say(self, number: int, line: _Request) -> None:
        self._answers.write(json.dumps({"id": number, **line}).encode() + b"\n")
        self._answers.flush()


def _main() -> None:
    ctypes.CDLL(None).prctl(_KILL_WITH_PARENT, signal.SIGKILL)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _Desk(_Inbox(sys.stdin.buffer), answers).work()


if __name__ == "__main__":
    _main()
