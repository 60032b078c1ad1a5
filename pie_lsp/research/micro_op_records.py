"""The measured micro-operations as JSON lines: a header with the simulator, and a line for each form.

The table of the estimate is written by hand from it and held against it by a test. Knows files only.
"""

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pie_lsp.research.micro_op_forms import Form
from pie_lsp.research.micro_ops import MeasuredForm
from pie_lsp.values.errors import InputError

SCHEMA = 1
FILE = "micro_ops_measured.jsonl"
_PACKAGED = "pie_lsp.measure.estimate"
_WHERE_NEEDED = ("before", "after", "repetitions", "problem")


@dataclass(frozen=True, slots=True)
class MeasuredForms:
    """What one version of gem5 made of every form."""

    gem5: str
    forms: tuple[MeasuredForm, ...]


def packaged() -> MeasuredForms:
    """The measurements that the packaged table was written from."""
    return parse(files(_PACKAGED).joinpath(FILE).read_text(encoding="ascii"))


def parse(text: str) -> MeasuredForms:
    """Read a file. Raises InputError, which names the line that is wrong."""
    number = 1
    try:
        header, *rows = (json.loads(line) for line in text.splitlines())
        if header["schema"] != SCHEMA:
            raise InputError(f"The measured forms are of another schema than {SCHEMA}; measure them anew.")
        found = []
        for row in rows:
            number += 1
            micro_ops, problem = row.pop("micro_ops"), row.pop("problem", "")
            found.append(MeasuredForm(Form(**row), micro_ops, problem))
        return MeasuredForms(header["gem5"], tuple(found))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(f"Line {number} is no measured form: {error}.") from error


def write(path: Path, measured: MeasuredForms) -> None:
    """Write a whole file, so that equal measurements give equal bytes. Raises InputError where that fails."""
    lines = [json.dumps({"schema": SCHEMA, "gem5": measured.gem5}), *map(_line, measured.forms)]
    try:
        path.write_text("\n".join(lines) + "\n", encoding="ascii")
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}); name another folder.") from error


def _line(measured: MeasuredForm) -> str:
    form = measured.form
    row = {
        "name": form.name,
        "operands": form.operands,
        "before": form.before,
        "after": form.after,
        "repetitions": form.repetitions,
        "micro_ops": measured.micro_ops,
        "problem": measured.problem,
    }
    return json.dumps({key: value for key, value in row.items() if value or key not in _WHERE_NEEDED})
