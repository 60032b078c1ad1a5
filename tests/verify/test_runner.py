"""A program runs alike on every machine and in every surrounding."""

from pathlib import Path
from typing import Any

import pytest

from pie_lsp.sandbox.contract import Sandbox
from pie_lsp.values.errors import SandboxError
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.testing import TestCase, TestSuite
from pie_lsp.values.toolchain import Binary
from pie_lsp.verify.runner import run_test

LIMITS = RunLimits(cpu_seconds=2, output_bytes=1 << 20)


def suite(*words: str, expected: bytes | None = None) -> TestSuite:
    return TestSuite("here", tuple(TestCase(word, word.encode(), expected) for word in words))


async def test_a_program_runs_alike_whatever_surrounds_it(
    recorder: Any, sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    await run_test(recorder, programs[0], TestCase("t", b"word"), LIMITS, scratch)
    command = recorder.commands[0]
    assert command.argv == ("/box/prog",)
    assert command.environment == ()
    assert (command.limits.cpu_seconds, command.limits.memory_bytes) == (2, 1 << 30)
    assert command.limits.file_bytes == 1 << 20


async def test_an_input_that_cannot_be_written_is_said_in_a_sentence(
    sandbox: Sandbox, programs: tuple[Binary, Binary], scratch: Path
) -> None:
    with pytest.raises(SandboxError, match="input of a test cannot be written"):
        await run_test(sandbox, programs[0], TestCase("t", b"word"), LIMITS, scratch / "gone")
