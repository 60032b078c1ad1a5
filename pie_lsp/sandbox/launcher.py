"""Compiles the launcher, our own trusted program, once per machine; knows nothing of what it will run."""

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from pie_lsp.sandbox.paths import cache_dir
from pie_lsp.values.errors import MissingToolError, SandboxError

_SOURCES = tuple(
    Path(__file__).with_name(name)
    for name in ("launcher.h", "launcher.c", "launcher_files.c", "launcher_calls.c")
)
_COMPILERS = ("cc", "gcc", "g++", "clang", "clang++")


def launcher_path() -> Path:
    """Return the compiled launcher, compiling it where the cache has none of these sources.

    Raises MissingToolError without a compiler, SandboxError where the compiler refuses the source.
    """
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in _SOURCES))
    name = f"launcher-{digest.hexdigest()[:16]}"
    path = cache_dir("sandbox") / name
    if not path.exists():
        _compile(path)
    return path


def _compile(path: Path) -> None:
    compiler = next((found for name in _COMPILERS if (found := shutil.which(name))), None)
    if compiler is None:
        raise MissingToolError("No C++ compiler was found; install one: sudo apt install g++")
    # g++ forgets the language after each file.
    words = [word for source in _SOURCES[1:] for word in ("-x", "c", str(source))]
    # Several processes may compile at once; each writes its own file and the last rename wins.
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        made = Path(folder) / path.name
        done = subprocess.run(
            [compiler, "-O2", "-o", str(made), *words],
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
