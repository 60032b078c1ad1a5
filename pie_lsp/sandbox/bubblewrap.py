"""The first rung: bubblewrap's namespaces around the launcher. Knows nothing of the other rungs."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.sandbox import options
from pie_lsp.sandbox.contract import Outcome, SandboxCommand
from pie_lsp.sandbox.identity import unused_identity
from pie_lsp.sandbox.launcher import launcher_path
from pie_lsp.sandbox.process import REPORTING, run_launcher
from pie_lsp.values.errors import MissingToolError

_INSIDE = "/launcher"
_NAMESPACES = ("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try")
_ROOT_NEEDS = ("CAP_SETUID", "CAP_SETGID", "CAP_DAC_READ_SEARCH", "CAP_KILL")
"""What the launcher needs of root to become somebody else and to end that somebody."""


@dataclass(frozen=True, slots=True)
class Bubblewrap:
    """Own network, processes, mounts and temporary folder for each command (bwrap(1))."""

    bwrap: str
    launcher: Path

    @classmethod
    def find(cls) -> "Bubblewrap":
        """Raises MissingToolError where there is no bwrap; whether it works, only running it tells."""
        bwrap = shutil.which("bwrap")
        if bwrap is None:
            raise MissingToolError("bubblewrap is not installed; install it: sudo apt install bubblewrap")
        return cls(bwrap, launcher_path())

    @property
    def name(self) -> str:
        return "bubblewrap"

    async def run(self, command: SandboxCommand) -> Outcome:
        """Run `command` to its end. Raises SandboxError where confinement itself fails."""
        user = unused_identity()
        options.give_folders(command.writable, user)
        return await run_launcher(self._argv(command, user), command)

    def _argv(self, command: SandboxCommand, user: int | None) -> list[str]:
        # The launcher itself counts as a process of an ordinary user's own namespace.
        processes = command.limits.processes + (1 if user is None else 0)
        return [
            self.bwrap,
            *_NAMESPACES,
            *_privileges(user),
            *("--new-session", "--as-pid-1", "--hostname", "box"),
            *_system(),
            *_folders(command, self.launcher),
            *("--remount-ro", "/", "--", _INSIDE, *REPORTING),
            *options.limit_options(command.limits, processes),
            *options.environment_options(command),
            *options.user_options(user, command),
            *("--cwd", str(command.cwd or "/tmp")),
            "--",
            *command.argv,
        ]


def _privileges(user: int | None) -> list[str]:
    if user is None:
        return ["--unshare-user", "--cap-drop", "ALL"]
    # Root needs no user namespace, in which the change to another user would be impossible.
    return ["--cap-drop", "ALL", *(word for name in _ROOT_NEEDS for word in ("--cap-add", name))]


def _system() -> list[str]:
    words = ["--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev"]
    for folder in map(Path, options.SYSTEM_FOLDERS):
        if folder.is_symlink():
            words += ["--symlink", str(folder.readlink()), str(folder)]
        elif folder.is_dir():
            words += ["--ro-bind", str(folder), str(folder)]
    for name in map(Path, options.SYSTEM_FILES):
        words += _mount("--ro-bind-try", name, name)
    return words


def _folders(command: SandboxCommand, launcher: Path) -> list[str]:
    words = ["--perms", "1777", "--size", str(command.limits.file_bytes * 2), "--tmpfs", "/tmp"]
    words += _mount("--ro-bind", launcher, Path(_INSIDE))
    for path in command.readable:
        words += _mount("--ro-bind", path, path)
    for path in command.writable:
        words += _mount("--bind", path, path)
    for name, path in command.box:
        words += _mount("--ro-bind", path, Path("/box", name))
    return words


def _mount(option: str, path: Path, shown: Path) -> list[str]:
    """Show `path` as `shown`; bubblewrap itself would make the folders above it for root alone."""
    above = [folder for folder in reversed(shown.parents) if folder != Path("/")]
    folders = [word for folder in above for word in ("--perms", "0755", "--dir", str(folder))]
    return [*folders, option, str(path), str(shown)]
