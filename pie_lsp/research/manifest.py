"""Reads a manifest: JSON lines, each a program with the inputs that it is to be measured on.

Knows files and settings; hashes, compiles and measures nothing. What a line may say is described in the
README. Flags of a manifest pass the same allowlist as those of a workspace, since data sets are handed on.
"""

import json
import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeGuard

from pie_lsp.build.flags import allow
from pie_lsp.measure.registry import BACKENDS, screening
from pie_lsp.values.errors import InputError
from pie_lsp.values.settings import Settings
from pie_lsp.values.toolchain import Link
from pie_lsp.verify.test_formats.files import visible_files
from pie_lsp.verify.test_formats.suites import list_tests

NO_CLOCK = "figures from a clock never enter a table, since no two runs agree; use estimate"
_KEYS = ("program", "inputs", "tests", "id", "flags", "backend", "model", "link")
_SHOWN = 5
"""How many bad lines are told; the rest are counted."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """One input. `name` is what the manifest calls it."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a manifest.

    number    of the line, from 1
    id        what the user calls it, if anything
    program   its source as the manifest names it
    settings  of this program: those of the whole run, and what the line says
    flags     of the compiler as they were written, with folders as they were named
    """

    number: int
    id: str | int | None
    program: str
    path: Path
    inputs: tuple[InputFile, ...]
    settings: Settings
    flags: tuple[str, ...]


class _BadLineError(Exception):
    """A line that cannot be used; the message is a sentence without its full stop."""


def read_manifest(path: Path, settings: Settings) -> tuple[Entry, ...]:
    """Every line of the manifest, in order. `settings` holds where a line says nothing.

    Raises InputError, which tells each bad line with its number, where there is one.
    """
    if settings.backend == "native":
        raise InputError(f"A manifest cannot be measured with native: {NO_CLOCK}.")
    entries: list[Entry] = []
    problems: list[str] = []
    for number, line in _lines(path):
        try:
            entries.append(_entry(number, line, path.absolute().parent, settings))
        except _BadLineError as error:
            problems.append(f"line {number}: {error}")
    if problems:
        more = [f"and {len(problems) - _SHOWN} more"] if len(problems) > _SHOWN else []
        raise InputError(f"{path.name} has lines that cannot be used. {'; '.join(problems[:_SHOWN] + more)}.")
    if not entries:
        raise InputError(f"{path.name} names no program, so there is nothing to measure.")
    return tuple(entries)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise InputError(f"The manifest {path} cannot be read ({error.strerror}).") from None


def _entry(number: int, line: bytes, folder: Path, settings: Settings) -> Entry:
    values = _object(line)
    unknown = [name for name in values if name not in _KEYS]
    if unknown:
        raise _BadLineError(
            f"{json.dumps(unknown[0])} is no field of a manifest; known are {', '.join(_KEYS)}"
        )
    program = _text(values, "program")
    identity = values.get("id")
    if isinstance(identity, bool) or not isinstance(identity, str | int | None):
        raise _BadLineError('"id" must be a text or a whole number')
    chosen, flags = _settings(values, folder, settings)
    return Entry(number, identity, program, _file(folder, program), _inputs(values, folder), chosen, flags)


def _object(line: bytes) -> Mapping[str, object]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _BadLineError(f"it is not JSON ({error})") from None
    if not isinstance(values, dict):
        raise _BadLineError('it is not a JSON object such as {"program": "a.cpp", "inputs": ["1.in"]}')
    return values


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    if not _is_text(value):
        raise _BadLineError(f'"{name}" is missing' if value is None else f'"{name}" must be a text')
    return value


def _texts(values: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = values[name]
    if not isinstance(value, list) or not all(map(_is_text, value)):
        raise _BadLineError(f'"{name}" must be a list of texts')
    return tuple(value)


def _is_text(value: object) -> TypeGuard[str]:
    """Whether it is a text that the system takes as the name of a file or as a word."""
    if not isinstance(value, str) or not value or "\0" in value:
        return False
    try:
        os.fsencode(value)
    except UnicodeEncodeError:
        return False
    return True


def _file(folder: Path, name: str) -> Path:
    path = folder / name
    try:
        if path.is_file():
            return path
        why = "is a folder" if path.is_dir() else "does not exist"
    except OSError as error:
        why = f"cannot be read ({error.strerror})"
    raise _BadLineError(f"{name} {why}")


def _inputs(values: Mapping[str, object], folder: Path) -> tuple[InputFile, ...]:
    if ("inputs" in values) == ("tests" in values):
        raise _BadLineError('it must have either "inputs", a list of files, or "tests", a folder')
    if "inputs" in values:
        inputs = tuple(InputFile(name, _file(folder, name)) for name in _texts(values, "inputs"))
    else:
        inputs = _of_folder(folder, _text(values, "tests"))
    if not inputs:
        raise _BadLineError("it has no input")
    return inputs


def _of_folder(folder: Path, name: str) -> tuple[InputFile, ...]:
    try:
        files = visible_files(folder / name)
    except OSError as error:
        raise _BadLineError(f"the folder {name} cannot be read ({error.strerror})") from None
    return tuple(
        InputFile(f"{name.rstrip('/')}/{pair.input.name}", pair.input) for pair in list_tests(files).pairs
    )


def _settings(
    values: Mapping[str, object], folder: Path, settings: Settings
) -> tuple[Settings, tuple[str, ...]]:
    chosen = replace(
        settings,
        backend=screening(_one_of(values, "backend", BACKENDS, settings.backend)),
        model=_text(values, "model") if "model" in values else settings.model,
        link=Link(_one_of(values, "link", [link.value for link in Link], settings.link.value)),
    )
    if chosen.backend == "native":
        raise _BadLineError(NO_CLOCK)
    if "flags" not in values:
        return chosen, settings.flags
    words = _words(values)
    accepted, refused = allow(words, folder)
    if refused:
        raise _BadLineError(f"the flag {refused[0].flag} cannot be used, because {refused[0].reason}")
    return replace(chosen, flags=accepted, flags_are_default=False), words


def _words(values: Mapping[str, object]) -> tuple[str, ...]:
    value = values["flags"]
    try:
        return tuple(shlex.split(value)) if isinstance(value, str) else _texts(values, "flags")
    except ValueError as error:
        raise _BadLineError(f'"flags" cannot be split into words ({error})') from None


def _one_of(values: Mapping[str, object], name: str, known: Sequence[str], default: str) -> str:
    value = values.get(name, default)
    if not isinstance(value, str) or value not in known:
        raise _BadLineError(f'"{name}" must be one of {", ".join(known)}')
    return value
