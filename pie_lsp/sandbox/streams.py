"""Standard streams of a confined program as anonymous regular files in memory.

A regular file cannot block its writer, is bounded by RLIMIT_FSIZE, and in memory it has the same block
size (which the C library makes its buffer size) on every machine and in every folder.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.values.errors import SandboxError


@dataclass(frozen=True, slots=True)
class Streams:
    """Open descriptors of standard input, output and error of one program."""

    stdin: int
    stdout: int
    stderr: int

    @classmethod
    def open(cls, stdin: Path | None) -> "Streams":
        """Copy `stdin` and make empty outputs. Raises SandboxError where the input cannot be read."""
        try:
            return cls(_input(stdin), _anonymous("stdout"), _anonymous("stderr"))
        except OSError as error:
            raise SandboxError(f"The input {stdin} cannot be given to the program: {error}.") from error

    def read(self) -> tuple[bytes, bytes]:
        """Return everything that was written to standard output and standard error."""
        return _read_all(self.stdout), _read_all(self.stderr)

    def close(self) -> None:
        """Give the memory back."""
        for descriptor in (self.stdin, self.stdout, self.stderr):
            os.close(descriptor)


def _anonymous(name: str) -> int:
    return os.memfd_create(name, os.MFD_CLOEXEC)


def _input(path: Path | None) -> int:
    writing = _anonymous("stdin")
    try:
        with os.fdopen(os.dup(writing), "wb") as target:
            if path is not None:
                with path.open("rb") as source:
                    while block := source.read(1 << 20):
                        target.write(block)
        # Opened again read-only, as a shell's redirection would.
        return os.open(f"/proc/self/fd/{writing}", os.O_RDONLY | os.O_CLOEXEC)
    finally:
        os.close(writing)


def _read_all(descriptor: int) -> bytes:
    size = os.fstat(descriptor).st_size
    blocks = []
    offset = 0
    while offset < size and (block := os.pread(descriptor, size - offset, offset)):
        blocks.append(block)
        offset += len(block)
    return b"".join(blocks)
