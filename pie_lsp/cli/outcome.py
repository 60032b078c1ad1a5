"""Asks the engine about one file after another, and keeps what it answered for whoever prints it."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pie_lsp.values.errors import InputError, MeasurementError, PieError

if TYPE_CHECKING:
    from pie_lsp.engine.cache import ResultCache
    from pie_lsp.engine.contract import OptimizeRequest
    from pie_lsp.values.report import OptimizeReport, Suggestion


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file.

    source   its bytes, on which every suggestion rests; empty where it could not be read
    report   None where the file could not be worked on
    problem  why, in a sentence
    applied  rank of the suggestion that was written to the file
    """

    path: Path
    source: bytes = b""
    report: "OptimizeReport | None" = None
    problem: str = ""
    applied: int | None = None

    @property
    def suggestions(self) -> "tuple[Suggestion, ...]":
        """What is offered for the file."""
        return () if self.report is None else self.report.suggestions


@dataclass(frozen=True, slots=True)
class Outcomes:
    """All files of one run. `root` is the folder that other programs name them from."""

    root: Path
    files: tuple[FileOutcome, ...]

    def name_of(self, outcome: FileOutcome) -> str:
        """The file as seen from the root, with slashes."""
        path = outcome.path.parent.resolve() / outcome.path.name
        return path.relative_to(self.root).as_posix()


async def optimize_all(requests: "Sequence[OptimizeRequest]") -> Outcomes:
    """Work on one file, which raises its problem."""
    (request,) = requests
    (outcome,) = await work([request], tolerant=False)
    return Outcomes(await _root_of(request.path), (outcome,))


async def work(requests: "Sequence[OptimizeRequest]", *, tolerant: bool) -> tuple[FileOutcome, ...]:
    """The outcome of each request, in their order. Where `tolerant`, a file's problem costs no other file."""
    from pie_lsp.engine.cache import open_cache

    cache = open_cache()
    try:
        found = []
        for number, request in enumerate(requests, start=1):
            if tolerant:
                _announce(request, number, len(requests))
            try:
                found.append(await _one(request, cache))
            # What a file or its program is to blame for; a missing tool or sandbox would stop every file.
            except (InputError, MeasurementError) as problem:
                if not tolerant:
                    raise
                found.append(FileOutcome(request.path, request.source, problem=str(problem)))
        return tuple(found)
    finally:
        cache.close()
        for complaint in cache.problems:
            sys.stderr.write(f"{complaint}\n")


async def _one(request: "OptimizeRequest", cache: "ResultCache") -> FileOutcome:
    from pie_lsp.cli.progress import shown_progress
    from pie_lsp.engine.optimize import optimize

    with shown_progress() as listener:
        return FileOutcome(request.path, request.source, await optimize(request, listener, cache))


def _announce(request: "OptimizeRequest", number: int, count: int) -> None:
    from pie_lsp.cli.progress import say

    selectors = (request.selector, *request.others)
    names = ", ".join(f"{one.name}@{one.line}" for one in selectors if one is not None)
    say(f"{request.path} ({number} of {count}): {names}")


async def _root_of(path: Path) -> Path:
    """The work tree that the file is in, else its folder."""
    from pie_lsp.engine.changed import work_tree_of

    try:
        return await work_tree_of(path)
    except PieError:
        return path.parent.resolve()
