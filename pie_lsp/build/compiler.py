"""Builds one source into one binary inside the sandbox; knows nothing of tests, rules or costs."""

import asyncio
import os
import re
import shutil
import signal
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pie_lsp.build.diagnostics import first_error, normalised_warnings
from pie_lsp.build.digests import code_digest, file_digest
from pie_lsp.build.flags import include_folders
from pie_lsp.build.floor import floor_units
from pie_lsp.build.layouts import layout_source
from pie_lsp.build.modes import COMPILE_LIMITS, link_flags, mode_flags
from pie_lsp.build.precompile import WORTH_IT, HeaderStore
from pie_lsp.build.visible import visible_parts
from pie_lsp.cpp.headers import leading_includes
from pie_lsp.sandbox.contract import Ending, Outcome, Sandbox, SandboxCommand
from pie_lsp.values.errors import InputError, SandboxError
from pie_lsp.values.toolchain import (
    LAYOUTS,
    Binary,
    BuildFailure,
    BuildMode,
    Link,
    Toolchain,
    TranslationUnit,
)

_BOM = b"\xef\xbb\xbf"
_DISK_IS_FULL = ": No space left on device"
_KILLED = re.compile(r"^\S+: fatal error: Killed signal terminated program", re.MULTILINE)
"""What the driver says of a part of the compiler that the system ended, mostly for want of memory."""


class Compiler:
    """One toolchain in one sandbox. Binaries live in `scratch` until the caller removes it."""

    def __init__(
        self, toolchain: Toolchain, sandbox: Sandbox, scratch: Path, jobs: int = 2, expected_builds: int = 1
    ) -> None:
        """`jobs` compilations may run at once.

        expected_builds  how many sources with the same first lines are to come, for deciding whether
                         precompiling their headers pays
        """
        self.toolchain = toolchain
        self._sandbox = sandbox
        self._scratch = scratch.resolve()
        self._free = asyncio.Semaphore(jobs)
        self._headers = HeaderStore(toolchain, sandbox, COMPILE_LIMITS)
        self._expected_builds = expected_builds
        self._prelude = b""

    async def build(self, unit: TranslationUnit, mode: BuildMode) -> Binary | BuildFailure:
        """Compile and link `unit`. Raises SandboxError where no compiler could be run at all,
        InputError where the file's name cannot be told to a compiler.
        """
        async with self._free:
            header = await self._header(unit, mode)
            built = await self._build(unit, mode, header)
            if header is not None and isinstance(built, BuildFailure) and str(header) in built.diagnostics:
                # Another process may have removed the header to make room; the source is not to blame.
                built = await self._build(unit, mode, None)
        return built

    async def _header(self, unit: TranslationUnit, mode: BuildMode) -> Path | None:
        """The precompiled header that fits; only for the modes of which there are many.

        A layout uses the header of the optimized build, since nothing is laid out in a header, and there are
        always enough layouts to pay for one.

        There is one header, that of the first source: a source that begins with its lines and adds some
        can use it too, and for one that begins otherwise a header of its own would not pay.
        """
        if mode is not BuildMode.OPTIMIZED and mode not in LAYOUTS:
            return None
        leading = leading_includes(unit.source)
        self._prelude = self._prelude or leading
        if not leading.startswith(self._prelude):
            return None
        pays = mode in LAYOUTS or self._expected_builds >= WORTH_IT
        return await self._headers.find(self._prelude, self._flags(BuildMode.OPTIMIZED), pays)

    async def _build(
        self, unit: TranslationUnit, mode: BuildMode, header: Path | None
    ) -> Binary | BuildFailure:
        try:
            folder = Path(tempfile.mkdtemp(prefix="build-", dir=self._scratch))
        except OSError as error:
            raise SandboxError(f"No file can be written to {self._scratch} ({error.strerror}).") from error
        try:
            source, output = folder / "source", folder / "out"
            source.write_bytes(_compiler_input(unit) + layout_source(mode))
            output.mkdir()
            outcome = await self._sandbox.run(self._command(unit, mode, source, output, header))
            return self._result(outcome, mode, output / "program")
        except OSError as error:
            raise SandboxError(f"A program could not be built in {folder} ({error.strerror}).") from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _result(self, outcome: Outcome, mode: BuildMode, made: Path) -> Binary | BuildFailure:
        diagnostics = outcome.stderr.decode("utf-8", "replace")
        succeeded = outcome.ending is Ending.EXITED and outcome.exit_status == 0
        if not succeeded or not made.is_file() or made.is_symlink():
            if _DISK_IS_FULL in diagnostics:
                raise SandboxError(
                    f"The disk is full, so nothing can be compiled; make room in {self._scratch}."
                )
            static = self.toolchain.link is Link.STATIC and mode is not BuildMode.SANITIZED
            return _failure(outcome, diagnostics, static)
        path = _keep(made, self._scratch)
        warnings = normalised_warnings(diagnostics) if mode is BuildMode.OPTIMIZED else ()
        return Binary(path, mode, file_digest(path), code_digest(path), warnings)

    def _flags(self, mode: BuildMode) -> tuple[str, ...]:
        """Everything that decides what a header means; the same for a header and for its users."""
        toolchain = self.toolchain
        named = include_folders(toolchain.flags)
        added = tuple(f"-I{folder}" for folder in toolchain.include_dirs if folder not in named)
        # Names that the compiler makes up must not depend on chance.
        return (*mode_flags(toolchain, mode), *added, "-frandom-seed=pie-lsp")

    def _command(
        self, unit: TranslationUnit, mode: BuildMode, source: Path, output: Path, header: Path | None
    ) -> SandboxCommand:
        toolchain = self.toolchain
        argv = (
            toolchain.compiler,
            *self._flags(mode),
            # Debugging information names the source alone and not where it lies.
            f"-fdebug-prefix-map={unit.folder}=.",
            *(("-include", str(header)) if header is not None else ()),
            *("-x", "c++", "-", "-o", str(output / "program")),
            *link_flags(toolchain, mode),
        )
        headers = () if header is None else (header.parent,)
        folders = [
            part for folder in (unit.folder, *toolchain.include_dirs) for part in visible_parts(folder)
        ]
        return SandboxCommand(
            argv=argv,
            readable=(*_own_folder(toolchain.compiler), *headers, *dict.fromkeys(folders)),
            writable=(output,),
            stdin=source,
            cwd=unit.folder,
            environment=(
                ("LC_ALL", "C"),
                ("PATH", _path(toolchain.compiler)),
                # __DATE__ and __TIME__ are alike in every build, which then depends on the text alone.
                ("SOURCE_DATE_EPOCH", "1000000000"),
                ("TMPDIR", str(output)),
            ),
            limits=COMPILE_LIMITS,
        )


async def build_floor(compiler: Compiler, unit: TranslationUnit, original: Binary) -> Binary:
    """The start-up floor of `unit` as a program; `original` itself where not even an empty one builds.

    Raises what `Compiler.build` raises.
    """
    for floor in floor_units(unit):
        built = await compiler.build(floor, BuildMode.OPTIMIZED)
        if isinstance(built, Binary):
            return built
    return original


def _own_folder(compiler: str) -> Sequence[Path]:
    """Where a compiler lives that is not part of the system, without the secrets of a home folder."""
    place = Path(compiler).resolve().parent
    home = place.parent
    if home.is_relative_to("/usr") or home == Path("/"):
        return ()
    return tuple(dict.fromkeys((*visible_parts(home), place, Path(compiler).parent)))


def _path(compiler: str) -> str:
    return ":".join(dict.fromkeys((str(Path(compiler).parent), "/usr/bin", "/bin")))


def _compiler_input(unit: TranslationUnit) -> bytes:
    """The source under its own name: read from standard input, it includes from the current folder."""
    if any(character in unit.name for character in '"\\\n\r'):
        raise InputError(f"The file name {unit.name!r} cannot be told to a compiler; rename the file.")
    name = os.fsencode(unit.name)
    return b'#line 1 "' + name + b'"\n' + unit.source.removeprefix(_BOM)


def _keep(made: Path, scratch: Path) -> Path:
    """Copy the product to a file of our own, since the sandbox's user owns what it made."""
    descriptor, name = tempfile.mkstemp(prefix="program-", dir=scratch)
    with os.fdopen(descriptor, "wb") as target, made.open("rb") as product:
        shutil.copyfileobj(product, target, 1 << 20)
    path = Path(name)
    path.chmod(0o555)
    return path


def _failure(outcome: Outcome, diagnostics: str, static: bool) -> BuildFailure:
    from_outside = False
    if outcome.ending is Ending.CPU_LIMIT or "CPU time limit exceeded" in diagnostics:
        reason = f"Compiling needs more than {COMPILE_LIMITS.cpu_seconds} s of processor time."
    elif outcome.ending is Ending.WALL_GUARD:
        reason, from_outside = "Compiling did not come to an end.", True
    elif outcome.ending is Ending.FILE_LIMIT:
        reason = "Compiling writes more than the sandbox allows."
    elif outcome.signal == signal.SIGKILL or _KILLED.search(diagnostics):
        reason = "The compiler was killed, most likely because the machine ran out of memory."
        from_outside = True
    else:
        reason = first_error(diagnostics, static)
    return BuildFailure(reason, diagnostics, from_outside)
