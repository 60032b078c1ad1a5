"""Words the command line of `launcher.c`; the options are explained there."""

import os
from collections.abc import Iterable
from pathlib import Path

from pie_lsp.sandbox.contract import Limits, SandboxCommand

SYSTEM_FOLDERS = ("/bin", "/lib", "/lib32", "/lib64", "/libx32", "/sbin", "/usr")
"""What programs and compilers are made of; nothing of a user's lies there."""

SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime")
"""The few settings of the system that compilers and the dynamic loader read."""


def limit_options(limits: Limits, processes: int | None) -> list[str]:
    """Limits for setrlimit; `processes` None leaves their number to `--tasks`."""
    values = {
        "cpu": limits.cpu_seconds,
        "as": limits.memory_bytes,
        "nproc": processes,
        "nofile": limits.open_files,
        "fsize": limits.file_bytes,
        "stack": limits.stack_bytes,
    }
    return [
        word for name, value in values.items() if value is not None for word in ("--limit", name, str(value))
    ]


def environment_options(command: SandboxCommand) -> list[str]:
    """The whole environment of the program."""
    return [word for name, value in command.environment for word in ("--env", f"{name}={value}")]


def user_options(user: int | None, command: SandboxCommand) -> list[str]:
    """Change to `user`, who can read root's folders only where the command reads folders at all."""
    if user is None:
        return []
    see_all = ["--see-all"] if command.readable or command.writable else []
    return ["--user", str(user), *see_all]


def path_options(option: str, paths: Iterable[Path | str]) -> list[str]:
    """Repeat `option` for each path."""
    return [word for path in paths for word in (option, str(path))]


def give_folders(folders: Iterable[Path], user: int | None) -> None:
    """Give folders to `user`, who is not us when we are root."""
    if user is not None:
        for folder in folders:
            os.chown(folder, user, user)
