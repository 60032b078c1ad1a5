"""What a worker does with one chunk: checks that all is as planned, measures, and writes each row itself.

`work` is all that a pool runs. It takes and returns frozen values and raises nothing, so that any executor
can carry it; the figures do not pass through the driver. Knows nothing of pools.
"""

import asyncio
import socket
from contextlib import aclosing
from dataclasses import dataclass, replace
from pathlib import Path

from pie_lsp.engine.workbench import Workbench, open_workbench
from pie_lsp.research.at_work import working
from pie_lsp.research.labelling import Wanted, labels
from pie_lsp.research.program import Program, read_bounded, read_program
from pie_lsp.research.recipe import Recipe, chunk_name, library_version, row_key
from pie_lsp.research.rows import ChunkFile, RowFolder, Status
from pie_lsp.values.errors import InputError, PieError, SandboxError
from pie_lsp.values.settings import Settings
from pie_lsp.values.testing import TestCase
from pie_lsp.verify.test_formats.files import MAX_FILE_BYTES

NOWHERE = Path("/program.cpp")
"""Where the compiler is asked about flags: no project's database may have a say in a label."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of one program, which share its build.

    name    of the chunk, decided by its keys
    folder  of the rows
    builds  how many sources with the same first lines the run has, for precompiling their headers
    """

    name: str
    folder: Path
    program: Path
    inputs: tuple[Path, ...]
    keys: tuple[str, ...]
    settings: Settings
    recipe: Recipe
    builds: int


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a chunk.

    rows     that are on the disk now
    failed   how many of them are faults of the program
    problem  why the rest is not there, in a sentence
    """

    rows: int
    failed: int
    problem: str | None = None


def work(chunk: Chunk) -> Done:
    """Make the rows of `chunk` that are not there yet."""
    problem = None
    file = RowFolder(chunk.folder).chunk(chunk.name)
    try:
        with working(chunk.folder):
            if file.read() < len(chunk.keys):
                asyncio.run(_work(chunk, file))
    except (PieError, OSError, MemoryError) as error:
        problem = " ".join(str(error).split()) or type(error).__name__
    return _done(file, problem)


def state_of(chunk: Chunk) -> Done:
    """What is there of `chunk` now, while somebody may be making it."""
    file = RowFolder(chunk.folder).chunk(chunk.name)
    file.read()
    return _done(file)


def apart(chunk: Chunk) -> tuple[Chunk, ...]:
    """A chunk for each row of `chunk` that is not there."""
    file = RowFolder(chunk.folder).chunk(chunk.name)
    file.read()
    return tuple(
        replace(chunk, name=chunk_name((key,)), inputs=(path,), keys=(key,))
        for path, key in zip(chunk.inputs, chunk.keys, strict=True)
        if key not in file
    )


def _done(file: ChunkFile, problem: str | None = None) -> Done:
    failed = sum(row.status is not Status.MEASURED for row in file.rows)
    return Done(len(file.rows), failed, problem)


async def _work(chunk: Chunk, file: ChunkFile) -> None:
    settings = chunk.settings
    async with open_workbench(settings, NOWHERE, expected_builds=chunk.builds, or_clock=False) as bench:
        _check_recipe(chunk.recipe, recipe_of(bench, settings, chunk.recipe.flags))
        program = await asyncio.to_thread(read_program, chunk.program, settings, chunk.recipe)
        wanted = await asyncio.to_thread(_wanted, chunk, program, file)
        async with aclosing(labels(bench, program, wanted, settings.limits)) as rows:
            async for row in rows:
                await asyncio.to_thread(file.add, row)


def recipe_of(bench: Workbench, settings: Settings, flags: tuple[str, ...]) -> Recipe:
    """How this machine would build and measure; `flags` as they were written."""
    return Recipe(
        compiler=bench.toolchain.version,
        library=library_version(),
        flags=flags,
        link=settings.link,
        backend=bench.backend.name,
        model=bench.backend.model,
        limits=settings.limits,
    )


def _check_recipe(planned: Recipe, here: Recipe) -> None:
    """A cluster may hold machines that differ; figures of one never stand under the key of another."""
    for what in ("compiler", "library", "model"):
        ours, theirs = getattr(here, what), getattr(planned, what)
        if ours != theirs:
            raise SandboxError(
                f"The worker on {socket.gethostname()} would measure with {what} {ours}, but the run was "
                f"started with {theirs}; make the machines alike."
            )


def _wanted(chunk: Chunk, program: Program, file: ChunkFile) -> list[Wanted]:
    """The inputs whose rows are missing, read again: what changed since it was planned is no row."""
    wanted = []
    for path, key in zip(chunk.inputs, chunk.keys, strict=True):
        if key not in file:
            data = read_bounded(path, MAX_FILE_BYTES)
            if row_key(program.digest, data) != key:
                raise InputError(
                    f"{chunk.program} or {path} changed during the run; start it again to measure what is "
                    "there now."
                )
            wanted.append(Wanted(key, TestCase(path.name, data)))
    return wanted
