"""Reads the ``problem.toml`` of a folder and its programs, and takes nothing that is not as it has to be.

Every fault is a CorpusError with the name of the problem and what to change.
"""

import re
import tomllib
from enum import Enum
from pathlib import Path
from typing import TypeVar

from pie_lsp.corpus.problem import FEWEST_VERSIONS, MOST_VERSIONS, TESTS, Form, Kind, Problem, Split, Version
from pie_lsp.values.errors import CorpusError

METADATA = "problem.toml"

_KEYS = frozenset(("title", "family", "split", "form", "statement", "sizes", "version"))
_MORE_KEYS = frozenset(("function", "calibration"))
_FIRST_KEYS = frozenset(("file",))
_LATER_KEYS = frozenset(("file", "kind", "edit"))

_Table = dict[str, object]
_Choice = TypeVar("_Choice", bound=Enum)


def read_problem(folder: Path) -> Problem:
    """The problem in `folder`. Raises CorpusError."""
    name = folder.name
    if not name.isidentifier() or name != name.lower():
        raise CorpusError(f"{name}: the folder of a problem is named by a Python identifier in lower case.")
    table = _parse(folder)
    _only(name, METADATA, table, _KEYS, _MORE_KEYS)
    family = _text(name, table, "family")
    if not family.isidentifier() or family != family.lower():
        raise CorpusError(f'{name}: "family" is one word in lower case, not {family!r}.')
    versions = _versions(folder, table["version"])
    calibration = table.get("calibration", True)
    if not isinstance(calibration, bool):
        raise CorpusError(f'{name}: "calibration" has to be true or false.')
    return Problem(
        name=name,
        title=_text(name, table, "title"),
        family=family,
        split=_choice(name, Split, _text(name, table, "split")),
        statement=_text(name, table, "statement"),
        sizes=_sizes(name, table["sizes"]),
        versions=versions,
        folder=folder,
        function=_function(name, table, versions),
        calibration=calibration,
    )


def _parse(folder: Path) -> _Table:
    try:
        return tomllib.loads((folder / METADATA).read_text(encoding="utf-8"))
    except OSError as error:
        raise CorpusError(f"{folder.name}: {METADATA} cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise CorpusError(f"{folder.name}: {METADATA} is not a TOML file ({error}).") from error


def _only(
    name: str, where: str, table: _Table, keys: frozenset[str], more: frozenset[str] = frozenset()
) -> None:
    unknown, missing = sorted(table.keys() - keys - more), sorted(keys - table.keys())
    if unknown:
        raise CorpusError(f"{name}: {where} has the unknown key {unknown[0]!r}; remove it.")
    if missing:
        raise CorpusError(f"{name}: {where} has no {missing[0]!r}; add it.")


def _text(name: str, table: _Table, key: str) -> str:
    value = table[key]
    if not isinstance(value, str) or not value.strip():
        raise CorpusError(f'{name}: "{key}" has to be a text that is not empty.')
    return value.strip()


def _choice(name: str, choices: type[_Choice], word: str) -> _Choice:
    try:
        return choices(word)
    except ValueError:
        known = ", ".join(choice.value for choice in choices)
        raise CorpusError(
            f'{name}: {word!r} is no "{choices.__name__.lower()}"; choose one of {known}.'
        ) from None


def _function(name: str, table: _Table, versions: tuple[Version, ...]) -> str:
    """The function that is improved, where the form says that it is one."""
    form = _choice(name, Form, _text(name, table, "form"))
    if ("function" in table) is not (form is Form.FUNCTION):
        raise CorpusError(
            f'{name}: a problem has a "function" exactly where its "form" is "{Form.FUNCTION.value}".'
        )
    if form is Form.PROGRAM:
        return ""
    function = _text(name, table, "function")
    for version in versions:
        if not re.search(rf"\b{re.escape(function)}\s*\(".encode(), version.source):
            raise CorpusError(f"{name}: {version.file} has no function {function!r}.")
    return function


def _sizes(name: str, value: object) -> tuple[int, ...]:
    sizes = value if isinstance(value, list) else []
    whole = [size for size in sizes if type(size) is int and size > 0]
    if len(sizes) != TESTS or len(whole) != TESTS or whole != sorted(set(whole)):
        raise CorpusError(f'{name}: "sizes" has to be {TESTS} positive integers, each above the one before.')
    return tuple(whole)


def _versions(folder: Path, value: object) -> tuple[Version, ...]:
    name = folder.name
    tables = value if isinstance(value, list) else []
    few, many = FEWEST_VERSIONS, MOST_VERSIONS
    if not few <= len(tables) <= many or not all(isinstance(it, dict) for it in tables):
        raise CorpusError(
            f"{name}: a problem has {few} to {many} tables [[version]], and {METADATA} holds {len(tables)}."
        )
    versions = tuple(_version(folder, number, table) for number, table in enumerate(tables, start=1))
    unlisted = sorted({path.name for path in folder.glob("*.cpp")} - {it.file for it in versions})
    if unlisted:
        raise CorpusError(f"{name}: {unlisted[0]} is no version in {METADATA}; list it or remove it.")
    return versions


def _version(folder: Path, number: int, table: _Table) -> Version:
    name, where = folder.name, f"[[version]] {number}"
    _only(name, where, table, _LATER_KEYS if number > 1 else _FIRST_KEYS)
    file = f"v{number}.cpp"
    if table["file"] != file:
        raise CorpusError(f'{name}: "file" of {where} has to be "{file}".')
    try:
        source = (folder / file).read_bytes()
    except OSError as error:
        raise CorpusError(f"{name}: {file} cannot be read ({error.strerror}).") from error
    if number == 1:
        return Version(file, source)
    return Version(file, source, _choice(name, Kind, _text(name, table, "kind")), _text(name, table, "edit"))
