"""What it means to run something untrusted: one command in, one outcome out.

Implementations differ in how they confine (bubblewrap, Landlock, resource limits alone after opt-in);
callers never see the difference.
"""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one command. Processor time decides; the wall clock is only a guard.

    memory_bytes None means no limit on the address space (sanitizers reserve terabytes of it)
    file_bytes   largest file the command may write, its standard output and error included
    """

    cpu_seconds: int = 10
    wall_seconds: float = 60.0
    memory_bytes: int | None = 1 << 30
    processes: int = 8
    open_files: int = 64
    file_bytes: int = 64 << 20
    stack_bytes: int = 256 << 20


@dataclass(frozen=True, slots=True)
class SandboxCommand:
    """One program to run in confinement.

    argv         absolute path of a program, or ``/box/NAME`` for a file of `box`. The sandbox may show
                 the box elsewhere under a path of the same length, and rewrites ``/box/`` in every
                 argument, so that a program's stack is laid out alike in every sandbox
    box          files shown read-only as ``/box/NAME``
    readable     files and folders shown read-only at their own path (besides the system's)
    writable     folders of ours that the command may write to, at their own path
    stdin        a regular file; empty input when None
    cwd          absolute folder among `readable` or `writable`; a private empty folder when None. A
                 command with a box has none
    environment  the whole environment; nothing is inherited
    """

    argv: tuple[str, ...]
    box: tuple[tuple[str, Path], ...] = ()
    readable: tuple[Path, ...] = ()
    writable: tuple[Path, ...] = ()
    stdin: Path | None = None
    cwd: Path | None = None
    environment: tuple[tuple[str, str], ...] = ()
    limits: Limits = Limits()

    def __post_init__(self) -> None:
        if self.box and self.cwd is not None:
            raise ValueError("a command with a box runs in its private folder")


class Ending(Enum):
    """How a command ended."""

    EXITED = "exited"
    SIGNALED = "signaled"
    CPU_LIMIT = "processor time limit"
    FILE_LIMIT = "output limit"
    WALL_GUARD = "wall-clock guard"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did.

    exit_status  of a command that exited, else None
    signal       number of the signal that ended it, else None
    cpu_seconds  user and system time of the command and its children, counted inside the sandbox
    """

    ending: Ending
    exit_status: int | None
    signal: int | None
    stdout: bytes
    stderr: bytes
    cpu_seconds: float


class Sandbox(Protocol):
    """Runs commands in confinement. Cancelling the awaiting task kills every process of the command."""

    @property
    def name(self) -> str:
        """For people: "bubblewrap", "Landlock", "resource limits only"."""

    async def run(self, command: SandboxCommand) -> Outcome:
        """Run `command` to its end. Raises SandboxError where confinement itself fails."""
