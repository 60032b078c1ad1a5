"""What the rungs without namespaces share: a private folder for each command, the launcher in front.

The box is shown as ``.box/NAME`` in the private folder, which is as long as ``/box/NAME``.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pie_lsp.sandbox import options
from pie_lsp.sandbox.contract import Outcome, SandboxCommand
from pie_lsp.sandbox.identity import unused_identity
from pie_lsp.sandbox.process import REPORTING, run_launcher
from pie_lsp.values.errors import SandboxError

_SLACK = 48
"""Processes that the user may start elsewhere while a command runs, before that command feels it."""

_BASES = ("/tmp", "/var/tmp")
"""Fixed, whatever TMPDIR says, since the length of a program's own path shows in its figures."""


async def run_directly(
    launcher: Path, command: SandboxCommand, confine: Callable[[Path], list[str]]
) -> Outcome:
    """Run `command` under `launcher` with the options that `confine` gives for its private folder."""
    user = unused_identity()
    with _private_folder(command, user) as private:
        options.give_folders(command.writable, user)
        argv = [
            *(str(launcher), *REPORTING),
            *_limits(command, user),
            *options.environment_options(command),
            *options.user_options(user, command),
            *confine(private),
            *("--cwd", str(command.cwd or private), "--"),
            *(word.replace("/box/", ".box/") for word in command.argv),
        ]
        return await run_launcher(argv, command, (private,))


def _limits(command: SandboxCommand, user: int | None) -> list[str]:
    if user is not None:
        return options.limit_options(command.limits, command.limits.processes)
    # The kernel counts every process of an ordinary user, also those outside.
    beyond = str(command.limits.processes + _SLACK)
    return [*options.limit_options(command.limits, None), "--tasks", beyond]


@contextmanager
def _private_folder(command: SandboxCommand, user: int | None) -> Iterator[Path]:
    base = next((base for base in _BASES if os.access(base, os.W_OK | os.X_OK)), None)
    try:
        private = Path(tempfile.mkdtemp(prefix="pie-lsp-", dir=base))
    except OSError as error:
        raise SandboxError(f"No temporary folder could be made ({error.strerror}).") from error
    try:
        _fill(private, command, user)
        yield private
    finally:
        shutil.rmtree(private, ignore_errors=True)


def _fill(private: Path, command: SandboxCommand, user: int | None) -> None:
    box = private / ".box"
    try:
        box.mkdir(mode=0o755)
        for name, path in command.box:
            shutil.copyfile(path, box / name)
            (box / name).chmod(0o555)
    except OSError as error:
        raise SandboxError(f"The program could not be laid out for its run: {error}.") from error
    options.give_folders((private,), user)
