"""Where the machine code of each function definition of a source lies, from a program's debug information.

Every instance of a template, every clone that an optimizer makes and every part that it splits off carries
the place of the definition it was made from, so nothing has to be guessed from the names of symbols. Knows
ELF and DWARF; nothing of costs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pie_lsp.values.errors import MeasurementError

if TYPE_CHECKING:
    from elftools.dwarf.compileunit import CompileUnit
    from elftools.dwarf.die import DIE
    from elftools.dwarf.dwarfinfo import DWARFInfo
    from elftools.dwarf.typeunit import TypeUnit

_NOT_READ = (
    "The program carries no debug information that can be read, so its cost cannot be attributed to its "
    "functions; leave out flags that strip it (-s)."
)
_SAME_THING = ("DW_AT_abstract_origin", "DW_AT_specification")
"""An instance says only how it differs from what it is an instance of."""
_FIRST_VERSION_FROM_ZERO = 5


@dataclass(frozen=True, slots=True, order=True)
class DefinedCode:
    """A piece of machine code of one definition.

    start, end    addresses in the program as it lies on the disk
    line, column  of its name in the source, counted from 1 in bytes; column 0 where only the line is known
    """

    start: int
    end: int
    line: int
    column: int


def read_definitions(path: Path, source_name: str) -> tuple[DefinedCode, ...]:
    """The code of every function that `source_name` defines, sorted by address.

    Raises MeasurementError where the program says nothing of where its functions come from.
    """
    from elftools.elf.elffile import ELFFile

    try:
        with path.open("rb") as stream:
            elf = ELFFile(stream)
            found = sorted(_Reader(elf.get_dwarf_info(), source_name).definitions())
    # The program is the user's, and what its sections hold can be anything.
    except Exception as error:
        raise MeasurementError(_NOT_READ) from error
    if not found:
        raise MeasurementError(_NOT_READ)
    return tuple(found)


class _Reader:
    """Reads the debug information of one program, as far as it is about one source."""

    def __init__(self, dwarf: "DWARFInfo", source_name: str) -> None:
        self._dwarf = dwarf
        self._wanted = source_name.encode("utf-8", "surrogateescape")
        self._numbers: dict[int, frozenset[int]] = {}

    def definitions(self) -> Iterator[DefinedCode]:
        """The code of every definition, in no order."""
        for unit in self._dwarf.iter_CUs():
            # After optimization at link time the code is in units that refer to those of the sources.
            joined = unit.get_top_DIE().attributes.get("DW_AT_name")
            if not self._numbers_in(unit) and (joined is None or joined.value != b"<artificial>"):
                continue
            for entry in unit.iter_DIEs():
                place = self._place(entry) if entry.tag == "DW_TAG_subprogram" else None
                if place is not None:
                    for start, end in _ranges(self._dwarf, unit, entry):
                        yield DefinedCode(start, end, *place)

    def _numbers_in(self, unit: "CompileUnit | TypeUnit") -> frozenset[int]:
        """The numbers by which a unit calls the source, which lies in the folder that it was compiled in."""
        if unit.cu_offset not in self._numbers:
            program = self._dwarf.line_program_for_CU(cast("CompileUnit", unit))
            entries = [] if program is None else program.header.file_entry
            first = 0 if program is None or program.header.version >= _FIRST_VERSION_FROM_ZERO else 1
            self._numbers[unit.cu_offset] = frozenset(
                number
                for number, entry in enumerate(entries, first)
                if entry.name == self._wanted and entry.dir_index == 0
            )
        return self._numbers[unit.cu_offset]

    def _place(self, entry: "DIE") -> tuple[int, int] | None:
        """Line and column of a definition in the source; None for one of another file or of no place."""
        seen: set[int] = set()
        while entry.offset not in seen:
            seen.add(entry.offset)
            said = entry.attributes
            if "DW_AT_decl_line" in said:
                file = self._said(entry, "DW_AT_decl_file")
                line, column = said["DW_AT_decl_line"].value, self._said(entry, "DW_AT_decl_column")
                return (line, column or 0) if file in self._numbers_in(entry.cu) else None
            link = next((name for name in _SAME_THING if name in said), None)
            if link is not None:
                entry = entry.get_DIE_from_attribute(link)
        return None

    def _said(self, entry: "DIE", name: str) -> int | None:
        """A value, asked of what the entry is an instance of where it does not say it itself."""
        seen: set[int] = set()
        while name not in entry.attributes and entry.offset not in seen:
            seen.add(entry.offset)
            link = next((link for link in _SAME_THING if link in entry.attributes), None)
            if link is None:
                return None
            entry = entry.get_DIE_from_attribute(link)
        return int(entry.attributes[name].value) if name in entry.attributes else None


def _ranges(dwarf: "DWARFInfo", unit: "CompileUnit", entry: "DIE") -> Iterable[tuple[int, int]]:
    if "DW_AT_ranges" in entry.attributes:
        return list(_listed(dwarf, unit, entry.attributes["DW_AT_ranges"].value))
    if "DW_AT_low_pc" not in entry.attributes or "DW_AT_high_pc" not in entry.attributes:
        return ()
    start, high = entry.attributes["DW_AT_low_pc"].value, entry.attributes["DW_AT_high_pc"]
    return ((start, high.value if high.form == "DW_FORM_addr" else start + high.value),)


def _listed(dwarf: "DWARFInfo", unit: "CompileUnit", offset: int) -> Iterator[tuple[int, int]]:
    """A function whose rarer parts lie elsewhere."""
    from elftools.dwarf.ranges import BaseAddressEntry

    lists, whole = dwarf.range_lists(), unit.get_top_DIE().attributes.get("DW_AT_low_pc")
    base = 0 if whole is None else int(whole.value)
    for part in () if lists is None else lists.get_range_list_at_offset(offset, unit):
        if isinstance(part, BaseAddressEntry):
            base = part.base_address
        else:
            moved = 0 if part.is_absolute else base
            yield moved + part.begin_offset, moved + part.end_offset
