"""What a run has found out, on the disk the moment it is there: answers, programs, verdicts, each by its key.

Rows that belong together come in one file that is there whole or not at all. So a run that was killed goes on
with what is missing, and nothing is asked for or measured twice. Knows rows and files alone.
"""

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pie_lsp.research.checked import checked_body, checked_line
from pie_lsp.research.rows import write_whole
from pie_lsp.values.errors import InputError, SandboxError


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One sample of a model. `usage` of its request stands with the first sample of that alone.

    usage  tokens read, tokens written, requests
    cost   in millionths of a dollar; None where no prices are known
    """

    key: str
    text: str
    finish: str
    usage: tuple[int, int, int] = (0, 0, 0)
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """What the original does and costs.

    problem   why no answer can be judged on it, in a sentence; empty where they can
    cost      summed over its tests, in `unit`; None where it cannot be measured, and `unmeasured` says why
    tests     how many count
    left_out  sentences about those that do not
    """

    key: str
    problem: str = ""
    cost: int | None = None
    unit: str = ""
    tests: int = 0
    left_out: tuple[str, ...] = ()
    unmeasured: str = ""


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """What one answer is worth.

    correct  it compiles and passes every test; `old` and `new` are costs, None where it was not measured
    reason   why it is not correct, or could not be measured
    offered  cost of the rewrite that this package would offer of it; None where it would offer nothing, and
             `stage` and `refusal` say where the answer falls
    """

    key: str
    correct: bool
    old: int | None = None
    new: int | None = None
    reason: str = ""
    offered: int | None = None
    stage: str = ""
    refusal: str = ""


Row = AnswerRow | ProgramRow | VerdictRow
_R = TypeVar("_R", AnswerRow, ProgramRow, VerdictRow)
_KINDS: dict[str, type[Row]] = {kind.__name__: kind for kind in (AnswerRow, ProgramRow, VerdictRow)}


class KeptRows:
    """The rows in a folder, all of them read once."""

    def __init__(self, folder: Path) -> None:
        """Read what is there. Raises InputError where the folder cannot be made or read."""
        self.folder = folder
        self.torn: list[str] = []
        self._rows: dict[tuple[str, str], Row] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for path in sorted(folder.glob("??/*.jsonl")):
                self._read(path)
        except OSError as error:
            raise InputError(f"{folder} cannot be used for rows ({error.strerror}).") from None

    def get(self, kind: type[_R], key: str) -> _R | None:
        """The row of that kind with that key, if there is one."""
        found = self._rows.get((kind.__name__, key))
        return found if isinstance(found, kind) else None

    def put(self, rows: Sequence[Row]) -> None:
        """Keep `rows`, which belong together: they are on the disk when this returns. Raises SandboxError."""
        place = self.folder / rows[0].key[:2]
        try:
            place.mkdir(exist_ok=True)
            write_whole(place / f"{rows[0].key}.jsonl", map(_line, rows))
        except OSError as error:
            raise SandboxError(
                f"A row cannot be written to {place} ({error.strerror}); make room there."
            ) from None
        self._rows |= {(type(row).__name__, row.key): row for row in rows}

    def _read(self, path: Path) -> None:
        with path.open("rb") as file:
            rows = [_row(line) for line in file]
        whole = [row for row in rows if row is not None]
        if len(whole) < len(rows):
            # All of them are made anew, so that the file is written over and told of once.
            self.torn.append(f"{path} holds an unfinished line, so its rows are made anew.")
        else:
            self._rows |= {(type(row).__name__, row.key): row for row in whole}


def key_of(parts: Iterable[str | bytes]) -> str:
    """SHA-256 in hex of `parts`, none of which can be taken for the end of another."""
    hasher = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        hasher.update(len(data).to_bytes(8, "big"))
        hasher.update(data)
    return hasher.hexdigest()


def _line(row: Row) -> bytes:
    values = {"kind": type(row).__name__, **dataclasses.asdict(row)}
    return checked_line(json.dumps(values, separators=(",", ":")).encode("ascii"))


def _row(line: bytes) -> Row | None:
    body = checked_body(line)
    if body is None:
        return None
    try:
        values = json.loads(body)
        kind = _KINDS[values.pop("kind")]
        lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        return kind(**{**values, **lists})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
