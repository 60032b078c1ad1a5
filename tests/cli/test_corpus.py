import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import pie_lsp
from pie_lsp.corpus.loader import problem_names

from .conftest import Run

PACKAGE = Path(pie_lsp.__file__).parent


def test_every_problem_is_listed(pie_lsp: Run) -> None:
    done = pie_lsp("corpus", "list")
    assert done.returncode == 0
    lines = done.stdout.decode().splitlines()
    assert [line.split()[0] for line in lines] == list(problem_names())
    (line,) = (line for line in lines if line.startswith("gcd_pairs"))
    words = line.split(maxsplit=6)[1:]
    assert words == ["train", "program", "division", "6", "versions", "Common divisors of pairs"]
    assert sum(line.split()[2] == "function" for line in lines) >= 20


def test_a_checked_problem_is_a_line_or_a_document(pie_lsp: Run) -> None:
    done = pie_lsp("corpus", "check", "run_expand", "--tests", "1")
    assert done.returncode == 0
    assert done.stdout.decode() == "ok     run_expand: 6 versions, 1 test\n1 checked, all right.\n"
    done = pie_lsp("corpus", "check", "run_expand", "--tests", "1", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout) == {
        "schema": 1,
        "problems": [{"name": "run_expand", "versions": 6, "tests": 1, "faults": [], "written": False}],
    }
    assert b"ok     run_expand" in done.stderr


@pytest.fixture
def spoiled(tmp_path: Path) -> Path:
    """A folder with a copy of the package whose corpus is one problem, with a wrong program in it."""
    copy = tmp_path / "pie_lsp"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("problems", "__pycache__"))
    folder = copy / "corpus" / "problems" / "run_expand"
    shutil.copytree(PACKAGE / "corpus" / "problems" / "run_expand", folder)
    source = (folder / "v3.cpp").read_text()
    assert "int main() {" in source
    (folder / "v3.cpp").write_text(source.replace("int main() {", "int main() {\n    return 7;"))
    return tmp_path


def test_a_wrong_problem_is_status_1_and_one_line(spoiled: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "pie_lsp", "corpus", "check", "--tests", "1"],
        cwd=spoiled,
        env={**os.environ, "PYTHONPATH": str(spoiled)},
        capture_output=True,
        check=False,
        timeout=300,
    )
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 1, done.stderr
    assert lines[0].startswith("WRONG  run_expand: ")
    assert "v3.cpp: On test 1 it exits with status 7" in lines[0]
    assert lines[1:] == ["1 checked, wrong: run_expand."]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("gone",), "There is no problem 'gone'"),
        (("--tests", "0"), "0 is not at least 1"),
        (("--tests", "11"), "Every problem has 10 tests"),
        (("--tests", "2", "--write"), "leave --tests out"),
    ],
)
def test_wrong_use_is_status_2(pie_lsp: Run, words: tuple[str, ...], sentence: str) -> None:
    done = pie_lsp("corpus", "check", *words)
    assert (done.returncode, done.stdout) == (2, b"")
    assert sentence in done.stderr.decode()


NEW = (
    '{"src_id": "a", "tgt_id": "b", "problem_id": "p1", "src_code": "slow", "tgt_code": "fast", '
    '"src_agg_runtime": 3, "tgt_agg_runtime": 1}'
)


def test_imported_pairs_are_kept_and_what_is_broken_is_named(pie_lsp: Run, tmp_path: Path) -> None:
    file = tmp_path / "Train HQ.jsonl"
    file.write_text(f"{NEW}\n{{broken\n{NEW}\n")
    environment = {"PIE_LSP_DATA_DIR": str(tmp_path / "data")}
    done = pie_lsp("corpus", "import", file, environment=environment)
    kept = tmp_path / "data" / "pairs" / "train-hq.jsonl"
    assert done.returncode == 0
    assert done.stdout.decode() == f"train-hq: 1 pairs of 3 lines, 2 left out; {kept}\n"
    first, second = done.stderr.decode().splitlines()
    assert first.startswith("line 2 is left out: it is no JSON")
    assert second == "line 3 is left out: the pair train-hq/a-b was there before"
    (record,) = map(json.loads, kept.read_text().splitlines())
    assert (record["key"], record["before"], record["speedup"]) == ("train-hq/a-b", "slow", 3.0)
    done = pie_lsp("corpus", "import", file, "--name", "mine", "--json", environment=environment)
    document = json.loads(done.stdout)
    assert [document[name] for name in ("schema", "name", "lines", "pairs")] == [1, "mine", 3, 1]
    assert [it["line"] for it in document["left_out"]] == [2, 3]
    assert document["file"] == str(kept.with_name("mine.jsonl"))


def test_what_cannot_be_imported_is_one_sentence(pie_lsp: Run, tmp_path: Path) -> None:
    environment = {"PIE_LSP_DATA_DIR": str(tmp_path / "data")}
    (tmp_path / "other.jsonl").write_text('{"question": 1}\n')
    (tmp_path / "good.jsonl").write_text(NEW + "\n")
    for words, sentence in (
        (["gone.jsonl"], "cannot be read (No such file"),
        (["other.jsonl"], "holds no pair in either of PIE's formats (it has neither src_code nor input)"),
        (["good.jsonl", "--name", "../x"], "cannot name a corpus"),
        (["good.jsonl", "--name", "accepted"], "choose another"),
    ):
        done = pie_lsp("corpus", "import", *words, environment=environment, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, b"")
        assert sentence in done.stderr.decode()
        assert done.stderr.decode().count("\n") == 1
    assert not list(tmp_path.glob("data/pairs/*"))
