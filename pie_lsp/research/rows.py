"""Rows as the workers leave them: small files of checked lines, each there whole or not at all.

A row holds only what its key decides. It carries a digest of its own, so what was torn, cut or edited is
told from what was finished. Knows files and rows; knows nothing of manifests and of who measures.
"""

import json
import os
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from pie_lsp.research.checked import checked_line
from pie_lsp.values.errors import InputError, SandboxError
from pie_lsp.values.measurement import CostPart

_ENDING = ".jsonl"

_OLD_SECONDS = 3600.0
"""An unfinished file of this age was left by a worker that was killed; nobody is writing it any more."""


class Status(Enum):
    """What became of one program on one input. Only a fault of the program's own is a row."""

    MEASURED = "measured"
    BUILD_FAILED = "build-failed"
    CRASHED = "crashed"
    TIME_LIMIT = "time-limit"
    OUTPUT_LIMIT = "output-limit"
    UNMEASURABLE = "unmeasurable"


@dataclass(frozen=True, slots=True)
class Row:
    """One label.

    cost         and floor, the cost of starting up: in `unit`; None where nothing was measured
    exit_status  of the program, and output, the SHA-256 of what it printed: None where it did not end
    reason       why it was not measured, in a sentence
    """

    key: str
    status: Status
    cost: int | None = None
    unit: str | None = None
    floor: int | None = None
    parts: tuple[CostPart, ...] = ()
    exit_status: int | None = None
    output: str | None = None
    reason: str | None = None


def row_line(row: Row) -> bytes:
    """The row as one line, its digest with it."""
    return checked_line(_body(row))


def read_line(line: bytes) -> Row | None:
    """The row in a line; None where the line is not exactly what `row_line` made."""
    try:
        values = json.loads(line)["row"]
        parts = tuple(CostPart(**part) for part in values["parts"])
        row = Row(**{**values, "status": Status(values["status"]), "parts": parts})
        return row if row_line(row) == line else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _body(row: Row) -> bytes:
    values = {name: getattr(row, name) for name in Row.__slots__}
    values["status"] = row.status.value
    values["parts"] = [{"name": part.name, "count": part.count, "amount": part.amount} for part in row.parts]
    return json.dumps(values, separators=(",", ":")).encode("ascii")


@dataclass(frozen=True, slots=True)
class Found:
    """What lies in a folder of rows.

    lines  the line of each row, by its key
    torn   one sentence for each file that holds something else
    """

    lines: Mapping[str, bytes]
    torn: tuple[str, ...]


class RowFolder:
    """The folder beside a table into which all workers write, each chunk into a file of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def make(self) -> None:
        """Make the folder, and clear away what killed workers left. Raises InputError where it cannot be."""
        try:
            self.path.mkdir(exist_ok=True)
            for left in self.path.glob("??/.*"):
                with suppress(FileNotFoundError):
                    if time.time() - left.stat().st_mtime > _OLD_SECONDS:
                        left.unlink()
        except OSError as error:
            raise InputError(
                f"The folder {self.path} for the rows cannot be made ({error.strerror})."
            ) from None

    def read(self) -> Found:
        """Every finished row. Raises InputError where a file cannot be read."""
        lines: dict[str, bytes] = {}
        torn = []
        for path in sorted(self.path.glob(f"??/*{_ENDING}")):
            bad = 0
            for line in _lines(path):
                row = read_line(line)
                if row is None:
                    bad += 1
                else:
                    lines[row.key] = line
            if bad:
                torn.append(
                    f"{path} holds {bad} unfinished line{'s' * (bad > 1)}, so these rows are made anew."
                )
        return Found(lines, tuple(torn))

    def chunk(self, name: str) -> "ChunkFile":
        """The file of the chunk called `name`."""
        return ChunkFile(self.path / name[:2] / f"{name}{_ENDING}")


class ChunkFile:
    """The rows of one chunk; once read, its file always holds all that were added."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows: dict[str, Row] = {}

    @property
    def rows(self) -> tuple[Row, ...]:
        """What the file holds."""
        return tuple(self._rows.values())

    def __contains__(self, key: str) -> bool:
        return key in self._rows

    def read(self) -> int:
        """Take over what an earlier worker finished, and say how much. Raises InputError."""
        lines = _lines(self._path) if self._path.exists() else ()
        found = (row for line in lines if (row := read_line(line)) is not None)
        self._rows |= {row.key: row for row in found}
        return len(self._rows)

    def add(self, row: Row) -> None:
        """Keep `row`: it is on the disk, also after a power cut, when this returns.

        Raises SandboxError where it cannot be written.
        """
        # A worker that was given up may still be at the same chunk; what it wrote is kept.
        self.read()
        rows = {**self._rows, row.key: row}
        try:
            self._path.parent.mkdir(exist_ok=True)
            write_whole(self._path, map(row_line, rows.values()))
        except OSError as error:
            raise SandboxError(
                f"A row cannot be written to {self._path.parent} ({error.strerror}); make room there."
            ) from None
        self._rows = rows


def write_whole(path: Path, lines: Iterable[bytes]) -> None:
    """Put `lines` at `path`, whole or not at all, whatever ends us. Raises OSError."""
    temporary = path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}")
    try:
        with temporary.open("xb") as stream:
            stream.writelines(lines)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """The name of a new file is safe only once its folder is."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            yield from file
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from None
