"""Recording seconds with a stand-in for gem5, stopped and gone on with; and with the real one, if any."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from pie_lsp.corpus.loader import problems
from pie_lsp.corpus.problem import Problem
from pie_lsp.measure.estimate.backend import cost_digest
from pie_lsp.measure.estimate.plugin import prepare_emulator
from pie_lsp.measure.gem5.installation import VARIABLE
from pie_lsp.research.bench_measurement import held_out
from pie_lsp.research.recorded_seconds import FILE, RecordedSeconds, Recorder, RunSeconds, read, write
from pie_lsp.research.seconds import Job, Recording, record_seconds, sample
from pie_lsp.values.errors import InputError, MeasurementError, MissingToolError
from pie_lsp.values.settings import Settings

from .tiny import problem_in, stand_in

MACHINE = "skylake-verbatim"


@pytest.fixture(scope="module")
def sums(tmp_path_factory: pytest.TempPathFactory) -> Problem:
    """Three programs of one problem."""
    root = tmp_path_factory.mktemp("problems")
    problem_in(root, "sums")
    (found,) = problems(root)
    return found


@pytest.fixture
def gem5(tmp_path: Path) -> Path:
    return stand_in(tmp_path / "gem5.fast")


async def record(jobs: tuple[Job, ...], gem5: Path, path: Path, *said: list[str]) -> Recording:
    def listener(sentence: str) -> None:
        for heard in said:
            heard.append(sentence)

    return await record_seconds(jobs, Settings(gem5=str(gem5)), path, listener)


def today() -> Recorder:
    return Recorder("24.0.0.1", prepare_emulator().version, cost_digest())


def test_the_sample_is_the_first_and_the_last_version_of_what_no_fit_has_seen() -> None:
    chosen = held_out()
    jobs = sample(chosen)
    ends = {(problem.name, problem.versions[end].file) for problem in chosen for end in (0, -1)}
    assert {job.key for job in jobs} == {
        (problem.name, file, test)
        for problem in chosen
        for name, file in ends
        for test in ((2, 3) if problem.family == "memory" else (2,))
        if name == problem.name
    }
    assert len(jobs) == len({job.key for job in jobs}) >= 20
    assert {job.test for job in jobs} == {2, 3}


def test_named_tests_and_a_problem_of_one_version(sums: Problem) -> None:
    assert [job.key for job in sample([sums], (1, 4))] == [
        ("sums", file, test) for file in ("v3.cpp", "v1.cpp") for test in (1, 4)
    ]
    assert len(sample([replace(sums, versions=sums.versions[:1])])) == 1


async def test_a_recording_names_runs_and_tools(sums: Problem, gem5: Path, tmp_path: Path) -> None:
    path, said = tmp_path / FILE, list[str]()
    elsewhere = RecordedSeconds(Recorder("1", "2", "3"), (RunSeconds("p", "v1.cpp", 2, 9.0, 1.0),))
    write(path, {"skylake-pie": elsewhere})
    done = await record(sample([sums], (1,)), gem5, path, said)
    assert (done.measured, done.failed) == (2, ())
    assert done.seconds.recorder == today()
    assert not done.seconds.outdated
    assert [run.key for run in done.seconds.runs] == [("sums", "v1.cpp", 1), ("sums", "v3.cpp", 1)]
    assert [sentence.split(":")[0] for sentence in said] == ["sums v3.cpp, test 1", "sums v1.cpp, test 1"]
    assert read(path) == {MACHINE: done.seconds, "skylake-pie": elsewhere}


async def test_a_stopped_recording_goes_on_with_what_is_missing(
    sums: Problem, gem5: Path, tmp_path: Path
) -> None:
    path, jobs = tmp_path / FILE, sample([sums], (1,))
    task = asyncio.current_task()
    assert task is not None

    def stop(sentence: str) -> None:
        task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await record_seconds(jobs, Settings(gem5=str(gem5)), path, stop)
    task.uncancel()
    (kept,) = read(path)[MACHINE].runs
    assert kept.key == jobs[0].key
    said = list[str]()
    done = await record(jobs, gem5, path, said)
    assert (done.measured, len(said), len(done.seconds.runs)) == (1, 1, 2)
    assert kept in done.seconds.runs


@pytest.mark.parametrize("part", ["gem5_version", "qemu_version", "estimate_digest"])
async def test_seconds_of_other_tools_or_of_other_runs_are_not_kept(
    sums: Problem, gem5: Path, tmp_path: Path, part: str
) -> None:
    path = tmp_path / FILE
    last = RunSeconds("sums", "v3.cpp", 1, 9.0, 1.0)
    another = RunSeconds("sums", "v2.cpp", 1, 9.0, 1.0)
    jobs = sample([sums], (1,))[:1]
    write(path, {MACHINE: RecordedSeconds(today(), (last, another))})
    assert (await record(jobs, gem5, path)).seconds.runs == (last,)
    write(path, {MACHINE: RecordedSeconds(replace(today(), **{part: "old"}), (last,))})
    done = await record(jobs, gem5, path)
    assert (done.measured, done.seconds.recorder) == (1, today())
    assert done.seconds.runs != (last,)


async def test_a_program_that_cannot_be_measured_is_told_and_the_others_are_recorded(
    sums: Problem, gem5: Path, tmp_path: Path
) -> None:
    first, *_, last = sums.versions
    broken = replace(sums, versions=(first, replace(last, source=b"int main() { return gone; }\n")))
    done = await record(sample([broken], (1,)), gem5, tmp_path / FILE)
    (sentence,) = done.failed
    assert sentence.startswith("sums v3.cpp, test 1: v3.cpp cannot be built")
    assert [run.key for run in done.seconds.runs] == [("sums", "v1.cpp", 1)]
    with pytest.raises(MeasurementError, match=r"No program could be measured\. sums v3\.cpp, test 1"):
        await record(sample([broken], (1,))[:1], gem5, tmp_path / "other.toml")
    assert not (tmp_path / "other.toml").exists()


async def test_without_gem5_or_programs_it_says_what_to_do(
    sums: Problem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(MissingToolError, match="No gem5 is named"):
        await record_seconds(sample([sums]), Settings(), tmp_path / FILE, lambda sentence: None)
    with pytest.raises(InputError, match="There is no program to measure"):
        await record_seconds((), Settings(), tmp_path / FILE, lambda sentence: None)
    assert not (tmp_path / FILE).exists()


async def test_with_the_real_gem5(sums: Problem, tmp_path: Path, real_gem5: Path) -> None:
    done = await record(sample([sums], (1,)), real_gem5, tmp_path / FILE)
    assert [run.key for run in done.seconds.runs] == [("sums", "v1.cpp", 1), ("sums", "v3.cpp", 1)]
    assert read(tmp_path / FILE) == {MACHINE: done.seconds}
    assert done.seconds.recorder.qemu_version == prepare_emulator().version
    assert done.seconds.recorder.gem5_version[0].isdigit()
