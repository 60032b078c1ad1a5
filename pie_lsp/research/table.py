"""The table: one line for each row of the manifest, in its order, made of what the workers left.

The same manifest and the same rows give the same bytes, whoever made the rows and in whatever order.
Measures nothing.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pie_lsp.research.plan import PlannedProgram, PlannedRow
from pie_lsp.research.rows import Row, read_line, write_whole
from pie_lsp.values.errors import InputError


def check_place(table: Path) -> None:
    """Raise InputError where a table cannot be written to `table`, or something else stands there."""
    if not table.parent.is_dir():
        raise InputError(f"{table.parent} is no folder, so no table can be written there.")
    if not table.exists():
        return
    try:
        with table.open("rb") as file:
            first = file.readline()
        if not first or "key" in json.loads(first):
            return
    except (OSError, ValueError, TypeError, RecursionError):
        pass
    raise InputError(f"{table} is there and is no table of labels; name another file with --out.")


def write_table(table: Path, programs: Sequence[PlannedProgram], lines: Mapping[str, bytes]) -> None:
    """Write the whole table at once. Every row must be in `lines`. Raises InputError where it cannot."""
    try:
        write_whole(table, _lines(programs, lines))
    except OSError as error:
        raise InputError(
            f"The table {table} cannot be written ({error.strerror}); all rows are kept, so the same command "
            "writes it once there is room."
        ) from None


def _lines(programs: Sequence[PlannedProgram], lines: Mapping[str, bytes]) -> Iterator[bytes]:
    for program in programs:
        for planned in program.rows:
            row = read_line(lines[planned.key])
            assert row is not None, "what was read from the folder was checked"
            yield _line(program, planned, row)


def _line(program: PlannedProgram, planned: PlannedRow, row: Row) -> bytes:
    entry, recipe = program.entry, program.recipe
    values = {
        **({} if entry.id is None else {"id": entry.id}),
        "program": entry.program,
        "input": planned.input.name,
        "status": row.status.value,
        "cost": row.cost,
        "unit": row.unit,
        "floor": row.floor,
        "parts": [{"name": part.name, "count": part.count, "cost": part.amount} for part in row.parts],
        "exit_status": row.exit_status,
        "output": row.output,
        "reason": row.reason,
        "backend": recipe.backend,
        "model": recipe.model,
        "compiler": recipe.compiler,
        "flags": list(recipe.flags),
        "link": recipe.link.value,
        "key": row.key,
    }
    return json.dumps(values).encode("ascii") + b"\n"
