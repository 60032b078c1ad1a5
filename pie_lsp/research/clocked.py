"""A sandbox that adds up the processor time of its commands, for figures on what measuring itself costs."""

from pie_lsp.sandbox.contract import Outcome, Sandbox, SandboxCommand


class ClockedSandbox:
    """Runs commands in another sandbox; `seconds` is their user and system time in sum."""

    def __init__(self, inner: Sandbox) -> None:
        self._inner = inner
        self.seconds = 0.0

    @property
    def name(self) -> str:
        """Name of the sandbox that does the work."""
        return self._inner.name

    async def run(self, command: SandboxCommand) -> Outcome:
        """Run `command`, and count its time."""
        outcome = await self._inner.run(command)
        self.seconds += outcome.cpu_seconds
        return outcome
