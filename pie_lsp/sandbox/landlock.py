"""The second rung: Landlock, a system-call filter and limits (landlock(7)), without any privilege.

For systems where bubblewrap is missing or may not make user namespaces (Ubuntu 23.10 and later).
"""

from dataclasses import dataclass
from pathlib import Path

from pie_lsp.sandbox import options
from pie_lsp.sandbox.contract import Outcome, SandboxCommand
from pie_lsp.sandbox.direct import run_directly
from pie_lsp.sandbox.launcher import launcher_path
from pie_lsp.sandbox.private import sweep

_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


@dataclass(frozen=True, slots=True)
class Landlock:
    """Files by Landlock, network and other processes by the system-call filter."""

    launcher: Path

    @classmethod
    def find(cls) -> "Landlock":
        """Whether the kernel has Landlock, only running it tells."""
        sweep()
        return cls(launcher_path())

    @property
    def name(self) -> str:
        return "Landlock"

    async def run(self, command: SandboxCommand) -> Outcome:
        """Run `command` to its end. Raises SandboxError where confinement itself fails."""

        def confine(private: Path) -> list[str]:
            return [
                *("--landlock", "--own-proc"),
                *options.path_options("--run", (*options.SYSTEM_FOLDERS, private / ".box")),
                *options.path_options("--read", options.SYSTEM_FILES),
                *options.path_options("--run", command.readable),
                *options.path_options("--write", (*_DEVICES, private, *command.writable)),
            ]

        return await run_directly(self.launcher, command, confine)
