"""The launcher's command line."""

from pathlib import Path

from pie_lsp.sandbox import options
from pie_lsp.sandbox.contract import Limits, SandboxCommand


def test_a_limit_that_is_none_is_not_set() -> None:
    words = options.limit_options(Limits(memory_bytes=None, cpu_seconds=3), None)
    assert "as" not in words
    assert "nproc" not in words
    assert words[words.index("cpu") + 1] == "3"


def test_only_commands_that_read_folders_see_roots() -> None:
    plain, reading = SandboxCommand(("/x",)), SandboxCommand(("/x",), readable=(Path("/root"),))
    assert options.user_options(77, plain) == ["--user", "77"]
    assert options.user_options(77, reading) == ["--user", "77", "--see-all"]
    assert options.user_options(None, reading) == []


def test_paths_and_environment_are_repeated() -> None:
    command = SandboxCommand(("/x",), environment=(("A", "1"), ("B", "=")))
    assert options.environment_options(command) == ["--env", "A=1", "--env", "B=="]
    assert options.path_options("--read", ["/a", Path("/b")]) == ["--read", "/a", "--read", "/b"]
