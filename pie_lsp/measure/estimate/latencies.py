"""Cycles that results take in gem5's Skylake, read from `latencies.toml`; knows no machine code."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Any

_HUNDREDTHS = 100
_Rows = tuple[tuple[tuple[str, ...], int], ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """What differs between machines, in hundredths of a cycle; loads and stores by the level of the line."""

    fetch_block: int
    micro_operation: int
    load: tuple[int, ...]
    store: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Latencies:
    """Latencies of instructions, in hundredths of a cycle."""

    moved: int
    default: int
    quotient: Mapping[str, int]
    rows: _Rows
    register_rows: _Rows
    vector_rows: _Rows

    def cycles(self, name: str, is_vector: bool, touches_memory: bool) -> int:
        """From its operands, or what it loaded, to its result."""
        rows = self.vector_rows if is_vector else self.rows
        if not touches_memory:
            rows += self.register_rows
        for names, cycles in rows:
            if any(fnmatchcase(name, pattern) for pattern in names):
                return cycles
        moves = name.startswith("mov") and not name.startswith(("movz", "movsx"))
        return self.moved if touches_memory and (moves or name in ("push", "pop", "ret")) else self.default


@cache
def latencies() -> Latencies:
    """The table that comes with the package."""
    data = _data()
    return Latencies(
        data["moved"] * _HUNDREDTHS,
        data["default"] * _HUNDREDTHS,
        {name: cycles * _HUNDREDTHS for name, cycles in data["quotient"].items()},
        *(_rows(data[key]) for key in ("row", "register_row", "vector_row")),
    )


@cache
def timing_of(machine: str) -> Timing:
    """Raises KeyError for a machine that is not in the table."""
    row = _data()["machine"][machine]
    load, store = (tuple(cycles * _HUNDREDTHS for cycles in row[key]) for key in ("load", "store"))
    return Timing(row["fetch_block"], row["micro_operation"], load, store)


def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("latencies.toml").read_text(encoding="utf-8"))


def _rows(rows: list[dict[str, Any]]) -> _Rows:
    return tuple((tuple(row["names"]), row["cycles"] * _HUNDREDTHS) for row in rows)
