"""A bundled example in a folder of its own, and a way to drive an editor through a person's steps on it."""

import os
import shlex
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

PROFILES = Path(__file__).parents[1] / "e2e" / "profiles"
RECORDER = Path(__file__).with_name("record.py")

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
    other_function: str = "^int main"
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

    @property
    def recorded(self) -> Path:
        """What the editor sent with `initialize`, after `drive`."""
        return self.path.parent / "initialize.json"

    def drive(self, editor: str, *command: str, with_settings: tuple[str, str] = ("", "")) -> Session:
        """Run a real editor to its end, with what ``pie-lsp editor`` prints for it as its settings.

        Where they are given, the second of `with_settings` stands in the place of the first. Returns its
        log; fails with everything it said.
        """
        log = self.path.parent / "editor.log"
        snippet = self.path.parent / "snippet"
        before, after = with_settings
        text = printed("editor", editor)
        assert before in text
        snippet.write_text(text.replace(before, after) if before else text)
        environment = {
            **os.environ,
            "PIE_TEST_LOG": str(log),
            "PIE_TEST_FILE": str(self.path),
            "PIE_TEST_FUNCTION": self.function,
            "PIE_TEST_EXPECTED": self.fast,
            "PIE_TEST_OTHER_FUNCTION": self.other_function,
            "PIE_TEST_SNIPPET": str(snippet),
            "PATH": f"{recording_server(self.path.parent, self.recorded)}:{os.environ['PATH']}",
            "HOME": str(self.path.parent),
            "TERM": "dumb",
        }
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=self.path.parent,
            start_new_session=True,
        )
        try:
            output, _ = process.communicate(timeout=DEADLINE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, _ = process.communicate()
            output += b"\n(the editor hung and was killed)"
        text = log.read_text(encoding="utf-8", errors="replace") if log.is_file() else "(no log)\n"
        said = output.decode("utf-8", "replace")
        assert process.returncode == 0, f"status {process.returncode}\n{text}\n{said}"
        return Session(tuple((k, t) for k, _, t in (line.partition("\t") for line in text.splitlines())))


def printed(*words: str) -> str:
    """What the command line prints on standard output."""
    command = [sys.executable, "-m", "pie_lsp", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def recording_server(folder: Path, recorded: Path) -> Path:
    """A folder for PATH, whose `pie-lsp` is ours behind the recorder."""
    commands = folder / "bin"
    commands.mkdir(exist_ok=True)
    script = commands / "pie-lsp"
    words = (sys.executable, RECORDER, recorded, sys.executable, "-m", "pie_lsp")
    script.write_text(f'#!/bin/sh\nexec {shlex.join(map(str, words))} "$@"\n')
    script.chmod(0o755)
    return commands


@pytest.fixture
def example(tmp_path: Path) -> Example:
    bundled = resources.files("pie_lsp.examples")
    with resources.as_file(bundled) as folder:
        shutil.copy(folder / "runlength.cpp", tmp_path)
        shutil.copytree(folder / "runlength.tests", tmp_path / "runlength.tests")
    # Editors look for the root of a project, and this is what they know one by.
    (tmp_path / ".git").mkdir()
    found = Example(tmp_path / "runlength.cpp")
    assert found.slow in found.path.read_text()
    return found


def profile_of(editor: str) -> Path:
    """The recording of what that version of an editor sends; the test is skipped where there is none."""
    path = PROFILES / f"{editor}.json"
    if not path.exists() and "PIE_LSP_TESTS_RECORD" not in os.environ:
        known = ", ".join(sorted(one.stem for one in PROFILES.glob("*.json")))
        pytest.skip(f"no profile of {editor} was recorded; there are: {known}")
    return path


def sent_and_recorded(example: Example, profile: Path) -> tuple[str, str]:
    """What the editor sent, and what it sent when it was recorded: anew where PIE_LSP_TESTS_RECORD is set."""
    if "PIE_LSP_TESTS_RECORD" in os.environ:
        shutil.copy(example.recorded, profile)
    return example.recorded.read_text(encoding="utf-8"), profile.read_text(encoding="utf-8")


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
