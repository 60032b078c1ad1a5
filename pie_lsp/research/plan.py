"""Plans a run: the key of every row of a manifest, and the chunks that make the rows that are missing.

Reads every program and input once, to hash them. Builds and measures nothing, but asks the compiler and the
backend for their versions, since the keys rest on them.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pie_lsp.cpp.headers import leading_includes
from pie_lsp.engine.contract import Listener
from pie_lsp.engine.workbench import open_workbench
from pie_lsp.research.manifest import Entry, InputFile
from pie_lsp.research.program import read_bounded, read_program
from pie_lsp.research.recipe import Recipe, chunk_name, row_key
from pie_lsp.research.worker import NOWHERE, Chunk, recipe_of
from pie_lsp.values.errors import InputError, SettingsError
from pie_lsp.values.events import Progress
from pie_lsp.values.settings import Settings
from pie_lsp.verify.test_formats.files import MAX_FILE_BYTES

_BUILDS = 2
"""Of each chunk: the program, and the floor, which begins with the same lines."""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of the table to be."""

    input: InputFile
    key: str


@dataclass(frozen=True, slots=True)
class PlannedProgram:
    """One line of the manifest with the keys of its rows.

    prelude  the lines of headers that its source begins with
    """

    entry: Entry
    settings: Settings
    recipe: Recipe
    prelude: bytes
    rows: tuple[PlannedRow, ...]


def make_plan(entries: Sequence[Entry], listener: Listener) -> tuple[PlannedProgram, ...]:
    """The keys of all rows, in the order of the manifest.

    Raises InputError where something cannot be read or measured as a line asks for, MissingToolError and
    SandboxError where this machine lacks what measuring needs.
    """
    recipes: dict[tuple[Settings, tuple[str, ...]], Recipe] = {}
    planned = []
    for count, entry in enumerate(entries):
        listener(Progress("reading programs and inputs", count, len(entries)))
        # A worker is one process that does one thing at a time, so that N workers are N processors' work.
        settings = replace(entry.settings, jobs=1)
        try:
            if (settings, entry.flags) not in recipes:
                recipes[settings, entry.flags] = asyncio.run(_recipe(settings, entry.flags))
            planned.append(_planned(entry, settings, recipes[settings, entry.flags]))
        except (InputError, SettingsError) as error:
            raise InputError(f"Line {entry.number} of the manifest cannot be used: {error}") from None
    return tuple(planned)


async def _recipe(settings: Settings, flags: tuple[str, ...]) -> Recipe:
    async with open_workbench(settings, NOWHERE, expected_builds=1, or_clock=False) as bench:
        return recipe_of(bench, settings, flags)


def _planned(entry: Entry, settings: Settings, recipe: Recipe) -> PlannedProgram:
    program = read_program(entry.path, settings, recipe)
    rows = tuple(
        PlannedRow(given, row_key(program.digest, read_bounded(given.path, MAX_FILE_BYTES)))
        for given in entry.inputs
    )
    return PlannedProgram(entry, settings, recipe, leading_includes(program.unit.source), rows)


def chunks(
    programs: Sequence[PlannedProgram], there: Mapping[str, object], folder: Path, size: int
) -> tuple[Chunk, ...]:
    """Chunks of at most `size` rows that make every row that is not `there`, each key once."""
    parts = list(_parts(programs, there, size))
    builds = Counter((program.settings, program.prelude) for program, _ in parts)
    return tuple(
        Chunk(
            name=chunk_name(keys := tuple(rows)),
            folder=folder,
            program=program.entry.path,
            inputs=tuple(rows.values()),
            keys=keys,
            settings=program.settings,
            recipe=program.recipe,
            builds=_BUILDS * builds[program.settings, program.prelude],
        )
        for program, rows in parts
    )


def _parts(
    programs: Sequence[PlannedProgram], there: Mapping[str, object], size: int
) -> Iterator[tuple[PlannedProgram, dict[str, Path]]]:
    """Each program with the keys and inputs of a chunk; programs that are alike share their rows."""
    taken = set(there)
    for program in programs:
        missing = {row.key: row.input.path for row in program.rows if row.key not in taken}
        taken.update(missing)
        keys = tuple(missing)
        for start in range(0, len(keys), size):
            yield program, {key: missing[key] for key in keys[start : start + size]}
