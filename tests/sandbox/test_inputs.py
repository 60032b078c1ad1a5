"""Inputs lie on the disk whole or not at all."""

import resource
import signal
from pathlib import Path

import pytest

from pie_lsp.sandbox.inputs import input_file
from pie_lsp.values.errors import SandboxError


def test_equal_inputs_share_a_file_that_others_may_read(tmp_path: Path) -> None:
    first = input_file(b"1 2\r\n\0", tmp_path)
    assert first.read_bytes() == b"1 2\r\n\0"
    assert first.stat().st_mode & 0o777 == 0o644
    assert input_file(b"1 2\r\n\0", tmp_path) == first
    assert input_file(b"", tmp_path) != first
    assert len(list(tmp_path.iterdir())) == 2


def test_an_input_that_does_not_fit_is_a_sentence_and_never_half_there(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        with pytest.raises(SandboxError, match="cannot be written"):
            input_file(b"x" * 1000, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert list(tmp_path.iterdir()) == []
