"""Chooses the strongest sandbox that works here, by running it."""

from pie_lsp.sandbox.bubblewrap import Bubblewrap
from pie_lsp.sandbox.contract import Ending, Limits, Sandbox, SandboxCommand
from pie_lsp.values.errors import SandboxError

_PROBE = SandboxCommand(argv=("/bin/true",), limits=Limits(wall_seconds=20.0))


async def choose_sandbox(allow_unsandboxed: bool) -> Sandbox:
    """Return the first rung of the ladder that runs a program here.

    Raises SandboxError, which names what is missing, where none does.
    """
    sandbox = Bubblewrap.find()
    outcome = await sandbox.run(_PROBE)
    if outcome.ending is not Ending.EXITED or outcome.exit_status != 0:
        raise SandboxError("bubblewrap does not work here")
    return sandbox
