"""Precompiled headers: the system headers that a source begins with, compiled once for many builds.

A header is used only for sources that begin with exactly its lines, so it never makes a program compile
that would not compile without it, and the object file is the same byte for byte. Knows folders and the
sandbox; knows nothing of programs.
"""

import asyncio
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from pie_lsp.sandbox.contract import Ending, Limits, Sandbox, SandboxCommand
from pie_lsp.sandbox.paths import cache_dir
from pie_lsp.values.errors import PieError
from pie_lsp.values.toolchain import Toolchain

WORTH_IT = 4
"""From so many builds on a new header pays: it costs two builds and saves four fifths of each."""

MOST_BYTES = 768 << 20
"""Space that all headers together may take; ``<bits/stdc++.h>`` takes 100 MB."""

_NAME = "prelude.h"
_COMPILED = "prelude.h.gch"
_LOCK_POLL_SECONDS = 0.1


class HeaderStore:
    """The precompiled headers of one toolchain, shared by all processes of the user."""

    def __init__(
        self, toolchain: Toolchain, sandbox: Sandbox, limits: Limits, most_bytes: int = MOST_BYTES
    ) -> None:
        self._toolchain = toolchain
        self._sandbox = sandbox
        self._limits = limits
        self._most_bytes = most_bytes

    @property
    def possible(self) -> bool:
        """Clang uses another mechanism, and a folder of the user's may hide a system header."""
        return "clang" not in self._toolchain.version.lower() and not self._toolchain.include_dirs

    async def find(self, prelude: bytes, flags: Sequence[str], make: bool) -> Path | None:
        """Return the header to ``-include`` for `prelude`, making it where `make` allows.

        None where there is none: a build then reads the headers itself, which only takes longer.
        """
        if not prelude or not self.possible:
            return None
        try:
            store = cache_dir("headers")
            folder = store / self._key(prelude, flags)
            if not (folder / _COMPILED).exists():
                if not make:
                    return None
                async with _locked(store / f"{folder.name}.lock"):
                    if not (folder / _COMPILED).exists():
                        await self._make(prelude, flags, folder)
            os.utime(folder)
        except (PieError, OSError):
            # A full disk or a compiler that refuses costs time and nothing else.
            return None
        return folder / _NAME

    def _key(self, prelude: bytes, flags: Sequence[str]) -> str:
        compiler = Path(self._toolchain.compiler).resolve()
        status = compiler.stat()
        what = (str(compiler), self._toolchain.version, status.st_size, status.st_mtime_ns, *flags)
        return hashlib.sha256(repr(what).encode() + prelude).hexdigest()[:32]

    async def _make(self, prelude: bytes, flags: Sequence[str], folder: Path) -> None:
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix="new-") as name:
            ready, output = _lay_out(Path(name), prelude)
            argv = (self._toolchain.compiler, *flags, "-x", "c++-header", str(ready / _NAME))
            outcome = await self._sandbox.run(
                SandboxCommand(
                    argv=(*argv, "-o", str(output / _COMPILED)),
                    readable=(ready,),
                    writable=(output,),
                    cwd=ready,
                    environment=(("LC_ALL", "C"), ("PATH", "/usr/bin:/bin"), ("TMPDIR", str(output))),
                    limits=self._limits,
                )
            )
            if outcome.ending is not Ending.EXITED or outcome.exit_status != 0:
                raise PieError("The headers could not be precompiled.")
            await asyncio.to_thread(_publish, output / _COMPILED, ready, folder)
        self._make_room(folder)

    def _make_room(self, newest: Path) -> None:
        """Remove the headers that were used longest ago, until the rest fits."""
        folders = [path for path in newest.parent.iterdir() if (path / _COMPILED).exists()]
        folders.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        total = 0
        for folder in folders:
            total += (folder / _COMPILED).stat().st_size
            if total > self._most_bytes and folder != newest:
                shutil.rmtree(folder, ignore_errors=True)
                folder.parent.joinpath(f"{folder.name}.lock").unlink(missing_ok=True)


def _lay_out(folder: Path, prelude: bytes) -> tuple[Path, Path]:
    ready, output = folder / "ready", folder / "output"
    ready.mkdir()
    output.mkdir()
    (ready / _NAME).write_bytes(prelude)
    return ready, output


def _publish(made: Path, ready: Path, folder: Path) -> None:
    """Copy the product, which the user that compiled it owns, and show both files at once."""
    shutil.copyfile(made, ready / _COMPILED)
    shutil.rmtree(folder, ignore_errors=True)
    ready.rename(folder)


@asynccontextmanager
async def _locked(path: Path) -> AsyncIterator[None]:
    """Hold a lock file, so that of several processes and tasks one makes the header and all use it."""
    with path.open("wb") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                await asyncio.sleep(_LOCK_POLL_SECONDS)
        yield
