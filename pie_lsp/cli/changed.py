"""``pie-lsp optimize --changed``: every function that differs from a revision of git, file by file."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pie_lsp.cli import arguments as shared
from pie_lsp.cli.outcome import FileOutcome, Outcomes, work
from pie_lsp.values.errors import InputError

if TYPE_CHECKING:
    from pie_lsp.engine.changed import ChangedFile
    from pie_lsp.engine.contract import FunctionSelector, OptimizeRequest

    MakeRequest = Callable[[Path, argparse.Namespace, tuple[FunctionSelector, ...]], OptimizeRequest]


async def optimize_changed(arguments: argparse.Namespace, make_request: "MakeRequest") -> Outcomes:
    """Work on all of them. A file that cannot be worked on is an outcome and costs the others nothing."""
    from pie_lsp.engine.contract import FunctionSelector

    for option in ("function", "show_prompt"):
        if getattr(arguments, option):
            raise InputError(f"--{option.replace('_', '-')} does not go together with --changed.")
    root, changed = await _changed(arguments)
    requests, problems = [], []
    for file in changed:
        if file.problem:
            problems.append(FileOutcome(file.path, problem=file.problem))
            continue
        selectors = tuple(FunctionSelector(one.name, one.line) for one in file.functions)
        requests.append(make_request(file.path, arguments, selectors))
    outcomes = (*await work(requests, tolerant=True), *problems)
    return Outcomes(root, tuple(sorted(outcomes, key=lambda one: one.path)))


async def _changed(arguments: argparse.Namespace) -> "tuple[Path, Sequence[ChangedFile]]":
    """The root of the work tree, and its changed files below the paths that were named, each once."""
    from pie_lsp.engine.changed import changed_functions, work_tree_of

    named = [shared.absolute(word) for word in arguments.files]
    root = await work_tree_of(named[0] if named else shared.absolute("."))
    found: dict[Path, ChangedFile] = {}
    for path in named or [root]:
        if await work_tree_of(path) != root:
            raise InputError(f"{path} and {named[0]} lie in two git work trees; name paths of one.")
        for file in await changed_functions(path, arguments.changed):
            found.setdefault(_place(file.path), file)
    if not found:
        sys.stderr.write(f"No function of a C++ file differs from {arguments.changed}.\n")
    return root, list(found.values())


def _place(path: Path) -> Path:
    return path.parent.resolve() / path.name
