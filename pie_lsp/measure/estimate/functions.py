"""Which function an address of a running program lies in; knows symbols, nothing of costs."""

from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path
from typing import Any

from elftools.elf.elffile import ELFFile

ELSEWHERE = "(outside the program)"
"""The name of code that no symbol names, and of the shared libraries of a dynamic program."""


def function_locator(path: Path, code_start: int) -> Callable[[int], str]:
    """Return a function from addresses to names, for `path` loaded with its code at `code_start`."""
    with path.open("rb") as stream:
        elf = ELFFile(stream)
        moved = code_start - _code_start_in_file(elf)
        functions = _functions(elf)
    starts = [start for start, _, _ in functions]

    def name_at(address: int) -> str:
        index = bisect_right(starts, address - moved) - 1
        if index < 0:
            return ELSEWHERE
        start, size, name = functions[index]
        return name if address - moved < start + size else ELSEWHERE

    return name_at


def _code_start_in_file(elf: Any) -> int:
    """Lowest address of an executable segment, as QEMU reports it of the loaded program."""
    segments = elf.iter_segments("PT_LOAD")
    return min(int(segment["p_vaddr"]) for segment in segments if segment["p_flags"] & 1)


def _functions(elf: Any) -> list[tuple[int, int, str]]:
    """Address, size and name of every function, in order; of several names the first in the alphabet."""
    table = elf.get_section_by_name(".symtab")
    if table is None:
        return []
    found: dict[int, tuple[int, int, str]] = {}
    for symbol in table.iter_symbols():
        if symbol["st_info"]["type"] not in ("STT_FUNC", "STT_LOOS") or not symbol["st_value"]:
            continue
        entry = symbol["st_value"], symbol["st_size"], symbol.name
        known = found.get(entry[0])
        if known is None or (-entry[1], entry[2]) < (-known[1], known[2]):
            found[entry[0]] = entry
    return sorted(found.values())
