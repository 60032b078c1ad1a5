"""Labels a whole manifest: plans, lets a pool make what is missing, and writes the table when all is there.

Whatever ends a run, the rows that were finished are kept, and the next run makes the others only. Knows a
pool by the standard executor protocol; knows neither Parsl nor the terminal.
"""

import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path

from pie_lsp.engine.contract import Listener
from pie_lsp.research.at_work import anybody_works, driving
from pie_lsp.research.manifest import read_manifest
from pie_lsp.research.plan import chunks, make_plan
from pie_lsp.research.pool import OpenPool, Pool
from pie_lsp.research.rows import Found, RowFolder, Status, read_line
from pie_lsp.research.table import check_place, write_table
from pie_lsp.research.worker import Chunk, Done, apart, state_of, work
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.events import Progress
from pie_lsp.values.settings import Settings

TRIES = 3
"""How often a chunk may fail in a row for reasons that are not its program's before it is set aside."""
_IN_A_ROW = 10
"""So many failures with no row made in between: it is not the chunks."""
_LOOK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class LabelRequest:
    """One manifest to label.

    table     where the labels go; the rows are collected in a folder beside it
    settings  where the lines of the manifest say nothing
    chunk     most rows that share one build
    """

    manifest: Path
    table: Path
    settings: Settings
    chunk: int

    @property
    def folder(self) -> Path:
        """Where the rows are collected."""
        return self.table.with_name(f"{self.table.name}.rows")


@dataclass(frozen=True, slots=True)
class LabelReport:
    """A finished table.

    failed  rows that are a fault of their program
    made    rows that this run made; the others were there
    torn    sentences on files of rows that were not whole
    """

    rows: int
    failed: int
    made: int
    torn: tuple[str, ...]


def label_manifest(request: LabelRequest, open_pool: OpenPool, listener: Listener) -> LabelReport:
    """Make every row that is missing, then the table.

    Raises InputError for a manifest or table that cannot be used, what `make_plan` raises, and
    MeasurementError where rows could not be made; what was made is kept.
    """
    entries = read_manifest(request.manifest, request.settings)
    check_place(request.table)
    folder = RowFolder(request.folder)
    folder.make()
    with driving(folder.path):
        programs = make_plan(entries, listener)
        keys = {row.key for program in programs for row in program.rows}
        before = folder.read()
        todo = chunks(programs, before.lines, folder.path, request.chunk)
        tally = Tally(len(keys), [before.lines[key] for key in keys & before.lines.keys()], listener)
        carry(todo, open_pool, tally, folder.path)
        after = folder.read() if todo else before
        _check_complete(keys, after)
        write_table(request.table, programs, after.lines)
    rows = [row.key for program in programs for row in program.rows]
    failed = {key for key in keys if _is_fault(after.lines[key])}
    return LabelReport(
        len(rows), sum(key in failed for key in rows), len(keys - before.lines.keys()), before.torn
    )


def _check_complete(keys: set[str], found: Found) -> None:
    missing = len(keys - found.lines.keys())
    if missing:
        raise MeasurementError(f"{missing} finished rows have vanished from the disk; run the command again.")


def _is_fault(line: bytes) -> bool:
    row = read_line(line)
    return row is not None and row.status is not Status.MEASURED


class Tally:
    """Counts rows as they are made, and tells the listener."""

    def __init__(self, total: int, there: Sequence[bytes], listener: Listener) -> None:
        self._total = total
        self._done = len(there)
        self._failed = sum(map(_is_fault, there))
        self._of_chunk: dict[str, Done] = {}
        self._listener = listener
        self._tell()

    def count(self, chunk: Chunk, done: Done) -> bool:
        """Take the state of `chunk` over; whether it holds more rows than before."""
        before = self._of_chunk.get(chunk.name, Done(0, 0))
        self._of_chunk[chunk.name] = done
        self._done += done.rows - before.rows
        self._failed += done.failed - before.failed
        self._tell()
        return done.rows > before.rows

    def __str__(self) -> str:
        return f"{self._done:,} of {self._total:,} rows, {self._failed:,} failed"

    def _tell(self) -> None:
        self._listener(Progress(str(self), self._done, self._total))


def carry(todo: Sequence[Chunk], open_pool: OpenPool, tally: Tally, folder: Path) -> None:
    """Have every chunk made into `folder`. Raises MeasurementError where some could not be."""
    load = _Load(todo, tally, folder)
    while load.waiting:
        with open_pool() as pool:
            load.carry(pool)
    if load.aside:
        chunk, problem = load.aside[0]
        raise MeasurementError(
            f"Rows could not be made: {len(load.aside)}, the first of them {chunk.program} on "
            f"{chunk.inputs[0]}. {problem.rstrip('.')}. What was made is kept ({tally}); the same command "
            "goes on from there."
        )


class _Load:
    """The chunks on their way: waiting, under way in a pool, or set aside with the reason."""

    def __init__(self, todo: Sequence[Chunk], tally: Tally, folder: Path) -> None:
        self.waiting = deque(todo)
        self.aside: list[tuple[Chunk, str]] = []
        self._tally = tally
        self._folder = folder
        self._tries: dict[str, int] = {}
        self._in_vain = 0

    def carry(self, pool: Pool) -> None:
        """Use `pool` until nothing is left to make, or until it is of no use; then the rest waits again."""
        under_way: dict[Future[Done], Chunk] = {}
        try:
            self._carry(pool, under_way)
        except _UselessPoolError as error:
            self.waiting.extendleft(reversed(under_way.values()))
            self._count_in_vain(str(error), _IN_A_ROW)
        # Ctrl-C among others: what the workers have finished so far is counted for the last words.
        except BaseException:
            for chunk in under_way.values():
                self._tally.count(chunk, state_of(chunk))
            raise

    def _carry(self, pool: Pool, under_way: "dict[Future[Done], Chunk]") -> None:
        sign_of_life = time.monotonic()
        while self.waiting or under_way:
            self._hand_over(pool, under_way)
            finished, _ = wait(under_way, _LOOK_SECONDS, FIRST_COMPLETED)
            for future in finished:
                self._finish(under_way.pop(future), future, pool.window)
            if finished or pool.patience is None or anybody_works(self._folder):
                sign_of_life = time.monotonic()
            elif time.monotonic() - sign_of_life > pool.patience:
                raise _UselessPoolError("The workers do nothing, though there is work.")

    def _hand_over(self, pool: Pool, under_way: "dict[Future[Done], Chunk]") -> None:
        while self.waiting and len(under_way) < pool.window:
            try:
                under_way[pool.executor.submit(work, self.waiting[0])] = self.waiting[0]
            # What a broken executor raises, by the protocol.
            except RuntimeError as error:
                raise _UselessPoolError(_lost(error)) from error
            self.waiting.popleft()

    def _finish(self, chunk: Chunk, future: "Future[Done]", window: int) -> None:
        error = future.exception()
        done = future.result() if error is None else replace(state_of(chunk), problem=_lost(error))
        if self._tally.count(chunk, done):
            self._in_vain = 0
            self._tries.pop(chunk.name, None)
        if done.problem is not None:
            # All that a machine was doing is lost with it, and that can be a window of chunks.
            self._fail(chunk, done.problem, _IN_A_ROW if error is None else max(_IN_A_ROW, 2 * window))

    def _fail(self, chunk: Chunk, problem: str, most: int) -> None:
        self._tries[chunk.name] = self._tries.get(chunk.name, 0) + 1
        if self._tries[chunk.name] < TRIES:
            self.waiting.append(chunk)
        elif len(chunk.keys) > 1:
            # One of its rows may be to blame, so the others are made without it.
            self.waiting.extend(apart(chunk))
        else:
            self.aside.append((chunk, problem))
        self._count_in_vain(problem, most)

    def _count_in_vain(self, problem: str, most: int) -> None:
        self._in_vain += 1
        if self._in_vain >= most:
            raise MeasurementError(
                f"{problem.rstrip('.')}. So the run was stopped; what was made is kept ({self._tally}), and "
                "the same command goes on from there."
            )


class _UselessPoolError(Exception):
    """The pool takes no work, or does none."""


def _lost(error: BaseException) -> str:
    """The protocol has no common name for a worker that is gone."""
    return f"A worker was lost ({' '.join(str(error).split()) or type(error).__name__})."
