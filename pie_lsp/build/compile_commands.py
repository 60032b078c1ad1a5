"""Reads a project's `compile_commands.json`: flags and include folders for one file, never a compiler.

The database belongs to the workspace and is untrusted, so only what `pie_lsp.build.flags` allows is
taken from it. Format: https://clang.llvm.org/docs/JSONCompilationDatabase.html
"""

import json
import shlex
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.build.flags import INCLUDE_OPTIONS, RefusedFlag, allow, include_folders

_NAME = "compile_commands.json"
_BUILD_FOLDERS = ("build*", "out", "cmake-build-*")
_ROOT_MARKERS = (".git", ".hg", ".svn", ".pie-lsp.toml")
_MOST_BYTES = 64 << 20

_IRRELEVANT = frozenset(("-c", "-S", "-E", "-pipe", "-MD", "-MMD", "-MP", "-MG", "-M", "-MM", "-v", "-s"))
_IRRELEVANT_WITH_VALUE = frozenset(("-o", "-MF", "-MT", "-MQ", "-arch", "-target"))
_IRRELEVANT_STARTS = ("-g", "-fdiagnostics", "-fcolor-diagnostics", "-L", "-l", "-MF", "-MT", "-MQ", "-o")
"""What says where output goes or how messages look; we decide that, and nobody misses it."""


@dataclass(frozen=True, slots=True)
class ProjectFlags:
    """What a compilation database says of one file.

    database      where it was found; None where there is none
    flags         allowed flags in order, include folders among them as absolute paths
    include_dirs  the include folders among `flags`
    refused       flags that were not taken
    problem       why the database could not be used, as a sentence
    """

    database: Path | None = None
    flags: tuple[str, ...] = ()
    include_dirs: tuple[Path, ...] = ()
    refused: tuple[RefusedFlag, ...] = ()
    problem: str | None = None


def project_flags(source: Path, workspace: Path | None = None) -> ProjectFlags:
    """Return the flags of the project for `source`. Never raises: a bad database is a `problem`.

    workspace  the root of the project; by default the nearest folder upward that is under version
               control, or else the folder of the database that is found
    """
    for folder in _upward(source.absolute().parent, workspace):
        for database in _databases(folder):
            return _read(database, source, workspace or _marked_root(source) or folder)
    return ProjectFlags()


def _upward(folder: Path, workspace: Path | None) -> Iterator[Path]:
    """The folders that may hold the database, the source's own first."""
    end = workspace.absolute() if workspace else None
    for candidate in (folder, *folder.parents):
        if candidate == Path.home() or candidate.parent == candidate or _anybody_writes(candidate):
            # What lies there need not belong to this project, or even to this user.
            if candidate == folder:
                yield candidate
            return
        yield candidate
        if candidate == end or (end is None and _is_root(candidate)):
            return


def _is_root(folder: Path) -> bool:
    return any((folder / marker).exists() for marker in _ROOT_MARKERS)


def _marked_root(source: Path) -> Path | None:
    return next((folder for folder in source.absolute().parents if _is_root(folder)), None)


def _anybody_writes(folder: Path) -> bool:
    try:
        return bool(folder.stat().st_mode & stat.S_IWOTH)
    except OSError:
        return True


def _databases(folder: Path) -> Iterator[Path]:
    places = [folder, *(found for name in _BUILD_FOLDERS for found in sorted(folder.glob(name)))]
    for place in places:
        if (place / _NAME).is_file():
            yield place / _NAME


def _read(database: Path, source: Path, workspace: Path) -> ProjectFlags:
    try:
        with database.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            return ProjectFlags(database, problem=f"{database} is too large and is ignored.")
        entries = json.loads(data)
    except (OSError, ValueError, RecursionError) as error:
        return ProjectFlags(database, problem=f"{database} cannot be read and is ignored ({error}).")
    words = next(_entries_for(entries, source, database.parent), None)
    if words is None:
        return ProjectFlags(database)
    folder, arguments = words
    accepted, refused = allow(_absolute_includes(_relevant(arguments), folder), workspace)
    return ProjectFlags(database, accepted, include_folders(accepted), refused)


def _entries_for(entries: object, source: Path, beside: Path) -> Iterator[tuple[Path, list[str]]]:
    """Working folder and arguments (the compiler left out) of each command that compiles `source`."""
    wanted = source.resolve()
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, dict):
            continue
        file, directory = entry.get("file"), entry.get("directory", ".")
        if not isinstance(file, str) or not isinstance(directory, str) or "\0" in file + directory:
            continue
        folder = beside / directory
        if Path(file).name == wanted.name and (folder / file).resolve() == wanted:
            yield folder, _arguments(entry)[1:]


def _arguments(entry: dict[str, object]) -> list[str]:
    arguments, command = entry.get("arguments"), entry.get("command")
    if isinstance(arguments, list):
        return [word for word in arguments if isinstance(word, str)]
    try:
        return shlex.split(command) if isinstance(command, str) else []
    except ValueError:
        return []


def _relevant(arguments: Sequence[str]) -> Iterator[str]:
    """The arguments without those that only say what is compiled and where the output goes."""
    words = iter(arguments)
    for word in words:
        if word in _IRRELEVANT_WITH_VALUE:
            next(words, None)
        elif word.startswith("-") and word not in _IRRELEVANT and not word.startswith(_IRRELEVANT_STARTS):
            yield word
            # The value of an option that may stand apart belongs to it.
            if word in ("-D", "-U", *INCLUDE_OPTIONS):
                yield from (value for value in (next(words, None),) if value is not None)


def _absolute_includes(words: Iterator[str], folder: Path) -> list[str]:
    """Include folders of a database start from the command's own working folder."""
    result: list[str] = []
    for word in words:
        option = next((name for name in INCLUDE_OPTIONS if word.startswith(name)), None)
        if option is None:
            result.append(word)
        else:
            result += [option, str(folder / (word.removeprefix(option) or next(words, ".")))]
    return result
