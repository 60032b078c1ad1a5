"""How many micro-operations gem5 makes of one x86-64 instruction; the figures are in `micro_ops.toml`.

Works on the text that a disassembler prints, and knows no disassembler.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

_PREFIXES = ("notrack ", "bnd ", "data16 ")
_LOCK = "lock "
_WIDE_REGISTER = re.compile(r"^r(?:[a-d]x|[sd]i|[sb]p|\d+)$")


@dataclass(frozen=True, slots=True)
class _Row:
    names: tuple[str, ...]
    counts: Mapping[str, int]
    wide_counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Default:
    general: int
    vector: int
    memory: int
    vector_memory: int
    immediate: int


@dataclass(frozen=True, slots=True)
class MicroOpTable:
    """The table; `count` is its only question."""

    named: Mapping[str, _Row]
    patterns: tuple[_Row, ...]
    default: _Default
    rip_relative: int
    locked: int
    _known: dict[tuple[str, str], int] = field(default_factory=dict, compare=False)

    def count(self, name: str, operands: str) -> int:
        """Micro-operations of an instruction in Intel syntax: ``count("add", "rax, qword ptr [rdi]")`` is 2.

        A string instruction with a repeat prefix counts for one repetition.
        """
        shape = _shape(operands)
        is_wide = "qword" in operands or bool(_WIDE_REGISTER.match(operands))
        key = (name, shape + (" wide" if is_wide else ""))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._look_up(name, shape, is_wide)
        return known + (self.rip_relative if "[rip" in operands else 0)

    def _look_up(self, name: str, shape: str, is_wide: bool) -> int:
        for prefix in _PREFIXES:
            name = name.removeprefix(prefix)
        extra = self.locked if name.startswith(_LOCK) else 0
        name = name.removeprefix(_LOCK)
        row = self._row_of(name)
        if row is not None:
            counts = row.wide_counts if is_wide and row.wide_counts else row.counts
            known = counts.get(shape, counts.get("*"))
            if known is not None:
                return known + extra
        return self._sum_of_parts(shape) + extra

    def _row_of(self, name: str) -> _Row | None:
        if name in self.named:
            return self.named[name]
        return next(
            (row for row in self.patterns if any(fnmatchcase(name, pattern) for pattern in row.names)), None
        )

    def _sum_of_parts(self, shape: str) -> int:
        letters = shape.split(",")
        is_vector = "x" in letters or "w" in letters
        operation = self.default.vector if is_vector else self.default.general
        return (
            operation
            + letters.count("m") * self.default.memory
            + letters.count("w") * self.default.vector_memory
            + letters.count("i") * self.default.immediate
        )


def _shape(operands: str) -> str:
    """Operands as letters, in the notation of the table: "xmm0, dword ptr [rax]" is "x,m"."""
    if not operands:
        return ""
    return ",".join(_letter(operand.strip()) for operand in operands.split(","))


def _letter(operand: str) -> str:
    if operand.endswith("]"):
        return "w" if operand.startswith("xmmword") else "m"
    if operand[0].isdigit() or operand[0] == "-":
        return "i"
    if operand.startswith("xmm"):
        return "x"
    return "s" if operand.startswith("st") else "r"


@cache
def micro_op_table() -> MicroOpTable:
    """The table that comes with the package."""
    data = tomllib.loads(files(__package__).joinpath("micro_ops.toml").read_text(encoding="utf-8"))
    rows = tuple(
        _Row(tuple(row["names"]), dict(row["counts"]), dict(row.get("wide_counts", {})))
        for row in data["row"]
    )
    named = {name: row for row in rows for name in row.names if not set("*?") & set(name)}
    patterns = tuple(row for row in rows if not named.keys() >= set(row.names))
    return MicroOpTable(named, patterns, _Default(**data["default"]), data["rip_relative"], data["locked"])
