"""Standard streams in memory."""

import os
import stat
from pathlib import Path

import pytest

from pie_lsp.sandbox.streams import Streams
from pie_lsp.values.errors import SandboxError


def test_input_is_a_read_only_regular_file(tmp_path: Path) -> None:
    data = os.urandom(3 << 20)
    (tmp_path / "in").write_bytes(data)
    streams = Streams.open(tmp_path / "in")
    try:
        assert stat.S_ISREG(os.fstat(streams.stdin).st_mode)
        assert os.pread(streams.stdin, len(data) + 1, 0) == data
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.write(streams.stdin, b"x")
    finally:
        streams.close()


def test_outputs_are_read_back_whole() -> None:
    streams = Streams.open(None)
    try:
        os.write(streams.stdout, b"o" * (1 << 20))
        os.write(streams.stderr, b"e")
        assert streams.read() == (b"o" * (1 << 20), b"e")
    finally:
        streams.close()


def test_missing_input_is_a_sandbox_error_and_leaves_nothing_open(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(SandboxError):
        Streams.open(tmp_path / "missing")
    assert len(list(Path("/proc/self/fd").iterdir())) == before
