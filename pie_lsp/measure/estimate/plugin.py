"""Compiles the counting plug-in, our own trusted program, once per machine and QEMU; measures nothing."""

import hashlib
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pie_lsp.sandbox.paths import cache_dir
from pie_lsp.values.errors import MeasurementError, MissingToolError

QEMU = "qemu-x86_64"
MISSING_QEMU = "qemu-user is not installed; install it: sudo apt install qemu-user"
WITHOUT_PLUGINS = (
    "this qemu-user is built without plug-ins, as Ubuntu's is, and the estimate counts with one: run "
    "./setup.sh qemu in a clone of pie-lsp, or put a qemu-x86_64 that was configured with "
    "--enable-plugins on the PATH"
)
_MISSING_COMPILER = "No C++ compiler was found; install one: sudo apt install g++"
_COMPILERS = ("cc", "gcc", "g++", "clang", "clang++")
_FLAGS = ("-O3", "-fPIC", "-shared", "-fvisibility=hidden", "-w")
_SOURCES = (
    "plugin.c",
    "attribute.h",
    "blocks.h",
    "branch.h",
    "cache.h",
    "division.h",
    "loops.h",
    "opcode.h",
    "qemu_api.h",
    "samples.h",
    "syscalls.h",
    "tage.h",
    "targets.h",
    "writing.h",
)
_VERSION = re.compile(r"version (\d+(?:\.\d+)+)")


@dataclass(frozen=True, slots=True)
class Emulator:
    """QEMU and the plug-in that fits it.

    version  QEMU's own, part of the model's version: the figure may depend on it
    """

    qemu: Path
    version: str
    plugin: Path


def find_qemu() -> Path:
    """Raises MissingToolError, which says how to install it, where there is none."""
    found = shutil.which(QEMU)
    if found is None:
        raise MissingToolError(MISSING_QEMU)
    return Path(found).resolve()


def prepare_emulator() -> Emulator:
    """Find QEMU and compile the plug-in where the cache has none of this source.

    Raises MissingToolError without QEMU or a compiler, MeasurementError where the compiler refuses.
    """
    qemu = find_qemu()
    version = _version_of(qemu)
    if "-plugin" not in _said(qemu, "--help"):
        raise MissingToolError(f"{qemu}: {WITHOUT_PLUGINS}.")
    digest = plugin_digest()
    path = cache_dir("measure") / f"counters-{digest[:16]}-qemu-{version}.so"
    if not path.exists():
        _compile(path)
    return Emulator(qemu, version, path)


def plugin_digest() -> str:
    """SHA-256 in hex of the plug-in's sources."""
    digest = hashlib.sha256()
    for name in _SOURCES:
        digest.update(files(__package__).joinpath(name).read_bytes())
    return digest.hexdigest()


def _version_of(qemu: Path) -> str:
    match = _VERSION.search(_said(qemu, "--version"))
    if match is None:
        raise MeasurementError(f"{qemu} does not say its version; reinstall it: sudo apt install qemu-user")
    return match.group(1)


def _said(qemu: Path, option: str) -> str:
    return subprocess.run(
        [str(qemu), option], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    ).stdout


def _compile(path: Path) -> None:
    compiler = next((found for name in _COMPILERS if (found := shutil.which(name))), None)
    if compiler is None:
        raise MissingToolError(_MISSING_COMPILER)
    # Several processes may compile at once; each writes its own file and the last rename wins.
    with tempfile.TemporaryDirectory(dir=path.parent) as name:
        folder = Path(name)
        for source in _SOURCES:
            (folder / source).write_bytes(files(__package__).joinpath(source).read_bytes())
        made = folder / path.name
        done = subprocess.run(
            [compiler, *_FLAGS, "-o", str(made), str(folder / _SOURCES[0])],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode != 0:
            raise MeasurementError(
                f"{compiler} could not compile the counting plug-in: {done.stderr.strip()}"
            )
        made.chmod(0o755)
        made.replace(path)
