"""``pie-lsp measure --manifest`` as people run and kill it: no row lost, none double, the same bytes."""

import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from ..research.conftest import Project
from ..research.waiting import until, workers
from .conftest import Run

SLEEPER = """\
#include <cstdio>
#include <unistd.h>
int main() {
    int n = 0;
    if (std::scanf("%d", &n) == 1) usleep(700000);
    std::printf("%d\\n", n);
}
"""
"""The program that is measured last: while it sleeps, whatever happens happens in mid-run."""


def written(folder: Path) -> Project:
    """Four programs with three inputs each, twelve rows."""
    project = Project(folder)
    project.programs(3, 3)
    project.write("sleeper.cpp", SLEEPER)
    with project.manifest.open("a") as manifest:
        manifest.write(json.dumps({"program": "sleeper.cpp", "inputs": ["1.in", "2.in", "3.in"]}) + "\n")
    return project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return written(tmp_path)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The table as one worker makes it that nobody disturbs."""
    project = written(tmp_path_factory.mktemp("undisturbed"))
    process = started(project, workers=1)
    output, _ = process.communicate(timeout=600)
    assert (process.returncode, json.loads(output)["made"]) == (0, 12)
    return project.table.read_bytes()


def command(project: Project, workers: int = 2) -> list[str]:
    script = str(Path(sys.executable).parent / "pie-lsp")
    words = ["--manifest", project.manifest, "--out", project.table, "--workers", workers, "--chunk", 2]
    return [script, "measure", "--json", *map(str, words)]


def started(project: Project, workers: int = 2) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command(project, workers),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # Whoever runs the tests in the background of a shell has Ctrl-C ignored, and we would inherit that.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )


def in_mid_run(project: Project) -> None:
    """Wait until some rows are there."""
    until(lambda: len(project.made()) >= 2)
    assert len(project.made()) < 12


def finished(project: Project, run: Run) -> dict[str, object]:
    done = run(*command(project)[1:])
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert isinstance(document, dict)
    return document


def test_two_workers_make_the_table_of_one(project: Project, pie_lsp: Run, expected: bytes) -> None:
    document = finished(project, pie_lsp)
    assert document == {
        "schema": 1,
        "table": str(project.table),
        "rows": 12,
        "failed": 0,
        "made": 12,
        "torn": [],
    }
    assert project.table.read_bytes() == expected
    assert {label["status"] for label in project.labels()} == {"measured"}
    again = pie_lsp("measure", "--manifest", project.manifest, "--out", project.table)
    assert again.stdout == (
        b"table.jsonl: 12 rows, 0 of them faults of their program; 0 measured now, the others were there\n"
    )
    assert again.stderr == b"reading programs and inputs\n12 of 12 rows, 0 failed\n"


def test_a_killed_worker_costs_no_row(project: Project, expected: bytes) -> None:
    process = started(project)
    in_mid_run(project)
    os.kill(until(lambda: workers(project.rows))[0], signal.SIGKILL)
    output, said = process.communicate(timeout=600)
    assert process.returncode == 0, said
    assert json.loads(output)["made"] == 12
    assert len(project.made()) == len(set(project.made())) == 12
    assert project.table.read_bytes() == expected


def test_after_a_killed_driver_only_the_missing_rows_are_made(
    project: Project, pie_lsp: Run, expected: bytes
) -> None:
    process = started(project)
    in_mid_run(project)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=600)
    until(lambda: not workers(project.rows))
    there = {path: path.read_bytes() for path in project.rows.glob("??/*.jsonl")}
    kept = project.made()
    assert 2 <= len(kept) == len(set(kept)) < 12
    assert not project.table.exists()
    assert finished(project, pie_lsp)["made"] == 12 - len(kept)
    assert {path: path.read_bytes() for path in there} == there
    assert len(project.made()) == len(set(project.made())) == 12
    assert project.table.read_bytes() == expected


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_run_keeps_its_rows_and_says_how_to_go_on(
    project: Project, number: int, status: int
) -> None:
    process = started(project)
    in_mid_run(project)
    os.killpg(process.pid, number)
    output, said = process.communicate(timeout=600)
    assert (process.returncode, output) == (status, b"")
    lines = said.decode().splitlines()
    (stopped,) = [line for line in lines if line.startswith("stopped at ")]
    counted = int(stopped.split()[2])
    assert stopped == f"stopped at {counted} of 12 rows, 0 failed; all are kept, and the same command goes on"
    assert lines[-1] == (
        stopped
        if number == signal.SIGTERM
        else "pie-lsp: interrupted; everything that was started has ended."
    )
    assert "Traceback" not in said.decode()
    until(lambda: not workers(project.rows))
    assert 2 <= counted <= len(project.made()) < 12
    assert not project.table.exists()


WRONG = [
    (["--manifest", "m.jsonl"], "--manifest needs --out TABLE"),
    (["--out", "t.jsonl"], "--out belongs to --manifest"),
    (["--workers", "2", "a.cpp"], "--workers belongs to --manifest"),
    (["--parsl-config", "c.py"], "--parsl-config belongs to --manifest"),
    (["--manifest", "m.jsonl", "--out", "t.jsonl", "a.cpp"], "leave FILE and --input out"),
    (["--manifest", "m.jsonl", "--out", "t.jsonl", "--input", "1.in"], "leave FILE and --input out"),
    (
        ["--manifest", "m.jsonl", "--out", "t.jsonl", "--workers", "2", "--parsl-config", "c.py"],
        "leave --workers out",
    ),
    (["--manifest", "m.jsonl", "--out", "t.jsonl", "--workers", "0"], "0 is not at least 1"),
    (["--manifest", "m.jsonl", "--out", "t.jsonl"], "m.jsonl cannot be read"),
    (["--manifest", "manifest.jsonl", "--out", "p0.cpp"], "is no table of labels"),
    (["--manifest", "manifest.jsonl", "--out", "manifest.jsonl"], "is no table of labels"),
    (
        ["--manifest", "manifest.jsonl", "--out", "t.jsonl", "--backend", "native"],
        "figures from a clock never",
    ),
    ([], "measure needs a FILE, or a --manifest"),
]


@pytest.mark.parametrize(("words", "sentence"), WRONG)
def test_wrong_use_is_one_sentence(project: Project, pie_lsp: Run, words: list[str], sentence: str) -> None:
    before = {path: path.read_bytes() for path in project.folder.iterdir()}
    done = pie_lsp("measure", *words, cwd=project.folder)
    assert (done.returncode, done.stdout) == (2, b"")
    assert sentence in done.stderr.decode()
    assert done.stderr.decode().count("\n") == 1
    assert {path: path.read_bytes() for path in project.folder.iterdir()} == before


def test_a_configuration_of_the_users_is_run(project: Project, pie_lsp: Run, expected: bytes) -> None:
    project.write(
        "cluster.py",
        "from parsl.config import Config\n"
        "from parsl.executors import ThreadPoolExecutor\n"
        "config = Config(executors=[ThreadPoolExecutor(max_threads=2)])\n",
    )
    words = ("--manifest", "manifest.jsonl", "--out", "table.jsonl", "--parsl-config", "cluster.py")
    done = pie_lsp("measure", *words, cwd=project.folder)
    assert done.returncode == 0, done.stderr
    assert project.table.read_bytes() == expected
