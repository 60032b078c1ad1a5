"""How many micro-operations gem5 makes of one x86-64 instruction; the figures are in `micro_ops.toml`.

Works on the text that a disassembler prints, and knows no disassembler.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from importlib.resources import files

_PREFIXES = ("notrack ", "bnd ", "data16 ")
_LOCK = "lock "
_RIP = "rip"
_MEMORY = {"byte": "m8", "qword": "m64", "xword": "t", "xmmword": "w"}
_REGISTER_OF_8 = re.compile(r"^(?:[a-d][lh]|[sd]il|[sb]pl|r\d+b)$")
_REGISTER_OF_64 = re.compile(r"^r(?:[a-d]x|[sd]i|[sb]p|\d+)$")
_REPEATED = re.compile(r"^rep(?:n?e)? ")


@dataclass(frozen=True, slots=True)
class _Row:
    names: tuple[str, ...]
    counts: Mapping[str, int]
    rip_relative: int


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
    repeated: int
    _known: dict[tuple[str, tuple[str, ...]], int] = field(default_factory=dict, compare=False)

    def count(self, name: str, operands: str) -> int:
        """Micro-operations of an instruction in Intel syntax: ``count("add", "rax, qword ptr [rdi]")`` is 2.

        A string instruction with a repeat prefix counts for one repetition; see `before_repetitions`.
        """
        key = name, _letters(operands)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._look_up(*key)
        return known

    def before_repetitions(self, name: str) -> int:
        """Micro-operations before the first repetition of an instruction with a repeat prefix, else zero."""
        return self.repeated if _REPEATED.match(name) else 0

    def _look_up(self, name: str, letters: tuple[str, ...]) -> int:
        for prefix in _PREFIXES:
            name = name.removeprefix(prefix)
        extra = self.locked if name.startswith(_LOCK) else 0
        name = name.removeprefix(_LOCK)
        row = self._row_of(name)
        if _RIP in letters:
            extra += self.rip_relative if row is None else row.rip_relative
        if row is not None:
            for shape in _shapes(letters):
                if shape in row.counts:
                    return row.counts[shape] + extra
        return self._sum_of_parts(_shapes(letters)[-2]) + extra

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
            + (letters.count("m") + letters.count("t")) * self.default.memory
            + letters.count("w") * self.default.vector_memory
            + letters.count("i") * self.default.immediate
        )


def _shapes(letters: tuple[str, ...]) -> tuple[str, ...]:
    """In the notation of the table, from the most exact to any: "r,m8", "r64,m", "r,m", "*"."""
    written = [letter for letter in letters if letter != _RIP]
    plain = ",".join(letter.rstrip("864") for letter in written)
    with_8 = ",".join(letter.replace("64", "") for letter in written)
    with_64 = ",".join(letter.replace("8", "") for letter in written)
    return (*(shape for shape in (with_8, with_64) if shape != plain), plain, "*")


def shapes_of(operands: str) -> tuple[str, ...]:
    """In which shapes a row may name these operands; the first that it names counts."""
    return _shapes(_letters(operands))


@lru_cache(maxsize=16_384)
def _letters(operands: str) -> tuple[str, ...]:
    """A letter for each operand, with its size where that is 8 or 64 bits, and `_RIP` if one is relative."""
    if not operands:
        return ()
    letters = tuple(_letter(operand.strip()) for operand in operands.split(","))
    return (*letters, _RIP) if "[rip" in operands else letters


def _letter(operand: str) -> str:
    if operand.endswith("]"):
        return _MEMORY.get(operand.partition(" ")[0], "m")
    if operand[0].isdigit() or operand[0] == "-":
        return "i"
    if operand.startswith("xmm"):
        return "x"
    if operand.startswith("st"):
        return "s"
    return "r8" if _REGISTER_OF_8.match(operand) else "r64" if _REGISTER_OF_64.match(operand) else "r"


@cache
def micro_op_table() -> MicroOpTable:
    """The table that comes with the package."""
    data = tomllib.loads(files(__package__).joinpath("micro_ops.toml").read_text(encoding="utf-8"))
    rows = tuple(
        _Row(tuple(row["names"]), dict(row["counts"]), row.get("rip_relative", data["rip_relative"]))
        for row in data["row"]
    )
    named = {name: row for row in rows for name in row.names if not set("*?") & set(name)}
    patterns = tuple(row for row in rows if not named.keys() >= set(row.names))
    default = _Default(**data["default"])
    return MicroOpTable(named, patterns, default, data["rip_relative"], data["locked"], data["repeated"])
