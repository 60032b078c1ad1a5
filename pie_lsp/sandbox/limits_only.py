"""The last rung, only ever used after the user allowed it: limits, and no protection of files."""

from dataclasses import dataclass
from pathlib import Path

from pie_lsp.sandbox.contract import Outcome, SandboxCommand
from pie_lsp.sandbox.direct import run_directly
from pie_lsp.sandbox.launcher import launcher_path
from pie_lsp.sandbox.private import sweep


@dataclass(frozen=True, slots=True)
class LimitsOnly:
    """Resource limits, the kill of everything left, and the system-call filter where there is one."""

    launcher: Path

    @classmethod
    def find(cls) -> "LimitsOnly":
        """Works wherever the launcher compiles."""
        sweep()
        return cls(launcher_path())

    @property
    def name(self) -> str:
        return "resource limits only"

    async def run(self, command: SandboxCommand) -> Outcome:
        """Run `command` to its end. Raises SandboxError where it cannot be started."""
        return await run_directly(self.launcher, command, lambda _: ["--try-filter"])
