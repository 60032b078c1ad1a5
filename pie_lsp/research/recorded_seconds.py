"""Processor seconds of gem5 and of the estimate over the same runs, as recorded; kept apart from all labels.

Seconds belong to the machine that measured and not to a program, so they never stand in a table of labels,
and only their ratio is ever shown. Knows files and the estimate's digest; `seconds.py` measures.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from math import fsum
from pathlib import Path
from typing import Any

from pie_lsp.measure.estimate.backend import cost_digest
from pie_lsp.sandbox.whole_file import write_whole
from pie_lsp.values.errors import InputError

FILE = "seconds.toml"
_PLACES = 3
_HEAD = """\
# Written by `pie-lsp calibrate FOLDER --seconds`: processor seconds of gem5 and of the estimate over the same
# runs, one at a time on one machine. Only the ratio of their sums means anything elsewhere.
"""


@dataclass(frozen=True, slots=True)
class RunSeconds:
    """Processor seconds of one run of a program of the corpus.

    gem5      of the simulator and of what starts it
    estimate  of the emulator, and of all that our own process does with its counters
    """

    problem: str
    version: str
    test: int
    gem5: float
    estimate: float

    @property
    def key(self) -> tuple[str, str, int]:
        """Which run it was."""
        return self.problem, self.version, self.test


@dataclass(frozen=True, slots=True)
class Recorder:
    """What took the time: gem5's version, QEMU's, and `cost_digest` of the estimate."""

    gem5_version: str
    qemu_version: str
    estimate_digest: str


@dataclass(frozen=True, slots=True)
class RecordedSeconds:
    """What was recorded for one machine."""

    recorder: Recorder
    runs: tuple[RunSeconds, ...]

    @property
    def gem5(self) -> float:
        """In sum."""
        return round(fsum(run.gem5 for run in self.runs), _PLACES)

    @property
    def estimate(self) -> float:
        """In sum."""
        return round(fsum(run.estimate for run in self.runs), _PLACES)

    @property
    def ratio(self) -> float:
        """How many times less the estimate takes."""
        return self.gem5 / self.estimate

    @property
    def outdated(self) -> bool:
        """Whether another program text than today's took the time."""
        return self.recorder.estimate_digest != cost_digest()


def recorded_seconds(machine: str) -> RecordedSeconds | None:
    """What the package has recorded for `machine`; None where nothing was."""
    text = files("pie_lsp.measure.estimate").joinpath("labels", FILE).read_text(encoding="ascii")
    return parse(text, "the recorded seconds").get(machine)


def read(path: Path) -> dict[str, RecordedSeconds]:
    """The seconds at `path` by machine; none where there is no file. Raises InputError for another file."""
    try:
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The seconds {path} cannot be read: {error}.") from error
    return parse(text, str(path))


def parse(text: str, name: str) -> dict[str, RecordedSeconds]:
    """Read a file. Raises InputError where it is none, or where its sums are not those of its runs."""
    try:
        return {machine: _table(row) for machine, row in tomllib.loads(text).items()}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(
            f"{name}: this is no record of seconds ({error}); record into a new folder."
        ) from error


def _table(row: Mapping[str, Any]) -> RecordedSeconds:
    recorder = Recorder(row["gem5_version"], row["qemu_version"], row["estimate_digest"])
    found = RecordedSeconds(recorder, tuple(RunSeconds(**run) for run in row["runs"]))
    if not found.runs or min(min(run.gem5, run.estimate) for run in found.runs) <= 0:
        raise ValueError("a run that took no time")
    if (found.gem5, found.estimate) != (row["gem5"], row["estimate"]):
        raise ValueError("the sums are not those of the runs")
    return found


def write(path: Path, machines: Mapping[str, RecordedSeconds]) -> None:
    """Write all of `machines`, the whole file or nothing. Raises InputError where it cannot be written."""
    text = "\n".join((_HEAD, *(_lines(name, machines[name]) for name in sorted(machines))))
    try:
        write_whole(path, [text.encode("ascii")])
    except OSError as error:
        raise InputError(f"Seconds cannot be written to {path}: {error.strerror}; make room.") from error


def _lines(machine: str, found: RecordedSeconds) -> str:
    recorder = found.recorder
    lines = [
        f"[{machine}]",
        f"gem5_version = {json.dumps(recorder.gem5_version)}",
        f"qemu_version = {json.dumps(recorder.qemu_version)}",
        f"estimate_digest = {json.dumps(recorder.estimate_digest)}",
        f"gem5 = {found.gem5:.{_PLACES}f}",
        f"estimate = {found.estimate:.{_PLACES}f}",
        "runs = [",
    ]
    lines += [
        f"  {{ problem = {json.dumps(run.problem)}, version = {json.dumps(run.version)}, test = {run.test}, "
        f"gem5 = {run.gem5:.{_PLACES}f}, estimate = {run.estimate:.{_PLACES}f} }},"
        for run in sorted(found.runs, key=lambda run: run.key)
    ]
    return "\n".join((*lines, "]", ""))


def rounded(run: RunSeconds) -> RunSeconds:
    """As it is written, so that what was read again is equal to what was measured."""
    return RunSeconds(*run.key, round(run.gem5, _PLACES), round(run.estimate, _PLACES))
