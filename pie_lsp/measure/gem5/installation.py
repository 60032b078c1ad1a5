"""Finds gem5, the runner beside this package, and a Python to run it with; starts nothing."""

import hashlib
import importlib.util
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.sandbox.options import SYSTEM_FOLDERS
from pie_lsp.values.errors import MissingToolError

VARIABLE = "PIE_LSP_GEM5"
"""Environment variable with the path of the binary, where no setting names one."""
DOCUMENTATION = "https://www.gem5.org/documentation/general_docs/building"
_HOW = (
    f'set "gem5" in your editor\'s settings, --gem5 or {VARIABLE} to the path of a gem5 24.0 with x86 '
    f"(how to build one: {DOCUMENTATION})"
)
_RUNNER = "gem5_runner"


@dataclass(frozen=True, slots=True)
class Installation:
    """What a simulation is started from.

    gem5         the binary, links followed
    runner       folder of the package gem5_runner
    interpreter  a Python outside any virtual environment, which needs nothing else
    readable     everything of these that lies outside the system's own folders
    """

    gem5: Path
    runner: Path
    interpreter: Path
    readable: tuple[Path, ...]


def named_gem5(setting: str) -> str:
    """The path that the setting names, or the environment, without a `~`; empty where neither does."""
    named = setting or os.environ.get(VARIABLE, "")
    return str(Path(named).expanduser()) if named else ""


def find_installation(setting: str) -> Installation:
    """Raises MissingToolError, which says what to set, where there is no gem5 or no runner."""
    named = named_gem5(setting)
    if not named:
        raise MissingToolError(f"No gem5 is named; {_HOW}.")
    gem5 = Path(named).absolute()
    if not os.access(gem5, os.X_OK) or not gem5.is_file():
        raise MissingToolError(f"There is no program at {gem5}; {_HOW}.")
    gem5 = gem5.resolve()
    runner = find_runner()
    interpreter = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    wanted = (gem5, runner, interpreter, Path(sys.base_prefix).resolve())
    return Installation(gem5, runner, interpreter, tuple(dict.fromkeys(p for p in wanted if not _shown(p))))


def find_runner() -> Path:
    """The folder of the package gem5_runner, which is never imported here."""
    found = importlib.util.find_spec(_RUNNER)
    folders = list(found.submodule_search_locations or ()) if found is not None else []
    if not folders:
        raise MissingToolError("The package gem5_runner is missing; reinstall pie-lsp.")
    return Path(folders[0]).resolve()


def runner_digest() -> str:
    """SHA-256 in hex of the runner's files, the model of the machine among them."""
    digest = hashlib.sha256()
    folder = find_runner()
    for path in sorted(folder.rglob("*.py")):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(folder)} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


def _shown(path: Path) -> bool:
    """Whether every sandbox shows `path` anyway."""
    return any(path.is_relative_to(folder) for folder in SYSTEM_FOLDERS)
