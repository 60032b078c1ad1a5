import dataclasses

import pytest

from pie_lsp.research.at_work import anybody_works
from pie_lsp.research.plan import chunks
from pie_lsp.research.recipe import Recipe
from pie_lsp.research.rows import RowFolder, row_line
from pie_lsp.research.worker import Chunk, Done, state_of, work
from pie_lsp.values.settings import Settings

from .conftest import Project


def chunk_of(project: Project, settings: Settings | None = None, size: int = 9) -> Chunk:
    project.programs(1, 3)
    folder = RowFolder(project.rows)
    folder.make()
    return chunks(project.plan(settings), {}, folder.path, size)[0]


def test_rows_are_written_by_the_worker_itself(project: Project) -> None:
    chunk = chunk_of(project)
    assert state_of(chunk) == Done(0, 0)
    assert work(chunk) == Done(3, 0) == state_of(chunk)
    assert sorted(RowFolder(project.rows).read().lines) == sorted(chunk.keys)
    assert not anybody_works(project.rows)


def test_a_second_worker_makes_only_what_the_first_left(project: Project) -> None:
    """Rows that are there are taken as they are, which a changed one shows."""
    chunk = chunk_of(project)
    work(chunk)
    file = RowFolder(project.rows).chunk(chunk.name)
    file.read()
    first, _, third = file.rows
    marked = dataclasses.replace(first, cost=1)
    (project.rows / chunk.name[:2] / f"{chunk.name}.jsonl").write_bytes(row_line(marked))
    assert work(chunk) == Done(3, 0)
    lines = RowFolder(project.rows).read().lines
    assert lines[first.key] == row_line(marked)
    assert lines[third.key] == row_line(third)


def test_faults_of_programs_are_counted(project: Project) -> None:
    chunk = chunk_of(project)
    project.write("p0.cpp", "int main() { return x; }")
    broken = chunks(project.plan(), {}, project.rows, 9)[0]
    assert work(broken) == Done(3, 3)
    assert work(chunk).rows == 0


def test_what_changed_since_it_was_planned_is_no_row(project: Project) -> None:
    chunk = chunk_of(project)
    project.write("2.in", "1\n")
    done = work(chunk)
    assert done.rows == 0
    assert done.problem is not None
    assert "2.in changed during the run" in done.problem


@pytest.mark.parametrize("what", ["compiler", "library", "model"])
def test_figures_of_a_machine_that_differs_never_enter_the_table(project: Project, what: str) -> None:
    chunk = chunk_of(project)
    other: Recipe = dataclasses.replace(chunk.recipe, **{what: "of another machine"})  # type: ignore[arg-type]
    done = work(dataclasses.replace(chunk, recipe=other))
    assert done.rows == 0
    assert done.problem is not None
    assert f"would measure with {what} " in done.problem
    assert "started with of another machine; make the machines alike" in done.problem


def test_a_fault_of_the_machine_is_told_and_leaves_no_row(project: Project) -> None:
    chunk = chunk_of(project)
    missing = dataclasses.replace(chunk, settings=dataclasses.replace(chunk.settings, compiler="no-compiler"))
    done = work(missing)
    assert (done.rows, done.failed) == (0, 0)
    assert done.problem is not None
    assert "compiler no-compiler was not found" in done.problem
    nowhere = dataclasses.replace(chunk, folder=project.folder / "nowhere")
    assert "No such file" in str(work(nowhere).problem)
    assert list(project.rows.glob("??")) == []


def test_a_row_that_cannot_be_kept_ends_the_chunk(project: Project) -> None:
    chunk = chunk_of(project)
    (project.rows / chunk.name[:2]).write_bytes(b"")
    done = work(chunk)
    assert done.rows == 0
    assert "cannot be written" in str(done.problem)
