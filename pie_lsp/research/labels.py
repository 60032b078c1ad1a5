"""The table of measured figures: what gem5 said of a program on an input, beside what the estimate counted.

One file of JSON lines for a machine: a header that says what measured, then a line for each label. A label is
appended and flushed to the disk as soon as it is there, so that whatever ends the work loses none. Seconds of
the simulator are no property of a program and never stand in it. Knows files only; nothing of measuring.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from pie_lsp.sandbox.whole_file import write_whole
from pie_lsp.values.errors import InputError

SCHEMA = 1
USUAL_TEST = 2
"""The test that every program of the corpus is labelled on: some million instructions."""
_PACKAGED = "pie_lsp.measure.estimate"


@dataclass(frozen=True, slots=True)
class Source:
    """What all labels of a table have in common.

    machine        name of the simulated machine
    gem5           version of the simulator
    configuration  SHA-256 in hex of the configuration as it was instantiated
    compiler, flags, link   what built the programs
    events         names of what `Label.counts` counts, in order
    """

    machine: str
    gem5: str
    configuration: str
    compiler: str
    flags: tuple[str, ...]
    link: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """One run of one program of the corpus.

    source, input  SHA-256 in hex of the program's text and of the test's bytes
    cycles, instructions, micro_ops   simulated and committed
    counts         what the estimate counted in the same run
    """

    problem: str
    version: str
    test: int
    source: str
    input: str
    cycles: int
    instructions: int
    micro_ops: int
    counts: tuple[int, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What it is a label of, whatever the program is called."""
        return self.source, self.input


def key_of(source: bytes, content: bytes) -> tuple[str, str]:
    """The key of the labels of a program's text on a test's bytes."""
    return sha256(source).hexdigest(), sha256(content).hexdigest()


def pair_name(problem: str, before: str, after: str, test: int) -> str:
    """What a pair is called in lists; the test is told where it is not the usual one."""
    return f"{problem} {before} {after}" + ("" if test == USUAL_TEST else f", test {test}")


@dataclass(frozen=True, slots=True)
class Table:
    """Labels of one machine, sorted by problem, version and test."""

    source: Source
    labels: tuple[Label, ...]


def packaged(machine: str) -> Table:
    """The table that the packaged coefficients were fitted to. Raises InputError for another machine."""
    resource = files(_PACKAGED).joinpath("labels", f"{machine}.jsonl")
    if not resource.is_file():
        raise InputError(f"There is no table of labels for the machine {machine!r}.")
    return parse(resource.read_text(encoding="ascii"), f"the table of {machine}")


def read(path: Path) -> Table | None:
    """The table at `path`; None where there is none yet. A last line that was cut off is left out.

    Raises InputError where it is no table.
    """
    try:
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The table {path} cannot be read: {error}.") from error
    return parse(text[: text.rfind("\n") + 1], str(path)) if "\n" in text else None


def parse(text: str, name: str) -> Table:
    """Read a table. Raises InputError, which names the line that is wrong."""
    number = 1
    try:
        header, *rows = text.splitlines()
        values = json.loads(header)
        if values.pop("schema") != SCHEMA:
            raise InputError(f"{name} is of another schema than {SCHEMA}; calibrate into a new folder.")
        source = Source(**{key: _as_tuple(value) for key, value in values.items()})
        labels = []
        for row in rows:
            number += 1
            labels.append(_label(json.loads(row), source))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(f"{name}, line {number}, is no label: {error}.") from error
    return Table(source, tuple(sorted(labels)))


def _label(row: dict[str, Any], source: Source) -> Label:
    label = Label(**{key: _as_tuple(value) for key, value in row.items()})
    if len(label.counts) != len(source.events):
        raise ValueError(f"it has {len(label.counts)} counts of {len(source.events)} events")
    return label


def header_line(source: Source) -> str:
    """The first line of a table, with its end."""
    return json.dumps({"schema": SCHEMA, **asdict(source)}) + "\n"


def label_line(label: Label) -> str:
    """One line of a table, with its end."""
    return json.dumps({field.name: getattr(label, field.name) for field in fields(Label)}) + "\n"


def append(path: Path, source: Source, label: Label) -> None:
    """Add one label and see it to the disk. Raises InputError where the file cannot be written."""
    try:
        begun = path.exists() and path.stat().st_size > 0
        with path.open("a", encoding="ascii") as file:
            file.write(label_line(label) if begun else header_line(source) + label_line(label))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise InputError(f"The label cannot be written to {path}: {error.strerror}; make room.") from error


def write(path: Path, table: Table) -> None:
    """Write a whole table, sorted, so that equal labels give equal bytes. Raises InputError."""
    lines: Iterable[str] = (header_line(table.source), *map(label_line, sorted(table.labels)))
    try:
        write_whole(path, (line.encode("ascii") for line in lines))
    except OSError as error:
        raise InputError(f"The labels cannot be written to {path}: {error.strerror}; make room.") from error


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
