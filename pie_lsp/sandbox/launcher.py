"""Compiles `launcher.c`, our own trusted program, once per machine; knows nothing of what it will run."""

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from pie_lsp.sandbox.paths import cache_dir
from pie_lsp.values.errors import MissingToolError, SandboxError

_SOURCE = Path(__file__).with_name("launcher.c")
_COMPILERS = ("cc", "gcc", "g++", "clang", "clang++")


def launcher_path() -> Path:
    """Return the compiled launcher, compiling it where the cache has none of this source.

    Raises MissingToolError without a compiler, SandboxError where the compiler refuses the source.
    """
    source = _SOURCE.read_bytes()
    name = f"launcher-{hashlib.sha256(source).hexdigest()[:16]}"
    path = cache_dir("sandbox") / name
    if not path.exists():
        _compile(path)
    return path


def _compile(path: Path) -> None:
    compiler = next((found for name in _COMPILERS if (found := shutil.which(name))), None)
    if compiler is None:
        raise MissingToolError("No C++ compiler was found; install one: sudo apt install g++")
    # Several processes may compile at once; each writes its own file and the last rename wins.
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        made = Path(folder) / path.name
        done = subprocess.run(
            [compiler, "-x", "c", "-O2", "-o", str(made), str(_SOURCE)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode != 0:
            raise SandboxError(f"{compiler} could not compile the sandbox launcher: {done.stderr.strip()}")
        made.chmod(0o755)
        made.replace(path)
