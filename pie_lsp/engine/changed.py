"""Tells which functions of a git work tree differ from a revision, by their tokens.

Git says what the revision holds (`pie_lsp.engine.git`); the files of the work tree are read here, so that
no filter of the repository runs. Knows nothing of how a function is optimized.
"""

import asyncio
import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.tokens import fingerprint
from pie_lsp.engine.git import (
    WorkTree,
    commit_of,
    contents,
    files_of_commit,
    files_of_work_tree,
    find_work_tree,
)
from pie_lsp.text.source import MAX_BYTES, read_source
from pie_lsp.values.errors import InputError
from pie_lsp.values.function import FunctionRef

SUFFIXES = (".cpp", ".cc", ".cxx", ".c++", ".C")
"""Files that can be programs. A header is none, so that what changed in it is not told."""


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A C++ file with functions that changed, or that could not be looked into.

    path       as it is seen from the folder or file that was asked about
    functions  those that can be worked on, in the order of the file
    problem    why nothing can be told of the file, in a sentence; then there are no functions
    """

    path: Path
    functions: tuple[FunctionRef, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """A function as the revision has it: what it is called, and its tokens."""

    name: str
    tokens: str


async def work_tree_of(path: Path) -> Path:
    """The root of the git work tree that `path` is in. Raises as `changed_functions` does."""
    return (await find_work_tree(path)).root


async def changed_functions(folder_or_file: Path, base: str) -> tuple[ChangedFile, ...]:
    """The functions below `folder_or_file` whose text is not that of the revision `base`, file by file.

    The text is that of the disk, committed or not; what git ignores and what lies in a submodule has no
    part. New files count, also before ``git add``. A function counts where its tokens are not those of a
    function of its name in `base`: a change of comments, of white space or of its place is none, nor is a
    new name of the file or another folder. Files without such a function are left out.

    Raises InputError where there is no such path, no repository or no such revision, MissingToolError
    where there is no git. Starts git, and nothing of the repository runs (`pie_lsp.engine.git`).
    """
    tree = await find_work_tree(folder_or_file)
    commit = await commit_of(tree, base)
    old = {name: one for name, one in (await files_of_commit(tree, commit)).items() if _is_source(name)}
    listed = [name for name in await files_of_work_tree(tree) if _is_source(name)]
    names, gone = await asyncio.to_thread(_different, tree, folder_or_file, listed, old)
    before = {name: _ancestors(name, old, gone) for name in names}
    wanted = {old[ancestor] for ancestors in before.values() for ancestor in ancestors}
    texts = await contents(tree, wanted, MAX_BYTES) if wanted else {}
    known = {name: [texts.get(old[one], b"") for one in ancestors] for name, ancestors in before.items()}
    return await asyncio.to_thread(_compare, tree, folder_or_file, known)


def _compare(tree: WorkTree, asked: Path, before: dict[str, list[bytes]]) -> tuple[ChangedFile, ...]:
    """Each file of `before` with its functions that stand in none of those texts."""
    found = []
    for name, texts in sorted(before.items()):
        path = _seen_from(tree, asked, name)
        try:
            data = read_source(path).data
        except InputError as problem:
            found.append(ChangedFile(path, (), str(problem)))
            continue
        known = {one for text in texts for one in _functions_of(text)}
        every = (function.ref for function in find_functions(parse(data)).functions)
        if functions := tuple(ref for ref in every if _known(ref, data) not in known):
            found.append(ChangedFile(path, functions))
    return tuple(found)


def _functions_of(text: bytes) -> set[_Known]:
    """All of them, also what is not worked on, which may be worked on now."""
    table = find_functions(parse(text))
    refs = (*(one.ref for one in table.functions), *(one.ref for one in table.refused))
    return {_known(ref, text) for ref in refs}


def _known(ref: FunctionRef, data: bytes) -> _Known:
    return _Known(ref.qualified_name, fingerprint(data[ref.span.start : ref.span.end]))


def _is_source(name: str) -> bool:
    return name.endswith(SUFFIXES)


def _different(
    tree: WorkTree, asked: Path, names: Iterable[str], old: dict[str, str]
) -> tuple[list[str], list[str]]:
    """Of `names`, those below `asked` that differ from the revision; and what of the revision is gone."""
    below = asked.resolve()
    there = {name for name in names if _is_there(tree, name)}
    different = [
        name
        for name in sorted(there)
        if (tree.root / name).is_relative_to(below) and not _is_object(tree.root / name, old.get(name))
    ]
    return different, sorted(set(old) - there)


def _is_there(tree: WorkTree, name: str) -> bool:
    """Whether that is a file of the work tree itself: a link may lead anywhere, and is another's text."""
    path = tree.root / name
    return path.is_file() and path.resolve() == path


def _is_object(path: Path, identity: str | None) -> bool:
    """Whether git names the bytes of the file so, in a repository with either of its two hashes."""
    if identity is None:
        return False
    kind = "sha1" if len(identity) == 40 else "sha256"
    try:
        with path.open("rb") as stream:
            digest = hashlib.new(
                kind, b"blob %d\0" % os.fstat(stream.fileno()).st_size, usedforsecurity=False
            )
            while piece := stream.read(1 << 20):
                digest.update(piece)
    except OSError:
        # Who reads the file as a source says what is wrong with it.
        return False
    return digest.hexdigest() == identity


def _ancestors(name: str, old: dict[str, str], gone: Iterable[str]) -> tuple[str, ...]:
    """Paths in the revision that may hold the file's old text: its own, else what was renamed or moved."""
    if name in old:
        return (name,)
    folder, _, base = name.rpartition("/")
    parted = [(one, *one.rpartition("/")) for one in gone]
    return tuple(one for one, place, _, called in parted if place == folder or called == base)


def _seen_from(tree: WorkTree, asked: Path, name: str) -> Path:
    asked_from = asked.absolute()
    inside = (tree.root / name).relative_to(asked.resolve())
    return asked_from / inside if inside.parts else asked_from
