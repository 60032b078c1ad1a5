"""Which function an address of a running program lies in; knows symbols, nothing of costs."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from struct import iter_unpack
from typing import Any

ELSEWHERE = "(elsewhere)"
"""The name of code that no symbol names, and of the shared libraries of a dynamic program."""

_SYMBOL = "<IBBHQQ"
"""An entry of a 64-bit symbol table: name, type, visibility, section, address, size (ELF specification)."""
_FUNCTION_TYPES = frozenset({2, 10})
"""STT_FUNC, and STT_GNU_IFUNC, which the C library chooses its copying loops with."""
_EXECUTABLE = 1
_CLONE = re.compile(r"\.(?:part|constprop|isra|cold|lto_priv|localalias)\b.*$")


@dataclass(frozen=True, slots=True)
class FunctionMap:
    """The functions of one program as it lies on the disk, sorted by address.

    code_start  lowest address of its executable segments, which QEMU reports of the loaded program
    symbols     their names as the linker knows them; few of them run, so only those are made readable
    """

    code_start: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    symbols: tuple[str, ...]

    def located(self, code_start: int, name_of: "Callable[[str], str] | None" = None) -> Callable[[int], str]:
        """A function from addresses to names, for the program loaded with its code at `code_start`.

        name_of  makes a name of a symbol; `readable_name` where nothing is said
        """
        moved = code_start - self.code_start
        readable = cache(name_of or readable_name)

        def name_at(address: int) -> str:
            index = bisect_right(self.starts, address - moved) - 1
            inside = index >= 0 and address - moved < self.ends[index]
            return readable(self.symbols[index]) if inside else ELSEWHERE

        return name_at


def read_functions(path: Path) -> FunctionMap:
    """Read the symbol table of a program. One without symbols has no functions."""
    from elftools.elf.elffile import ELFFile

    with path.open("rb") as stream:
        elf = ELFFile(stream)
        segments = elf.iter_segments("PT_LOAD")
        start = min(int(segment["p_vaddr"]) for segment in segments if segment["p_flags"] & _EXECUTABLE)
        found = _functions(elf)
    return FunctionMap(
        start,
        tuple(address for address, _, _ in found),
        tuple(address + size for address, size, _ in found),
        tuple(name for _, _, name in found),
    )


def _functions(elf: Any) -> list[tuple[int, int, str]]:
    """Address, size and name of every function; where several share an address, the largest."""
    table = elf.get_section_by_name(".symtab")
    if table is None:
        return []
    strings: bytes = elf.get_section(table["sh_link"]).data()
    found: dict[int, tuple[int, int, str]] = {}
    for name_at, kind, _, _, address, size in iter_unpack(_SYMBOL, table.data()):
        if kind & 15 not in _FUNCTION_TYPES or not address:
            continue
        name = strings[name_at : strings.index(b"\0", name_at)].decode("utf-8", "replace")
        known = found.get(address)
        if known is None or (-size, name) < (-known[1], known[2]):
            found[address] = address, size, name
    return sorted(found.values())


def readable_name(symbol: str) -> str:
    """The name that a user wrote: ``_ZN5Graph3addEi`` is "Graph::add"; names with templates stay as they are.

    What a compiler splits off (``solve.cold``) belongs to its function. Source: Itanium C++ ABI, 5.1.
    """
    symbol = _CLONE.sub("", symbol)
    if not symbol.startswith("_Z"):
        return symbol
    text = symbol[2:]
    nested = text.startswith("N")
    text = text.removeprefix("N").lstrip("KVr") if nested else text.removeprefix("L")
    names = []
    standard = text.startswith("St")
    text = text.removeprefix("St")
    while match := re.match(r"\d+", text):
        end = match.end() + int(match[0])
        names.append(text[match.end() : end])
        text = text[end:]
        if not nested:
            break
    is_plain = (
        bool(names) and all(names) and not text.startswith("I") and (not nested or text.startswith("E"))
    )
    return "::".join(["std"] * standard + names) if is_plain else symbol
