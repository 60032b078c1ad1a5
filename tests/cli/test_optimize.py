"""The real console script on real programs."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pie_lsp.cli.progress import verdict
from pie_lsp.values.events import CandidateJudged

from .conftest import SLOW, Run

FAST = SLOW.replace(b"out = out + word", b"out += word")
DEADLINE_SECONDS = 120.0


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "what was waited for did not happen"
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (CandidateJudged("Append", "f", 3.1, None), "  f: Append: 3.10x"),
        (
            CandidateJudged("Buffer", "f", 3.1, None, by_clock=True),
            "  f: Buffer: 3.10x less processor time on this machine",
        ),
        (CandidateJudged("Append", "f", None, "It is slower."), "  f: Append: rejected: It is slower."),
    ],
)
def test_a_verdict_is_a_line(event: CandidateJudged, line: str) -> None:
    assert verdict(event) == line


def test_json_and_apply(pie_lsp: Run, project: Path) -> None:
    project.chmod(0o640)
    done = pie_lsp("optimize", "--json", "--apply", project.name, cwd=project.parent)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["schema"] == 1
    assert document["file"] == str(project)
    assert document["tests"]["count"] == 2
    assert document["applied"] == 1
    best = document["suggestions"][0]
    assert (best["proposer"], best["function"], best["line"]) == ("S1", "repeat", 4)
    assert best["speedup"] == document["baseline"]["cost"] / best["cost"] > 1.5
    assert [test["name"] for test in best["per_test"]] == ["large", "small"]
    assert sum(test["new_cost"] for test in best["per_test"]) == best["cost"]
    assert project.read_bytes() == FAST
    assert stat.S_IMODE(project.stat().st_mode) == 0o640
    assert b"suggestion 1 was written" in done.stderr
    again = project.parent / "again"
    again.mkdir()
    (again / project.name).write_bytes(SLOW)
    subprocess.run(["patch", "-p1"], cwd=again, input=best["diff"].encode(), check=True, capture_output=True)
    assert (again / project.name).read_bytes() == FAST


def test_people_get_a_table_and_a_diff(pie_lsp: Run, project: Path) -> None:
    sarif, comment = project.parent / "out.sarif", project.parent / "out.md"
    outputs = ("--sarif", sarif, "--markdown", comment, "--fail-on-suggestion")
    done = pie_lsp("optimize", project, *outputs, environment={"PYTHONIOENCODING": "ascii"})
    said = done.stdout.decode("ascii")
    assert done.returncode == 1
    assert "repeat@4" in said
    assert "\n-        out = out + word;\n+        out += word;\n" in said
    assert project.read_bytes() == SLOW
    # Outside a work tree of git, the folder of the file is what it is named from.
    (result,) = json.loads(sarif.read_text())["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "a%20program.cpp", "uriBaseId": "%SRCROOT%"}
    assert "\n+        out += word;\n" in comment.read_text()


def test_bytes_survive_from_shift_jis_and_crlf(pie_lsp: Run, project: Path) -> None:
    comment = "// 文字列を繰り返し連結して表示する\n".encode("cp932")
    source = (comment + SLOW).replace(b"\n", b"\r\n").rstrip()
    project.write_bytes(source)
    done = pie_lsp("optimize", "--json", "--flags", "-std=c++20 -O2", "--function", "repeat@5", project)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["toolchain"]["flags"] == ["-std=c++20", "-O2"]
    assert [function["name"] for function in document["functions"]] == ["repeat"]
    diff = document["suggestions"][0]["diff"].encode(document["encoding"])
    subprocess.run(["git", "apply"], cwd=project.parent, input=diff, check=True, capture_output=True)
    assert project.read_bytes() == source.replace(b"out = out + word", b"out += word")


def test_without_a_test_nothing_is_offered_and_it_says_how_to_add_one(pie_lsp: Run, project: Path) -> None:
    shutil.rmtree(project.with_suffix(".tests"))
    done = pie_lsp("optimize", "--json", project)
    document = json.loads(done.stdout)
    assert done.returncode == 0
    assert document["suggestions"] == []
    assert "a program.tests/1.in" in " ".join(document["advice"])


@pytest.mark.parametrize(
    ("source", "words", "sentence"),
    [
        (SLOW + b"oops", (), "does not compile"),
        (SLOW, ("--function", "nothing"), "nothing"),
        (SLOW, ("--compiler", "no-such-compiler"), "no-such-compiler was not found"),
        (SLOW, ("--backend", "gem5"), "No gem5 is named"),
        (SLOW, ("--model", "abacus"), "abacus"),
    ],
)
def test_what_cannot_be_worked_on_is_one_sentence(
    pie_lsp: Run, project: Path, source: bytes, words: tuple[str, ...], sentence: str
) -> None:
    project.write_bytes(source)
    done = pie_lsp("optimize", project, *words)
    last = done.stderr.decode().splitlines()[-1]
    assert (done.returncode, done.stdout) == (2, b"")
    assert last.startswith("pie-lsp: ")
    assert sentence in last
    assert b"Traceback" not in done.stderr
    assert project.read_bytes() == source


@pytest.fixture
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for temporary files of what is `started`."""
    return tmp_path_factory.mktemp("scratch")


@pytest.fixture
def started(project: Path, scratch: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """``optimize --json --apply`` at work on a program that does not end."""
    (project.with_suffix(".tests") / "endless.in").write_bytes(b"x -1\n")
    script = Path(sys.executable).parent / "pie-lsp"
    process = subprocess.Popen(
        [str(script), "optimize", "--json", "--apply", str(project)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(scratch)},
        start_new_session=True,
    )
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


def _descendants(root: int) -> dict[int, str]:
    """Process ids below `root`, each with its start time, which tells it from a later process."""
    parents: dict[int, tuple[int, str]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = (int(fields[1]), fields[19])
    found: dict[int, str] = {}
    waiting = [root]
    while waiting:
        parent = waiting.pop()
        children = [pid for pid, (above, _) in parents.items() if above == parent]
        found |= {pid: parents[pid][1] for pid in children}
        waiting += children
    return found


def _alive(pid: int, started: str) -> bool:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return fields[19] == started and fields[0] != "Z"


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_every_child(
    started: "subprocess.Popen[bytes]", project: Path, scratch: Path, number: int, status: int
) -> None:
    children: dict[int, str] = {}

    def at_work() -> bool:
        children.update(_descendants(started.pid))
        return any(_runs_the_program(pid) for pid in children)

    wait_for(at_work)
    children.update(_descendants(started.pid))
    started.send_signal(number)
    output, _ = started.communicate(timeout=DEADLINE_SECONDS)
    assert started.returncode == status
    assert output == b""
    assert [pid for pid, began in children.items() if _alive(pid, began)] == []
    assert list(scratch.iterdir()) == []
    assert project.read_bytes() == SLOW


def _runs_the_program(pid: int) -> bool:
    try:
        return b"/box/prog" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def test_apply_refuses_a_file_that_changed_meanwhile(pie_lsp: Run, project: Path) -> None:
    script = Path(sys.executable).parent / "pie-lsp"
    process = subprocess.Popen(
        [str(script), "optimize", "--json", "--apply", str(project)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PIE_LSP_CACHE_DIR": str(project.parent / "cache")},
    )
    assert process.stderr is not None
    assert b"compiling" in process.stderr.readline()
    edited = SLOW + b"// one more line\n"
    project.write_bytes(edited)
    output, said = process.communicate(timeout=DEADLINE_SECONDS)
    assert process.returncode == 2
    assert json.loads(output)["applied"] is None
    assert json.loads(output)["suggestions"] != []
    assert b"changed while it was being optimized" in said.splitlines()[-1]
    assert project.read_bytes() == edited
