"""What the rungs without namespaces share: a private folder for each command, the launcher in front.

The box is shown as ``.box/NAME`` in the private folder, which is as long as ``/box/NAME``.
"""

from collections.abc import Callable
from pathlib import Path

from pie_lsp.sandbox import options
from pie_lsp.sandbox.contract import Outcome, SandboxCommand
from pie_lsp.sandbox.identity import unused_identity
from pie_lsp.sandbox.private import BOX, private_folder
from pie_lsp.sandbox.process import REPORTING, run_launcher

_SLACK = 48
"""Processes that the user may start elsewhere while a command runs, before that command feels it."""


async def run_directly(
    launcher: Path, command: SandboxCommand, confine: Callable[[Path], list[str]]
) -> Outcome:
    """Run `command` under `launcher` with the options that `confine` gives for its private folder."""
    user = unused_identity()
    with private_folder(command.box, user) as private:
        options.give_folders(command.writable, user)
        argv = [
            *(str(launcher), *REPORTING),
            *_limits(command, user),
            *options.environment_options(command),
            *options.user_options(user, command),
            *confine(private),
            *("--cwd", str(command.cwd or private), "--"),
            *(word.replace("/box/", f"{BOX}/") for word in command.argv),
        ]
        return await run_launcher(argv, command, (private,))


def _limits(command: SandboxCommand, user: int | None) -> list[str]:
    if user is not None:
        return options.limit_options(command.limits, command.limits.processes)
    # The kernel counts every process of an ordinary user, also those outside.
    beyond = str(command.limits.processes + _SLACK)
    return [*options.limit_options(command.limits, None), "--tasks", beyond]
