"""What changed in a real work tree, worked on by the real console script."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import SLOW, Run

IDENTITY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    **{f"GIT_{role}_{what}": "a" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}
OTHER = b"int unchanged(int n) { return n; }\n\n"


def git(folder: Path, *words: str) -> None:
    subprocess.run(
        ["git", *words], cwd=folder, check=True, capture_output=True, env={**os.environ, **IDENTITY}
    )


@pytest.fixture
def work_tree(project: Path) -> Path:
    """A work tree whose one commit has another `repeat`; a second, broken program is new."""
    root = project.parent
    (root / "src").mkdir()
    shutil.move(project, root / "src")
    shutil.move(project.with_suffix(".tests"), root / "src")
    program = root / "src" / project.name
    program.write_bytes(OTHER + SLOW.replace(b"std::string out;", b"std::string out = word;"))
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "a state")
    program.write_bytes(OTHER + SLOW)
    (root / "src" / "broken.cpp").write_bytes(SLOW + b"oops")
    shutil.copytree(program.with_suffix(".tests"), root / "src" / "broken.tests")
    return root


def test_every_changed_function_is_worked_on_and_told_to_people_and_programs(
    pie_lsp: Run, work_tree: Path
) -> None:
    options = ("--json", "--sarif", "out.sarif", "--markdown", "out.md", "--fail-on-suggestion")
    done = pie_lsp("optimize", "--changed", "HEAD", *options, cwd=work_tree)
    assert done.returncode == 1, done.stderr
    document = json.loads(done.stdout)
    assert (document["schema"], document["base"]) == (1, "HEAD")
    program, broken = document["files"]
    assert broken["file"] == str(work_tree / "src" / "broken.cpp")
    assert "does not compile" in broken["problem"]
    assert program["problem"] is None
    assert [function["name"] for function in program["functions"]] == ["repeat"]
    best = program["suggestions"][0]
    assert (best["function"], best["proposer"]) == ("repeat", "S1")

    (run,) = json.loads((work_tree / "out.sarif").read_text())["runs"]
    assert run["originalUriBaseIds"]["%SRCROOT%"]["uri"] == work_tree.resolve().as_uri() + "/"
    places = {
        location["physicalLocation"]["artifactLocation"]["uri"]
        for result in run["results"]
        for location in result["locations"]
    }
    assert places == {"src/a%20program.cpp"}
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert "does not compile" in told["message"]["text"]

    comment = (work_tree / "out.md").read_text()
    assert "--- a/src/a program.cpp" in comment
    assert "+        out += word;" in comment
    assert "src/broken.cpp: not offered" in comment

    again = pie_lsp("optimize", "--changed", "HEAD", "src", cwd=work_tree)
    assert again.returncode == 0
    assert "== src/broken.cpp, changed since HEAD\nnot worked on: " in again.stdout.decode()
    assert "== src/a program.cpp, changed since HEAD\n" in again.stdout.decode()
    assert "repeat@6" in again.stdout.decode()


def test_where_nothing_changed_it_says_so(pie_lsp: Run, work_tree: Path) -> None:
    (work_tree / "src" / "broken.cpp").unlink()
    git(work_tree, "commit", "--quiet", "--all", "--message", "the change")
    done = pie_lsp("optimize", "--changed", "HEAD", "--json", "--fail-on-suggestion", cwd=work_tree)
    assert (done.returncode, json.loads(done.stdout)["files"]) == (0, [])
    assert done.stderr == b"No function of a C++ file differs from HEAD.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--changed", "no-such"), "There is no revision 'no-such'"),
        (("--changed=-x"), "There is no revision '-x'"),
        (("--changed", "HEAD", "gone"), "gone does not exist"),
        (("--changed", "HEAD", ".", ".."), "no git work tree"),
        (("--changed", "HEAD", "--function", "f"), "--function does not go together with --changed"),
        (("--changed", "HEAD", "--show-prompt"), "--show-prompt does not go together with --changed"),
        (("--changed", "HEAD", "--sarif", "gone/out.sarif"), "--sarif names 'gone/out.sarif'"),
        (("--changed", "HEAD", "--compiler", "no-such-compiler"), "no-such-compiler was not found"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    pie_lsp: Run, work_tree: Path, words: tuple[str, ...] | str, sentence: str
) -> None:
    done = pie_lsp("optimize", *([words] if isinstance(words, str) else words), cwd=work_tree)
    assert (done.returncode, done.stdout) == (2, b"")
    assert sentence in done.stderr.decode().splitlines()[-1]
    assert b"Traceback" not in done.stderr
