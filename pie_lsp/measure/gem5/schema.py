"""The lines that gem5-runner reads and writes, as values: version 1. Starts nothing, imports nothing of it.

The runner is a program of its own, so both sides describe the lines; a test holds them against each other.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from pie_lsp.values.errors import MeasurementError

SCHEMA = 1
MACHINES = ("skylake-verbatim", "skylake-pie")
"""What can be simulated; the default first."""


@dataclass(frozen=True, slots=True)
class Question:
    """One simulation to ask for; paths start from the runner's root."""

    machine: str
    program: str
    stdin: str
    max_instructions: int
    wall_seconds: float
    memory: str
    environment: tuple[str, ...]

    def line(self) -> str:
        """The request as the runner reads it, with its end."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps({"schema": SCHEMA, "id": "0", **values}) + "\n"


@dataclass(frozen=True, slots=True)
class Counts:
    """Events of one run that a cost is explained with."""

    instructions: int
    micro_ops: int
    mispredicted_branches: int
    fetch_stall_cycles: int
    l1d_store_misses: int
    l3_misses: int
    system_calls: int


@dataclass(frozen=True, slots=True)
class Region:
    """What lay between the instructions that mark the beginning and the end of interest, in sum."""

    entries: int
    ticks: int
    instructions: int


@dataclass(frozen=True, slots=True)
class Answer:
    """One simulation that ended by itself; `ticks` are 1e-12 s of the simulated machine.

    micro_ops_by_block  committed up to each dump of the statistics, which a program may ask for itself
    """

    ticks: int
    cycles: int
    exit_status: int
    stdout_sha256: str
    config_hash: str
    gem5_version: str
    counts: Counts
    region: Region | None
    micro_ops_by_block: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """A simulation that gave no figure: the kind, and the runner's sentence."""

    kind: str
    message: str


def read_answer(text: str) -> Answer | Fault:
    """Read the runner's one line. Raises MeasurementError where it is none."""
    try:
        said = json.loads(text)
        if said["schema"] != SCHEMA:
            raise ValueError(f"schema {said['schema']}")
        return _answer(said) if said["ok"] is True else Fault(_text(said, "fault"), _text(said, "message"))
    except (ValueError, KeyError, TypeError) as error:
        raise MeasurementError(
            f"gem5-runner answered in a way that this version of pie-lsp does not read ({error!r}); "
            "install both from the same release."
        ) from error


def _answer(said: Mapping[str, Any]) -> Answer:
    region = said["region"]
    return Answer(
        ticks=_count(said, "ticks"),
        cycles=_count(said, "cycles"),
        exit_status=_count(said, "exit_status"),
        stdout_sha256=_text(said, "stdout_sha256"),
        config_hash=_text(said, "config_hash"),
        gem5_version=_text(said, "gem5_version"),
        counts=Counts(*(_count(said["counts"], field.name) for field in fields(Counts))),
        region=None if region is None else Region(*(_count(region, field.name) for field in fields(Region))),
        micro_ops_by_block=tuple(_count(block, "micro_ops") for block in said["blocks"]),
    )


def _count(values: Mapping[str, Any], name: str) -> int:
    value = values[name]
    if type(value) is not int or value < 0:
        raise ValueError(name)
    return value


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values[name]
    if not isinstance(value, str):
        raise ValueError(name)
    return value
