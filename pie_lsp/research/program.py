"""Reads one program with the headers of its own, and hashes them; compiles nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.build.flags import include_folders
from pie_lsp.build.floor import floor_units
from pie_lsp.cpp.headers import LocalHeader, local_headers
from pie_lsp.research.recipe import ANY_NAME, Header, Recipe, compiled_name, program_digest
from pie_lsp.text.source import MAX_BYTES
from pie_lsp.values.errors import InputError
from pie_lsp.values.settings import Settings
from pie_lsp.values.toolchain import TranslationUnit


@dataclass(frozen=True, slots=True)
class Program:
    """A source as it is compiled.

    digest  of all that decides what it costs, but for its input
    floor   digest of all that decides what its start-up costs; None where headers of its own have a part
    """

    unit: TranslationUnit
    digest: bytes
    floor: bytes | None


def read_program(path: Path, settings: Settings, recipe: Recipe) -> Program:
    """Read the source at `path` and its headers. Raises InputError where that cannot be."""
    source = read_bounded(path, MAX_BYTES)
    folders = tuple(dict.fromkeys((*settings.include_dirs, *include_folders(settings.flags))))
    found = local_headers(source, path.parent, folders)
    roots = [folder.resolve() for folder in (path.parent, *folders)]
    headers = [Header(_name(header, roots), header.data) for header in found]
    name = compiled_name(source, path.name)
    unit = TranslationUnit(name, path.parent, source)
    floor = None if headers else _floor_digest(recipe, unit)
    return Program(unit, program_digest(recipe, name, source, headers), floor)


def _floor_digest(recipe: Recipe, unit: TranslationUnit) -> bytes:
    sources = [Header("", floor.source) for floor in floor_units(unit)]
    return program_digest(recipe, ANY_NAME, b"", sources)


def read_bounded(path: Path, most: int) -> bytes:
    """The bytes of a file. Raises InputError where it cannot be read or holds more than `most`."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from None
    if len(data) > most:
        raise InputError(f"{path} is larger than {most >> 10} KiB.")
    return data


def _name(header: LocalHeader, roots: Sequence[Path]) -> str:
    """The header as seen from the folder that it is found in: where that folder lies does not matter."""
    root = next(root for root in roots if header.path.is_relative_to(root))
    return str(header.path.relative_to(root))
