"""The driver with executors of the standard library: whatever happens to workers, the table is the same."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from pie_lsp.research.at_work import driving
from pie_lsp.research.campaign import TRIES, LabelReport, LabelRequest, label_manifest
from pie_lsp.research.pool import OpenPool, Pool
from pie_lsp.research.worker import Chunk, Done
from pie_lsp.values.errors import InputError, MeasurementError
from pie_lsp.values.events import Event, Progress
from pie_lsp.values.settings import Settings

from .conftest import LOOP, Project
from .waiting import until, workers


@contextmanager
def opened(executor: Executor, window: int = 4) -> Iterator[Pool]:
    try:
        yield Pool(executor, window, None)
    finally:
        executor.shutdown()


def threads(count: int = 1) -> OpenPool:
    return lambda: opened(ThreadPoolExecutor(count))


def processes() -> OpenPool:
    return lambda: opened(ProcessPoolExecutor(2, get_context("spawn")))


class Losing(ThreadPoolExecutor):
    """Loses the worker of every chunk with one row, as when that takes too much memory each time."""

    def __init__(self, program: str, given: str) -> None:
        super().__init__(1)
        self.poison = program, given
        self.lost = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **keywords: Any) -> "Future[Any]":
        chunk: Chunk = args[0]
        if self.poison not in [(chunk.program.name, path.name) for path in chunk.inputs]:
            return super().submit(fn, *args, **keywords)
        self.lost += 1
        future: Future[Any] = Future()
        future.set_exception(OSError(f"worker {self.lost} is gone"))
        return future


def test_any_executor_and_any_chunks_give_the_same_bytes(
    project: Project, another: Callable[[], Project]
) -> None:
    project.programs(2, 4)
    assert project.label(threads(1), chunk=1) == LabelReport(8, 0, 8, ())
    for pool, chunk in ((threads(2), 3), (processes(), 9)):
        other = another()
        other.programs(2, 4)
        assert other.label(pool, chunk=chunk).made == 8
        assert other.table.read_bytes() == project.table.read_bytes()
    assert len(project.made()) == len(set(project.made())) == 8


def test_what_is_there_is_not_made_again(project: Project, another: Callable[[], Project]) -> None:
    project.programs(2, 3)
    project.label(threads())
    table, rows = project.table.read_bytes(), sorted(project.made())
    project.table.unlink()
    assert project.label(lambda: pytest.fail("no worker is needed")) == LabelReport(6, 0, 0, ())
    assert project.table.read_bytes() == table
    moved = another()
    moved.programs(2, 3)
    project.rows.rename(moved.rows)
    assert moved.label(threads()).made == 0
    assert moved.table.read_bytes() == table
    assert sorted(moved.made()) == rows


def test_only_what_changed_is_made_again(project: Project) -> None:
    project.programs(2, 3)
    project.label(threads())
    before = project.labels()
    project.write("2.in", "5000\n")
    assert project.label(threads()).made == 2
    project.write("p1.cpp", LOOP % 99)
    assert project.label(threads()).made == 3
    after = project.labels()
    assert [place for place in range(6) if before[place] != after[place]] == [1, 3, 4, 5]
    project.write("p1.cpp", LOOP % 8)
    project.write("2.in", "2000\n")
    assert project.label(threads()).made == 0
    assert project.labels() == before


def test_a_torn_file_is_made_again_and_told(project: Project) -> None:
    project.programs(1, 4)
    project.label(threads(), chunk=2)
    table = project.table.read_bytes()
    torn, whole = sorted(project.rows.glob("??/*.jsonl"))
    kept = whole.read_bytes()
    torn.write_bytes(torn.read_bytes()[:-40])
    report = project.label(threads(), chunk=2)
    assert report.made == 1
    assert len(report.torn) == 1
    assert torn.name in report.torn[0]
    assert project.table.read_bytes() == table
    assert whole.read_bytes() == kept


def test_a_fault_of_a_program_is_a_row(project: Project) -> None:
    project.programs(2, 2)
    project.write("p0.cpp", "int main() { return x; }")
    assert project.label(threads()) == LabelReport(4, 2, 4, ())
    assert [label["status"] for label in project.labels()] == ["build-failed"] * 2 + ["measured"] * 2
    assert project.label(threads()) == LabelReport(4, 2, 0, ())


def test_programs_that_are_alike_are_measured_once_and_stand_in_the_table_each(project: Project) -> None:
    project.programs(1, 2)
    project.write("copy.cpp", LOOP % 7)
    line = {"program": "p0.cpp", "inputs": ["1.in", "2.in"]}
    project.lines(line, {**line, "program": "copy.cpp"}, line)
    assert project.label(threads(2), chunk=1) == LabelReport(6, 0, 2, ())
    first, second, third = (project.labels()[place : place + 2] for place in (0, 2, 4))
    assert first == third == [{**label, "program": "p0.cpp"} for label in second]


def test_a_killed_worker_of_a_pool_that_breaks_with_it_loses_no_row(
    project: Project, another: Callable[[], Project]
) -> None:
    """The executor of the standard library is of no use once a worker was killed, so a new one is opened."""
    project.programs(3, 4)
    opened_pools = []

    def pool() -> Any:
        opened_pools.append(True)
        return processes()()

    def kill() -> None:
        until(lambda: len(project.made()) >= 1)
        os.kill(until(lambda: workers(project.rows))[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    report = project.label(pool, chunk=2)
    killer.join()
    assert report == LabelReport(12, 0, 12, ())
    assert len(opened_pools) == 2
    assert len(project.made()) == len(set(project.made())) == 12
    other = another()
    other.programs(3, 4)
    other.label(threads(2))
    assert other.table.read_bytes() == project.table.read_bytes()


def test_a_row_that_loses_every_worker_is_set_aside_and_costs_no_other_row(project: Project) -> None:
    project.programs(3, 2)
    losing = Losing("p1.cpp", "1.in")
    with pytest.raises(MeasurementError) as caught:
        project.label(lambda: opened(losing))
    assert losing.lost == 2 * TRIES
    row = f"{project.folder / 'p1.cpp'} on {project.folder / '1.in'}"
    assert str(caught.value) == (
        f"Rows could not be made: 1, the first of them {row}. "
        f"A worker was lost (worker {2 * TRIES} is gone). What was made is kept (5 of 6 rows, 0 failed); the "
        "same command goes on from there."
    )
    assert len(project.made()) == 5
    assert not project.table.exists()
    assert project.label(threads()) == LabelReport(6, 0, 1, ())


def test_a_machine_that_fails_ends_the_run_soon_and_the_next_run_goes_on(project: Project) -> None:
    project.programs(12, 1)
    compiler = project.write("bin/my-g++", '#!/bin/sh\n[ "$1" = --version ] && exec g++ "$1"\nkill -9 $$\n')
    compiler.chmod(0o755)
    settings = Settings(compiler=str(compiler))
    with pytest.raises(MeasurementError) as caught:
        project.label(threads(), settings=settings)
    assert str(caught.value).startswith("The compiler was killed, most likely because the machine ran out")
    assert "the same command goes on from there" in str(caught.value)
    assert project.made() == []
    compiler.write_text('#!/bin/sh\nexec g++ "$@"\n')
    assert project.label(threads(2), settings=settings) == LabelReport(12, 0, 12, ())


def test_rows_that_vanish_are_never_taken_for_made(project: Project) -> None:
    class Lying(ThreadPoolExecutor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **keywords: Any) -> "Future[Any]":
            chunk: Chunk = args[0]
            return super().submit(partial(Done, len(chunk.keys), 0))

    project.programs(1, 2)
    with pytest.raises(MeasurementError, match="2 finished rows have vanished"):
        project.label(lambda: opened(Lying(1)))
    assert not project.table.exists()


def test_two_runs_into_one_table_do_not_meet(project: Project) -> None:
    project.programs(1, 1)
    project.rows.mkdir()
    with driving(project.rows), pytest.raises(InputError, match="Another run is filling"):
        project.label(threads())


def test_what_stands_at_the_place_of_the_table_is_kept(project: Project) -> None:
    project.programs(1, 1)
    project.table.write_text("mine\n")
    with pytest.raises(InputError, match="is no table of labels"):
        project.label(threads())
    assert project.table.read_text() == "mine\n"
    assert not project.rows.exists()


def test_progress_never_falls_and_ends_at_the_whole(project: Project, tmp_path: Path) -> None:
    project.programs(2, 3)
    events: list[Event] = []
    request = LabelRequest(project.manifest, project.table, Settings(), 2)
    label_manifest(request, threads(), events.append)
    told = [event for event in events if isinstance(event, Progress) and "rows" in event.stage]
    assert [event.done for event in told] == sorted(event.done for event in told)
    assert [told[0].stage, told[-1].stage] == ["0 of 6 rows, 0 failed", "6 of 6 rows, 0 failed"]
    assert {event.total for event in told} == {6}
