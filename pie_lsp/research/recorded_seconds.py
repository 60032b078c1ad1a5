"""Processor time of gem5 and of the estimate over the same runs, as recorded; kept apart from all labels.

Seconds belong to the machine that measured and not to a program, so only their ratio is ever shown.
"""

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from pie_lsp.values.errors import InputError


@dataclass(frozen=True, slots=True)
class RecordedSeconds:
    """Processor seconds over `runs` runs, on one core each, of the same machine."""

    runs: int
    gem5: float
    estimate: float

    @property
    def ratio(self) -> float:
        """How many times less the estimate takes."""
        return self.gem5 / self.estimate


def recorded_seconds(machine: str) -> RecordedSeconds:
    """What was recorded for `machine`. Raises InputError where nothing was."""
    text = files("pie_lsp.measure.estimate").joinpath("labels", "seconds.toml").read_text(encoding="utf-8")
    row = tomllib.loads(text).get(machine)
    if row is None:
        raise InputError(f"No seconds are recorded for the machine {machine!r}.")
    return RecordedSeconds(row["runs"], row["gem5"], row["estimate"])
