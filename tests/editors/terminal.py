"""A terminal without a screen, for editors that draw one: keys go in, and what can be read comes out."""

import asyncio
import fcntl
import os
import pty
import signal
import struct
import termios
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

import pyte

from .conftest import DEADLINE_SECONDS

ROWS, COLUMNS = 50, 200


class Terminal:
    """An editor in a terminal of its own. Used as a context, at whose end the editor is gone."""

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._process, self._end = pty.fork()
        if self._process == 0:
            os.chdir(folder)
            os.execvpe(command[0], list(command), {**environment, "TERM": "xterm-256color"})
        fcntl.ioctl(self._end, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.set_blocking(self._end, False)

    async def __aenter__(self) -> "Terminal":
        return self

    async def __aexit__(self, *_: object) -> None:
        self._close()

    def _close(self) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._end)

    @property
    def text(self) -> str:
        """The screen as it is now."""
        try:
            while piece := os.read(self._end, 1 << 16):
                self._stream.feed(piece)
        except BlockingIOError:
            pass
        except OSError as error:
            raise AssertionError(f"the editor ended:\n{self._lines}") from error
        return self._lines

    @property
    def _lines(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display)

    def type(self, keys: str) -> None:
        """Send what these keys send."""
        os.write(self._end, keys.encode())

    async def until(
        self, wanted: Callable[[str], object], again: Callable[[], Awaitable[None]] | None = None
    ) -> str:
        """Wait for a screen, and return it; `again` is done before each further look."""
        end = time.monotonic() + DEADLINE_SECONDS
        while not wanted(shown := self.text):
            assert time.monotonic() < end, f"what was waited for did not come:\n{shown}"
            await (again() if again is not None else asyncio.sleep(0.05))
        return shown
