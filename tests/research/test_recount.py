"""Counting labelled programs anew: gem5's cycles stay, and gem5 is not asked."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pie_lsp.corpus.loader import problems
from pie_lsp.corpus.problem import Problem
from pie_lsp.measure.estimate.formula import PART_NAMES
from pie_lsp.research.calibrate import calibrate
from pie_lsp.research.labels import Table, read, write
from pie_lsp.research.recount import recount
from pie_lsp.values.errors import InputError
from pie_lsp.values.settings import Settings

from .tiny import problem_in, stand_in

MACHINES = ("skylake-verbatim", "skylake-pie")


@pytest.fixture
def corpus(tmp_path: Path) -> tuple[Problem, ...]:
    """Two programs of one problem."""
    problem_in(tmp_path / "problems", "sums")
    (sums,) = problems(tmp_path / "problems")
    return (replace(sums, versions=sums.versions[:2]),)


def path_in(folder: Path, machine: str) -> Path:
    return folder / f"{machine}.jsonl"


async def labelled(corpus: tuple[Problem, ...], folder: Path) -> dict[str, Table]:
    """The tables of both machines, as today's estimate counts."""
    gem5 = stand_in(folder / "gem5.fast")
    tables = {}
    for name in MACHINES:
        settings = Settings(gem5=str(gem5), model=name)
        await calibrate(corpus, (1,), settings, path_in(folder, name), lambda _: None)
        table = read(path_in(folder, name))
        assert table is not None
        tables[name] = table
    gem5.unlink()
    return tables


def outdated(table: Table) -> Table:
    """The same labels with what an estimate of two events, and of other numbers, once counted."""
    labels = tuple(replace(label, counts=(1, 2)) for label in table.labels)
    return Table(replace(table.source, events=("one", "another")), labels)


def contents(folder: Path) -> list[bytes]:
    return [path_in(folder, name).read_bytes() for name in MACHINES]


async def test_old_counts_become_those_of_today_and_the_cycles_stay(
    corpus: tuple[Problem, ...], tmp_path: Path
) -> None:
    today = await labelled(corpus, tmp_path)
    for name, table in today.items():
        write(path_in(tmp_path, name), outdated(table))
    said: list[str] = []
    found = await recount(corpus, tmp_path, Settings(), said.append)
    assert {table.source.machine: table for table in found} == today
    assert {name: read(path_in(tmp_path, name)) for name in MACHINES} == today
    assert all(table.source.events == PART_NAMES for table in found)
    assert sorted(said) == ["sums v1.cpp, test 1: counted", "sums v2.cpp, test 1: counted"]
    # Of one machine alone, and once more: the same bytes.
    before = contents(tmp_path)
    path_in(tmp_path, "skylake-pie").unlink()
    (alone,) = await recount(corpus, tmp_path, Settings(), said.append)
    assert path_in(tmp_path, "skylake-verbatim").read_bytes() == before[0]
    assert alone == today["skylake-verbatim"]


def edited(corpus: tuple[Problem, ...]) -> tuple[Problem, ...]:
    (sums,) = corpus
    changed = replace(sums.versions[1], source=b"// Another program.\n" + sums.versions[1].source)
    return (replace(sums, versions=(sums.versions[0], changed)),)


@pytest.mark.parametrize(
    ("change", "settings", "sentence"),
    [
        (edited, Settings(), r"sums v2.cpp, test 1, is another program now .*calibrate into a new folder"),
        (lambda corpus: (), Settings(), "sums v1.cpp, test 1, is another program now"),
        (
            lambda corpus: corpus,
            Settings(flags=("-std=c++17", "-O1"), flags_are_default=False),
            "recount with that compiler and these flags",
        ),
    ],
)
async def test_labels_of_other_programs_are_refused_and_left_alone(
    corpus: tuple[Problem, ...],
    tmp_path: Path,
    change: Callable[[tuple[Problem, ...]], tuple[Problem, ...]],
    settings: Settings,
    sentence: str,
) -> None:
    for name, table in (await labelled(corpus, tmp_path)).items():
        write(path_in(tmp_path, name), outdated(table))
    before = contents(tmp_path)
    with pytest.raises(InputError, match=sentence):
        await recount(change(corpus), tmp_path, settings, lambda _: None)
    assert contents(tmp_path) == before


async def test_without_a_table_it_says_what_to_do(corpus: tuple[Problem, ...], tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no table of labels in .*; calibrate into it first"):
        await recount(corpus, tmp_path, Settings(), lambda _: None)
