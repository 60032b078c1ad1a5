"""``pie-lsp calibrate`` on a small corpus in a copy of the package, with a stand-in for gem5, killed once."""

import os
import shutil
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import pie_lsp
from pie_lsp.measure.estimate.formula import PRICE_NAMES
from pie_lsp.measure.gem5.installation import VARIABLE, find_runner
from pie_lsp.research.labels import read
from pie_lsp.research.recorded_seconds import read as read_seconds

from ..research.tiny import problem_in, stand_in
from ..research.waiting import until
from .conftest import Run

PACKAGE = Path(pie_lsp.__file__).parent
LABELS = 9


@pytest.fixture
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the package: two families to fit, and a problem to judge the fit by."""
    root = tmp_path_factory.mktemp("copy")
    shutil.copytree(PACKAGE, root / "pie_lsp", ignore=shutil.ignore_patterns("problems", "__pycache__"))
    corpus = root / "pie_lsp" / "corpus" / "problems"
    problem_in(corpus, "sums", family="io")
    problem_in(corpus, "totals", family="memory")
    problem_in(corpus, "lines", family="io", split="test")
    return root


def started(copy: Path, *words: str | Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "pie_lsp", "calibrate", *map(str, words)],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": f"{copy}{os.pathsep}{find_runner().parent}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def test_a_killed_run_goes_on_and_ends_with_coefficients(copy: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "labels"
    table = folder / "skylake-verbatim.jsonl"
    words = (folder, "--test", "1", "--gem5", stand_in(tmp_path / "gem5.fast"))
    process = started(copy, *words)
    until(lambda: table.is_file() and table.read_bytes().count(b"\n") >= 3)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=600)
    kept = read(table)
    assert kept is not None and 2 <= len(kept.labels) < LABELS
    assert list(folder.iterdir()) == [table]

    output, said = started(copy, *words).communicate(timeout=600)
    lines = output.decode().splitlines()
    assert lines[0] == f"{table}: {LABELS} labels, {LABELS - len(kept.labels)} of them new", said
    assert said.decode().startswith(f"{LABELS - len(kept.labels)} of {LABELS} labels are to be measured\n")
    whole = read(table)
    assert whole is not None
    assert set(kept.labels) < set(whole.labels)
    assert [(it.problem, it.version, it.test) for it in whole.labels] == [
        (name, f"v{number}.cpp", 1) for name in ("lines", "sums", "totals") for number in (1, 2, 3)
    ]
    # Six programs to fit, in two families of three pairs each; three pairs to judge by.
    assert lines[1].startswith("training problems, each family left out in turn: 6 pairs, tau ")
    assert lines[2].startswith("test problems: 3 pairs, tau ")
    coefficients = folder / "skylake-verbatim.toml"
    assert lines[3:] == [f"coefficients: {coefficients}"]
    row = tomllib.loads(coefficients.read_text())["machine"]["skylake-verbatim"]
    assert (row["gem5"], row["configuration"]) == (whole.source.gem5, whole.source.configuration)
    assert row["programs"] == 6
    assert all(type(row[name]) is int and row[name] >= 0 for name in PRICE_NAMES)

    # Counted anew without gem5, it is the same table, and the same coefficients.
    before = table.read_bytes(), coefficients.read_bytes()
    table.write_bytes(before[0].replace(b'"fetch blocks"', b'"blocks that were fetched"'))
    coefficients.unlink()
    output, said = started(copy, folder, "--recount").communicate(timeout=600)
    again = output.decode().splitlines()
    assert again == [f"skylake-verbatim: {LABELS} labels counted anew", *lines[1:]], said
    assert (table.read_bytes(), coefficients.read_bytes()) == before


def test_seconds_are_recorded_of_held_out_programs(copy: Path, tmp_path: Path) -> None:
    gem5 = stand_in(tmp_path / "gem5.fast")
    folder = tmp_path / "new"
    process = started(copy, folder, "--seconds", "--test", "1", "--gem5", gem5)
    output, said = process.communicate(timeout=600)
    assert process.returncode == 0, said
    path = folder / "seconds.toml"
    first, second = output.decode().splitlines()
    assert first == f"{path}: 2 runs for skylake-verbatim, 2 of them new"
    found = read_seconds(path)["skylake-verbatim"]
    assert second == f"gem5 {found.gem5:.1f} s, estimate {found.estimate:.2f} s: {found.ratio:.0f} times less"
    # No table of labels learns of it.
    assert list(folder.iterdir()) == [path]
    # What is there already is not measured again.
    output, said = started(copy, folder, "--seconds", "--test", "1", "--gem5", gem5).communicate(timeout=600)
    assert output.decode().splitlines() == [first.replace("2 of them", "0 of them"), second], said
    assert read_seconds(path) == {"skylake-verbatim": found}
    assert {(run.problem, run.version, run.test) for run in found.runs} == {
        ("lines", "v1.cpp", 1),
        ("lines", "v3.cpp", 1),
    }


def test_labels_that_are_too_few_to_fit_are_kept(copy: Path, tmp_path: Path) -> None:
    (copy / "pie_lsp" / "corpus" / "problems" / "lines" / "v3.cpp").write_text(
        "int main() { return gone; }\n"
    )
    gem5 = stand_in(tmp_path / "gem5.fast")
    process = started(copy, tmp_path, "--test", "1", "--problem", "lines", "--gem5", gem5)
    output, said = process.communicate(timeout=600)
    table = tmp_path / "skylake-verbatim.jsonl"
    first, failed = output.decode().splitlines()
    assert first == f"{table}: 2 labels, 2 of them new"
    assert failed.startswith("lines v3.cpp, test 1: v3.cpp cannot be built")
    assert process.returncode == 2
    assert (
        said.decode().splitlines()[-1].startswith("pie-lsp: The table has too few labels yet: two families")
    )
    found = read(table)
    assert found is not None and len(found.labels) == 2
    assert not (tmp_path / "skylake-verbatim.toml").exists()


def test_without_gem5_it_is_status_2_and_the_way_out(pie_lsp: Run, tmp_path: Path) -> None:
    done = pie_lsp("calibrate", tmp_path, environment={VARIABLE: ""})
    assert (done.returncode, done.stdout) == (2, b"")
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("pie-lsp: No gem5 is named; set ")
    assert "--gem5" in line and VARIABLE in line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("{folder}", "--gem5", "{folder}/none"), "There is no program at "),
        (("{folder}", "--problem", "gone"), "There is no problem 'gone'"),
        (("{folder}", "--test", "0"), "0 is not at least 1"),
        (("{folder}", "--test", "11"), "has no test 11"),
        (("{folder}/file/labels",), "cannot be made"),
        ((), "FOLDER"),
    ],
)
def test_wrong_use_is_one_sentence(
    pie_lsp: Run, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    (tmp_path / "file").touch()
    done = pie_lsp("calibrate", *(word.format(folder=tmp_path) for word in words))
    assert (done.returncode, done.stdout) == (2, b"")
    assert sentence in done.stderr.decode()
    assert done.stderr.decode().count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
