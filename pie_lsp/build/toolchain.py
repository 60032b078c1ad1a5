"""Finds the compiler that the user chose; knows nothing of sources."""

import asyncio
import shutil
from pathlib import Path

from pie_lsp.build.compile_commands import project_flags
from pie_lsp.build.flags import check_own_flags, include_folders
from pie_lsp.values.errors import MissingToolError
from pie_lsp.values.settings import Settings
from pie_lsp.values.toolchain import Toolchain

_ANSWER_SECONDS = 30.0
"""How long a compiler may take to say its version."""


async def find_toolchain(settings: Settings, source: Path) -> Toolchain:
    """Return the toolchain for `source`, with the flags of its project where it has some.

    The compiler is looked up on PATH and is the user's own choice, never the workspace's, so asking it
    for its version needs no sandbox. Raises MissingToolError where it is not there or is no compiler,
    SettingsError for a flag that cannot be used.
    """
    if not settings.flags_are_default:
        check_own_flags(settings.flags)
    compiler = _locate(settings.compiler)
    version = await _version(compiler)
    project = project_flags(source)
    # A compiler takes the last of two flags that disagree: the project's win over our defaults only.
    default = settings.flags_are_default
    flags = (*settings.flags, *project.flags) if default else (*project.flags, *settings.flags)
    folders = dict.fromkeys((*settings.include_dirs, *project.include_dirs, *include_folders(flags)))
    return Toolchain(compiler, version, flags, settings.link, tuple(folders))


def _locate(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        advice = "install it: sudo apt install g++" if name == "g++" else "install it or name another"
        raise MissingToolError(f"The C++ compiler {name} was not found; {advice}.")
    return str(_in_the_system(Path(found).absolute()))


def _in_the_system(compiler: Path) -> Path:
    """Where a link of the user's leads, as ``~/bin/g++`` to ``/usr/bin/g++-12``; no sandbox shows the link.

    A link within the system is kept, since a compiler may go by the name that it is called by.
    """
    place = compiler
    while not place.parent.resolve().is_relative_to("/usr"):
        if not place.is_symlink():
            return compiler
        place = place.parent / place.readlink()
    return place


async def _version(compiler: str) -> str:
    """The first line that the compiler says of itself; it is the user's own program, so it runs freely."""
    try:
        process = await asyncio.create_subprocess_exec(
            compiler,
            "--version",
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except OSError as error:
        raise MissingToolError(f"{compiler} cannot be started ({error.strerror}); name another.") from error
    try:
        async with asyncio.timeout(_ANSWER_SECONDS):
            said, _ = await process.communicate()
    except TimeoutError:
        said = b""
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    first = said.decode("utf-8", "replace").partition("\n")[0].strip()
    if process.returncode != 0 or not first:
        raise MissingToolError(f"{compiler} does not say its version, so it is no C++ compiler we can use.")
    return first
