"""The record of seconds: its words on the disk, its sums, and whether it is of today's estimate."""

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from pie_lsp.measure.estimate.backend import cost_digest
from pie_lsp.research.bench_measurement import held_out
from pie_lsp.research.labels import packaged
from pie_lsp.research.recorded_seconds import (
    FILE,
    RecordedSeconds,
    Recorder,
    RunSeconds,
    parse,
    read,
    recorded_seconds,
    rounded,
    write,
)
from pie_lsp.research.seconds import sample
from pie_lsp.values.errors import InputError
from pie_lsp.values.settings import Settings

DEFAULT = Settings().model
RUNS = (RunSeconds("sums", "v1.cpp", 2, 80.1, 1.5), RunSeconds("sums", "v3.cpp", 3, 3.9, 0.5))
FOUND = RecordedSeconds(Recorder("24.0.0.1", "8.2.0", "ab" * 32), RUNS)
TEXT = """\
# Written by `pie-lsp calibrate FOLDER --seconds`: processor seconds of gem5 and of the estimate over the same
# runs, one at a time on one machine. Only the ratio of their sums means anything elsewhere.

[skylake-pie]
gem5_version = "24.0.0.1"
qemu_version = "8.2.0"
estimate_digest = "{digest}"
gem5 = 84.000
estimate = 2.000
runs = [
  {{ problem = "sums", version = "v1.cpp", test = 2, gem5 = 80.100, estimate = 1.500 }},
  {{ problem = "sums", version = "v3.cpp", test = 3, gem5 = 3.900, estimate = 0.500 }},
]
""".format(digest="ab" * 32)


def test_the_ratio_says_how_many_times_less_the_estimate_takes() -> None:
    assert (FOUND.gem5, FOUND.estimate, FOUND.ratio) == (84.0, 2.0, 42.0)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / FILE
    assert read(path) == {}
    write(path, {"skylake-pie": replace(FOUND, runs=RUNS[::-1])})
    assert path.read_text() == TEXT
    assert read(path) == {"skylake-pie": FOUND}
    both = {"skylake-verbatim": replace(FOUND, runs=RUNS[:1]), "skylake-pie": FOUND}
    write(path, both)
    assert read(path) == both
    assert [it.name for it in tmp_path.iterdir()] == [FILE]


def test_more_digits_than_are_written_are_not_kept() -> None:
    assert rounded(RunSeconds("sums", "v1.cpp", 2, 80.10049, 1.49951)) == RUNS[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("gem5 = 84.000", "gem5 = 85.000"),
        ("estimate = 2.000", "estimate = 1.170"),
        ("gem5 = 3.900", "gem5 = 0.0"),
        ("[skylake-pie]\n", ""),
        ('gem5_version = "24.0.0.1"\n', ""),
        ("version = ", "name = "),
        ("runs = [", "runs = "),
        (TEXT[TEXT.index("runs = [") :], "runs = []"),
    ],
)
def test_a_file_that_was_written_otherwise_is_refused(old: str, new: str) -> None:
    assert parse(TEXT, "it") == {"skylake-pie": FOUND}
    assert old in TEXT
    with pytest.raises(InputError, match="it: this is no record of seconds"):
        parse(TEXT.replace(old, new), "it")


def test_what_an_older_estimate_took_is_outdated(monkeypatch: pytest.MonkeyPatch) -> None:
    today = replace(FOUND, recorder=replace(FOUND.recorder, estimate_digest=cost_digest()))
    assert (FOUND.outdated, today.outdated) == (True, False)
    monkeypatch.setattr("pie_lsp.measure.estimate.backend.plugin_digest", lambda: "another plug-in")
    assert today.outdated


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Seconds cannot be written to"):
        write(tmp_path / "gone" / FILE, {"skylake-pie": FOUND})
    (tmp_path / FILE).mkdir()
    with pytest.raises(InputError, match=r"The seconds .* cannot be read"):
        read(tmp_path / FILE)


def test_the_packaged_seconds_are_of_labelled_programs_and_as_the_command_writes_them(tmp_path: Path) -> None:
    resource = files("pie_lsp.measure.estimate").joinpath("labels", FILE)
    path = tmp_path / FILE
    path.write_bytes(resource.read_bytes())
    found = read(path)
    assert DEFAULT in found
    sampled = {job.key for job in sample(held_out())}
    for name, recorded in found.items():
        assert recorded == recorded_seconds(name)
        keys = [run.key for run in recorded.runs]
        assert len(set(keys)) == len(keys)
        assert set(keys) <= sampled
        assert recorded.recorder.gem5_version == packaged(name).source.gem5
        assert recorded.ratio > 1.0
    write(path, found)
    assert path.read_bytes() == resource.read_bytes()


def test_of_another_machine_nothing_is_said() -> None:
    assert recorded_seconds("pentium") is None
