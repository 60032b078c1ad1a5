"""Builds one source into one binary inside the sandbox; knows nothing of tests, rules or costs."""

import asyncio
import os
import shutil
import tempfile
from pathlib import Path

from pie_lsp.build.diagnostics import first_error, normalised_warnings
from pie_lsp.build.digests import code_digest, file_digest
from pie_lsp.build.modes import COMPILE_LIMITS, link_flags, mode_flags
from pie_lsp.sandbox.contract import Ending, Outcome, Sandbox, SandboxCommand
from pie_lsp.values.errors import InputError
from pie_lsp.values.toolchain import Binary, BuildFailure, BuildMode, Toolchain, TranslationUnit

_BOM = b"\xef\xbb\xbf"


class Compiler:
    """One toolchain in one sandbox. Binaries live in `scratch` until the caller removes it."""

    def __init__(self, toolchain: Toolchain, sandbox: Sandbox, scratch: Path, jobs: int = 2) -> None:
        """`jobs` is how many compilations may run at once."""
        self.toolchain = toolchain
        self._sandbox = sandbox
        self._scratch = scratch.resolve()
        self._free = asyncio.Semaphore(jobs)

    async def build(self, unit: TranslationUnit, mode: BuildMode) -> Binary | BuildFailure:
        """Compile and link `unit`. Raises SandboxError where no compiler could be run at all."""
        async with self._free:
            folder = Path(tempfile.mkdtemp(prefix="build-", dir=self._scratch))
            try:
                return await self._build(unit, mode, folder)
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    async def _build(self, unit: TranslationUnit, mode: BuildMode, folder: Path) -> Binary | BuildFailure:
        source = folder / "source"
        source.write_bytes(_compiler_input(unit))
        output = folder / "out"
        output.mkdir()
        outcome = await self._sandbox.run(self._command(unit, mode, source, output))
        diagnostics = outcome.stderr.decode("utf-8", "replace")
        made = output / "program"
        if outcome.ending is not Ending.EXITED or outcome.exit_status != 0 or not made.is_file():
            return _failure(outcome, diagnostics)
        path = _keep(made, self._scratch)
        warnings = normalised_warnings(diagnostics) if mode is BuildMode.OPTIMIZED else ()
        return Binary(path, mode, file_digest(path), code_digest(path), warnings)

    def _command(self, unit: TranslationUnit, mode: BuildMode, source: Path, output: Path) -> SandboxCommand:
        toolchain = self.toolchain
        includes = (word for folder in toolchain.include_dirs for word in ("-I", str(folder)))
        argv = (
            toolchain.compiler,
            *mode_flags(toolchain, mode),
            *includes,
            # Names that the compiler makes up must not depend on chance.
            "-frandom-seed=pie-lsp",
            *("-x", "c++", "-", "-o", str(output / "program")),
            *link_flags(toolchain, mode),
        )
        return SandboxCommand(
            argv=argv,
            readable=(unit.folder, *toolchain.include_dirs),
            writable=(output,),
            stdin=source,
            cwd=unit.folder,
            environment=(("LC_ALL", "C"), ("PATH", "/usr/bin:/bin"), ("TMPDIR", str(output))),
            limits=COMPILE_LIMITS,
        )


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


def _failure(outcome: Outcome, diagnostics: str) -> BuildFailure:
    if outcome.ending is Ending.CPU_LIMIT or "CPU time limit exceeded" in diagnostics:
        return BuildFailure("Compiling took too long.", diagnostics)
    if outcome.ending is Ending.WALL_GUARD:
        return BuildFailure("Compiling did not end.", diagnostics)
    return BuildFailure(first_error(diagnostics), diagnostics)
