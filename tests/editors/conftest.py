"""A bundled example in a folder of its own, and a way to drive an editor through a person's steps on it."""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.sandbox.contract import Sandbox, SandboxCommand
from pie_lsp.values.toolchain import Binary, BuildMode, TranslationUnit

DEADLINE_SECONDS = 420
"""After this an editor counts as hanging. It decides nothing else."""


@dataclass(frozen=True)
class Session:
    """What an editor logged: pairs of a kind and a text, in order."""

    lines: tuple[tuple[str, str], ...]

    def texts(self, kind: str) -> list[str]:
        return [text for found, text in self.lines if found == kind]


@dataclass(frozen=True)
class Example:
    """A copy of a bundled program whose function `unpack` rule S1 makes faster."""

    path: Path
    function: str = "^string unpack"
    slow: str = "text = text + packed[i];"
    fast: str = "text += packed[i];"

    @property
    def unit(self) -> TranslationUnit:
        """The program as it is on the disk."""
        return TranslationUnit(self.path.name, self.path.parent, self.path.read_bytes())

    @property
    def inputs(self) -> list[Path]:
        """The inputs of the tests beside the program."""
        return sorted((self.path.parent / f"{self.path.stem}.tests").glob("*.in"))

    def shows_the_change(self, diff: str) -> bool:
        """Whether the file called `diff` adds the faster line."""
        return f"+            {self.fast}" in Path(diff).read_text()

    def drive(self, *command: str) -> Session:
        """Run an editor to its end and return its log; fail with everything it said."""
        log = self.path.parent / "editor.log"
        environment = {
            **os.environ,
            "PIE_TEST_LOG": str(log),
            "PIE_TEST_FILE": str(self.path),
            "PIE_TEST_FUNCTION": self.function,
            "PIE_TEST_EXPECTED": self.fast,
            "PIE_TEST_COMMAND": json.dumps([sys.executable, "-m", "pie_lsp", "serve"]),
            "HOME": str(self.path.parent),
            "TERM": "dumb",
        }
        editor = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=self.path.parent,
            start_new_session=True,
        )
        try:
            output, _ = editor.communicate(timeout=DEADLINE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(editor.pid, signal.SIGKILL)
            output, _ = editor.communicate()
            output += b"\n(the editor hung and was killed)"
        text = log.read_text(encoding="utf-8", errors="replace") if log.is_file() else "(no log)\n"
        said = output.decode("utf-8", "replace")
        assert editor.returncode == 0, f"status {editor.returncode}\n{text}\n{said}"
        return Session(tuple((k, t) for k, _, t in (line.partition("\t") for line in text.splitlines())))


@pytest.fixture
def example(tmp_path: Path) -> Example:
    bundled = resources.files("pie_lsp.examples")
    with resources.as_file(bundled) as folder:
        shutil.copy(folder / "runlength.cpp", tmp_path)
        shutil.copytree(folder / "runlength.tests", tmp_path / "runlength.tests")
    found = Example(tmp_path / "runlength.cpp")
    assert found.slow in found.path.read_text()
    return found


async def passes_its_tests(example: Example, compiler: Compiler, sandbox: Sandbox) -> int:
    """Compile the program as it is on the disk and run every test beside it; returns how many passed."""
    binary = await compiler.build(example.unit, BuildMode.OPTIMIZED)
    assert isinstance(binary, Binary), binary
    for given in example.inputs:
        command = SandboxCommand(argv=("/box/prog",), box=(("prog", binary.path),), stdin=given)
        outcome = await sandbox.run(command)
        assert outcome.exit_status == 0, f"{given.name}: {outcome}"
        assert outcome.stdout == given.with_suffix(".out").read_bytes(), given.name
    return len(example.inputs)
