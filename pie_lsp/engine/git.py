"""Asks git what a work tree is and what a revision of it holds; knows nothing of C++.

It starts git, of which four commands read the index and the objects and nothing else: ``rev-parse``,
``ls-files``, ``ls-tree`` and ``cat-file``. A repository is not trusted, and its configuration may name
programs: a file system monitor, hooks, a pager, filters, external diffs, text conversions, helpers that
fetch what is missing. The first three are switched off here. The others are never reached, since no
command of ours reads a file of the work tree (``git diff`` and ``git status`` would run the filters of
``.gitattributes`` whatever is switched off), compares two texts, or may speak to another machine.
"""

import asyncio
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.values.errors import InputError, MissingToolError

_SECONDS = 120.0
"""How long one command may take."""

_OFF = (
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={os.devnull}",
    "--no-pager",
    "--literal-pathspecs",
)
_KEPT = ("GIT_CONFIG", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")
"""Variables of git that stay. The others would name another repository than the one that the path is in."""
_OURS = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    # What older versions of git do not know of lazy fetching, they know of protocols.
    "GIT_ALLOW_PROTOCOL": "none",
}

_FILES = ("100644", "100755", "100664")
"""Modes of ordinary files; links and submodules have others."""


@dataclass(frozen=True, slots=True)
class WorkTree:
    """A work tree. `root` is its folder, with symbolic links resolved."""

    root: Path


async def find_work_tree(path: Path) -> WorkTree:
    """The innermost work tree that `path` lies in: for a file of a submodule, the submodule.

    Raises InputError where there is none, MissingToolError where there is no git.
    """
    status, said, complaint = await _git(_folder_of(path), "rev-parse", "--show-toplevel")
    if status == 0 and said.endswith(b"\n"):
        return _work_tree(os.fsdecode(said[:-1]))
    if "dubious ownership" in complaint:
        raise InputError(
            f"The git repository of {path} belongs to another user, so git does not read it; if you trust "
            "it: git config --global --add safe.directory FOLDER."
        )
    raise InputError(f"{path} lies in no git work tree, so nothing tells what changed in it.")


def _folder_of(path: Path) -> Path:
    if not path.exists():
        raise InputError(f"{path} does not exist.")
    return path if path.is_dir() else path.parent


def _work_tree(root: str) -> WorkTree:
    return WorkTree(Path(root).resolve())


async def commit_of(tree: WorkTree, revision: str) -> str:
    """The object name of the commit that `revision` means. Raises InputError where it means none."""
    # Git would take a leading dash for an option; no name of a revision begins with one.
    if revision and not revision.startswith("-") and "\0" not in revision:
        status, said, _ = await _git(tree.root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        if status == 0:
            return said.decode("ascii").strip()
    raise InputError(
        f"There is no revision {revision!r} in the git repository {tree.root}: name one branch, tag or "
        "commit (a shallow clone has only the newest ones)."
    )


async def files_of_commit(tree: WorkTree, commit: str) -> dict[str, str]:
    """Path below the root, and name of the object, of each ordinary file of that commit."""
    found: dict[str, str] = {}
    for line in _records(await _answer(tree, "ls-tree", "-r", "-z", "--full-tree", commit)):
        facts, _, name = line.partition("\t")
        mode, _, identity = facts.split(" ")
        if mode in _FILES:
            found[name] = identity
    return found


async def files_of_work_tree(tree: WorkTree) -> tuple[str, ...]:
    """Paths below the root that git follows or would follow: not what is ignored, and no submodule's."""
    listed = await _answer(tree, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return tuple(dict.fromkeys(_records(listed)))


async def contents(tree: WorkTree, identities: Iterable[str], most_bytes: int) -> dict[str, bytes]:
    """What these objects hold, without those that are larger than that or are missing in this clone."""
    asked = "".join(f"{identity}\n" for identity in dict.fromkeys(identities)).encode("ascii")
    small = [
        fields[0]
        for line in (await _answer(tree, "cat-file", "--batch-check", given=asked)).splitlines()
        if len(fields := line.split(b" ")) == 3 and fields[1] == b"blob" and int(fields[2]) <= most_bytes
    ]
    if not small:
        return {}
    said = await _answer(tree, "cat-file", "--batch", given=b"".join(one + b"\n" for one in small))
    return dict(_objects(said))


def _objects(said: bytes) -> Iterator[tuple[str, bytes]]:
    """``NAME blob SIZE``, the bytes, and a line end; again and again."""
    at = 0
    while at < len(said):
        end = said.index(b"\n", at)
        name, _, size = said[at:end].split(b" ")
        at = end + 1 + int(size) + 1
        yield name.decode("ascii"), said[end + 1 : at - 1]


def _records(said: bytes) -> list[str]:
    return [os.fsdecode(one) for one in said.split(b"\0") if one]


async def _answer(tree: WorkTree, *words: str, given: bytes = b"") -> bytes:
    status, said, complaint = await _git(tree.root, *words, given=given)
    if "promisor remote" in complaint:
        raise InputError(
            f"The git repository {tree.root} is a partial clone without the old texts of what changed, and "
            "nothing is fetched here; get them: git fetch --refetch --no-filter."
        )
    if status != 0:
        raise InputError(f"git {words[0]} failed in {tree.root}: {' '.join(complaint.split())}")
    return said


async def _git(folder: Path, *words: str, given: bytes = b"") -> tuple[int, bytes, str]:
    """Exit status, what it printed and what it complained of. Dies with the task that awaits it."""
    program = shutil.which("git")
    if program is None:
        raise MissingToolError(
            "git, which tells what changed, was not found; install it: sudo apt install git"
        )
    process = await asyncio.create_subprocess_exec(
        program,
        *_OFF,
        *words,
        cwd=folder,
        env={**{name: value for name, value in os.environ.items() if _stays(name)}, **_OURS},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(_SECONDS):
            said, complaint = await process.communicate(given)
    except TimeoutError:
        raise InputError(f"git {words[0]} did not answer for {_SECONDS:.0f} seconds in {folder}.") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode is not None
    return process.returncode, said, complaint.decode("utf-8", "replace")


def _stays(name: str) -> bool:
    return not name.startswith("GIT_") or name.startswith(_KEPT)
