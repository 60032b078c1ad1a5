"""Calibrating with a stand-in for gem5, stopped and gone on with; and with the real one, if any."""

import asyncio
import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from pie_lsp.corpus.loader import problems
from pie_lsp.corpus.problem import Problem
from pie_lsp.measure.estimate.formula import PART_NAMES
from pie_lsp.measure.gem5.installation import VARIABLE
from pie_lsp.research.calibrate import Calibrated, calibrate
from pie_lsp.research.labels import Table, key_of, read
from pie_lsp.values.errors import InputError, MeasurementError, MissingToolError
from pie_lsp.values.settings import Settings

from .tiny import problem_in, stand_in

TESTS = (1, 2)
REFUSED = r"another simulator, machine, .*calibrate into a new folder"


def content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def fill(path: Path, data: bytes) -> None:
    path.write_bytes(data)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Problem, ...]:
    """Two programs of one problem."""
    root = tmp_path_factory.mktemp("problems")
    problem_in(root, "sums")
    (sums,) = problems(root)
    return (replace(sums, versions=sums.versions[:2]),)


@pytest.fixture
def gem5(tmp_path: Path) -> Path:
    return stand_in(tmp_path / "gem5.fast")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "skylake-verbatim.jsonl"


@dataclass(frozen=True)
class Undisturbed:
    """What a run makes and says that nobody disturbs."""

    done: Calibrated
    said: tuple[str, ...]
    data: bytes


@pytest.fixture(scope="module")
def undisturbed(
    corpus: tuple[Problem, ...], private_cache: Path, tmp_path_factory: pytest.TempPathFactory
) -> Undisturbed:
    folder = tmp_path_factory.mktemp("undisturbed")
    path, said = folder / "table.jsonl", list[str]()
    done = asyncio.run(run(corpus, stand_in(folder / "gem5.fast"), path, said))
    return Undisturbed(done, tuple(said), path.read_bytes())


async def run(corpus: tuple[Problem, ...], gem5: Path, path: Path, *said: list[str]) -> Calibrated:
    def listener(sentence: str) -> None:
        for heard in said:
            heard.append(sentence)

    return await calibrate(corpus, TESTS, Settings(gem5=str(gem5)), path, listener)


async def stopped_after(labels: int, corpus: tuple[Problem, ...], gem5: Path, path: Path) -> None:
    """Calibrate, and be cancelled as soon as so many labels are there."""
    task = asyncio.current_task()
    assert task is not None
    heard = 0

    def listener(sentence: str) -> None:
        nonlocal heard
        heard += sentence.endswith(" cycles")
        if heard == labels:
            task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await calibrate(corpus, TESTS, Settings(gem5=str(gem5), jobs=1), path, listener)
    task.uncancel()


def test_every_program_is_labelled_on_every_test(
    corpus: tuple[Problem, ...], undisturbed: Undisturbed, path: Path
) -> None:
    done, said = undisturbed.done, undisturbed.said
    assert (done.measured, done.known, done.failed) == (4, 0, ())
    fill(path, undisturbed.data)
    assert done.table == read(path)
    (sums,) = corpus
    assert {(it.version, it.test): it.key for it in done.table.labels} == {
        (version.file, test): key_of(version.source, sums.test(test))
        for version in sums.versions
        for test in TESTS
    }
    source = done.table.source
    assert (source.machine, source.gem5, source.link) == ("skylake-verbatim", "24.0.0.1", "static")
    assert (source.flags, source.events) == (Settings().flags, PART_NAMES)
    assert re.fullmatch("[0-9a-f]{64}", source.configuration)
    # What gem5 counted is the recorded run's; what the estimate counted is that of each program.
    assert {(it.instructions, it.micro_ops) for it in done.table.labels} == {(37_720, 77_312)}
    by_version = [[it.counts[1] for it in done.table.labels if it.test == test] for test in TESTS]
    for counted in by_version:
        assert counted == sorted(counted, reverse=True) and len(set(counted)) == 2
    assert said[0] == "4 of 4 labels are to be measured"
    assert sorted(said[1:]) == sorted(
        f"sums {it.version}, test {it.test}: {it.cycles:,} cycles" for it in done.table.labels
    )


async def test_an_interrupted_run_goes_on_and_ends_with_the_same_bytes(
    corpus: tuple[Problem, ...], gem5: Path, path: Path, undisturbed: Undisturbed
) -> None:
    await stopped_after(1, corpus, gem5, path)
    kept = read(path)
    assert kept is not None and 1 <= len(kept.labels) < 4
    # The line that was being written when the machine went down.
    fill(path, (content(path) or b"") + b'{"problem": "sums", "vers')
    said: list[str] = []
    done = await run(corpus, gem5, path, said)
    missing = 4 - len(kept.labels)
    assert (done.measured, done.known) == (missing, len(kept.labels))
    assert said[0] == f"{missing} of 4 labels are to be measured"
    assert not {f"sums {it.version}, test {it.test}: {it.cycles:,} cycles" for it in kept.labels} & set(said)
    assert content(path) == undisturbed.data


async def test_what_is_known_is_not_measured_again(
    corpus: tuple[Problem, ...], gem5: Path, path: Path, undisturbed: Undisturbed
) -> None:
    """A simulator that says otherwise now shows which labels are new: those of the program that is new."""
    before = undisturbed.done.table
    fill(path, undisturbed.data)
    stand_in(gem5, factor=3)
    again = await run(corpus, gem5, path)
    assert (again.measured, again.known, content(path)) == (0, 4, undisturbed.data)
    (sums,) = corpus
    edited = replace(sums.versions[1], source=sums.versions[1].source + b"// edited\n")
    corpus = (replace(sums, versions=(sums.versions[0], edited)),)
    after = await run(corpus, gem5, path)
    assert (after.measured, after.known) == (2, 2)
    added = [it for it in after.table.labels if it not in before.labels]
    assert [(it.version, it.test) for it in added] == [("v2.cpp", 1), ("v2.cpp", 2)]
    # A comment changes no machine code, so the figure is the same, three times.
    old = {(it.version, it.test): it.cycles for it in before.labels}
    assert [it.cycles for it in added] == [3 * old[it.version, it.test] for it in added]


async def test_a_table_of_something_else_is_refused_and_left_alone(
    corpus: tuple[Problem, ...], gem5: Path, path: Path, undisturbed: Undisturbed
) -> None:
    fill(path, undisturbed.data)
    stand_in(gem5, machine="[another]\ntype=Cache\n")
    with pytest.raises(InputError, match=REFUSED):
        await run(corpus, gem5, path)
    stand_in(gem5)
    for other in (
        Settings(gem5=str(gem5), model="skylake-pie"),
        Settings(gem5=str(gem5), flags=("-std=c++17", "-O1"), flags_are_default=False),
    ):
        with pytest.raises(InputError, match=REFUSED):
            await calibrate(corpus, TESTS, other, path, lambda sentence: None)
    assert content(path) == undisturbed.data
    fill(path, b"these are notes\n")
    with pytest.raises(InputError, match="line 1, is no label"):
        await run(corpus, gem5, path)
    assert content(path) == b"these are notes\n"


async def test_a_program_that_cannot_be_measured_is_told_and_costs_no_other(
    corpus: tuple[Problem, ...], gem5: Path, path: Path
) -> None:
    (sums,) = corpus
    broken = replace(sums.versions[0], source=b"int main() { return undeclared; }\n")
    corpus = (replace(sums, versions=(broken, *sums.versions[1:])),)
    said: list[str] = []
    done = await run(corpus, gem5, path, said)
    assert done.measured == len(done.table.labels) == 2
    assert sorted(re.sub(r" cannot .*", "", fault) for fault in done.failed) == [
        "sums v1.cpp, test 1: v1.cpp",
        "sums v1.cpp, test 2: v1.cpp",
    ]
    assert set(done.failed) <= set(said)
    # It is tried again the next time, and the others are not.
    again = await run(corpus, gem5, path)
    assert (again.measured, again.known, again.failed) == (0, 2, done.failed)


async def test_where_no_program_can_be_measured_there_is_no_table(
    corpus: tuple[Problem, ...], gem5: Path, path: Path
) -> None:
    (sums,) = corpus
    broken = tuple(replace(version, source=b"none\n") for version in sums.versions)
    with pytest.raises(MeasurementError, match=r"No program could be measured\. sums v1.cpp, test 1: v1"):
        await run((replace(sums, versions=broken),), gem5, path)
    assert content(path) is None


async def test_without_gem5_it_says_what_to_do(
    corpus: tuple[Problem, ...], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(MissingToolError, match=f"No gem5 is named; set .*{VARIABLE}"):
        await calibrate(corpus, TESTS, Settings(), path, lambda sentence: None)
    with pytest.raises(MissingToolError, match="There is no program at"):
        await calibrate(corpus, TESTS, Settings(gem5="/none"), path, lambda sentence: None)
    with pytest.raises(InputError, match="There is no program to measure"):
        await calibrate(corpus, (), Settings(), path, lambda sentence: None)
    assert content(path) is None


async def test_with_the_real_gem5(
    corpus: tuple[Problem, ...], path: Path, tmp_path: Path, real_gem5: Path
) -> None:
    """Two programs of a few hundred thousand instructions on one test."""
    settings = Settings(gem5=str(real_gem5))
    whole = await calibrate(corpus, (1,), settings, tmp_path / "whole.jsonl", lambda sentence: None)
    first, second = whole.table.labels
    assert first.cycles > second.cycles > 0
    assert first.instructions > second.instructions > 0
    # The estimate counts what gem5 commits, but for what start-up does otherwise.
    for label in (first, second):
        assert label.counts[1] == pytest.approx(label.micro_ops, rel=0.05)
    expected = content(tmp_path / "whole.jsonl")
    assert expected is not None
    # Of a table with one label, the other alone is missing.
    fill(path, b"".join(expected.splitlines(keepends=True)[:2]) + b'{"probl')
    assert read(path) == Table(whole.table.source, (first,))
    resumed = await calibrate(corpus, (1,), settings, path, lambda sentence: None)
    assert (resumed.measured, resumed.known) == (1, 1)
    assert content(path) == expected
