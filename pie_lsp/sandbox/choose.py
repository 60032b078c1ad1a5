"""Chooses the strongest sandbox that works here, by running it: what is installed need not work."""

import functools
import os
from collections.abc import Callable

from pie_lsp.sandbox.bubblewrap import Bubblewrap
from pie_lsp.sandbox.contract import Ending, Limits, Sandbox, SandboxCommand
from pie_lsp.sandbox.landlock import Landlock
from pie_lsp.sandbox.launcher import launcher_path
from pie_lsp.sandbox.limits_only import LimitsOnly
from pie_lsp.values.errors import PieError, SandboxError

FORCE_VARIABLE = "PIE_LSP_SANDBOX"
"""Environment variable that allows one rung of the ladder only: ``bubblewrap`` or ``landlock``."""

_LADDER: tuple[tuple[str, Callable[[], Sandbox]], ...] = (
    ("bubblewrap", Bubblewrap.find),
    ("landlock", Landlock.find),
)
_PROBE = SandboxCommand(argv=("/bin/true",), limits=Limits(wall_seconds=20.0))


async def choose_sandbox(allow_unsandboxed: bool) -> Sandbox:
    """Return the first rung of the ladder that runs a program here; remembered for the process.

    allow_unsandboxed  the user's explicit consent to resource limits alone, where no sandbox works

    Raises SandboxError, which says what is missing and what to do, where none works; what `launcher_path`
    raises, where there is no launcher, which every rung needs.
    """
    forced = os.environ.get(FORCE_VARIABLE, "")
    situation = (forced, os.environ.get("PATH", ""), allow_unsandboxed)
    if situation not in _remembered():
        launcher_path()
        _remembered()[situation] = await _first_working(forced, allow_unsandboxed)
    return _remembered()[situation]


@functools.cache
def _remembered() -> dict[tuple[str, str, bool], Sandbox]:
    """The choices of this process; what works here does not change while it runs."""
    return {}


async def _first_working(forced: str, allow_unsandboxed: bool) -> Sandbox:
    rungs = [(name, find) for name, find in _LADDER if forced in ("", name)]
    if allow_unsandboxed:
        rungs.append(("resource limits only", LimitsOnly.find))
    failures = []
    for name, find in rungs:
        try:
            return await _working(find())
        except PieError as error:
            failures.append(f"{name}: {str(error).rstrip('.')}")
    raise SandboxError(
        f"No sandbox works here, so nothing was run ({'; '.join(failures) or f'{forced} is none'}); "
        "install bubblewrap (sudo apt install bubblewrap) or use a kernel with Landlock (5.13 or later), "
        "or, for programs that you trust, set allow_unsandboxed."
    )


async def _working(sandbox: Sandbox) -> Sandbox:
    outcome = await sandbox.run(_PROBE)
    if outcome.ending is not Ending.EXITED or outcome.exit_status != 0:
        said = outcome.stderr.decode("utf-8", "replace").strip()
        raise SandboxError(f"{sandbox.name} does not run programs here: {said or outcome.ending.value}")
    return sandbox
