import argparse
import subprocess
import sys
from pathlib import Path

import pytest

from pie_lsp import __version__
from pie_lsp.cli.arguments import add_toolchain, with_toolchain
from pie_lsp.values.settings import BACKENDS, Settings

from .conftest import Run


def test_the_version_is_told(pie_lsp: Run) -> None:
    done = pie_lsp("--version")
    assert (done.returncode, done.stdout) == (0, f"pie-lsp {__version__}\n".encode())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "the following arguments are required: COMMAND"),
        (("optimise",), "invalid choice: 'optimise'"),
        (("optimize",), "the following arguments are required: FILE"),
        (("optimize", "gone.cpp"), "gone.cpp does not exist"),
        (("optimize", "."), "is not a file"),
        (("optimize", "a.cpp", "--top", "0"), "0 is not at least 1"),
        (("optimize", "a.cpp", "--min-speedup", "0.5"), "0.5 is not a ratio of at least 1.0"),
        (("optimize", "a.cpp", "--min-speedup", "nan"), "nan is not a ratio of at least 1.0"),
        (("optimize", "a.cpp", "--flags", "-D'"), "cannot be split into words"),
        (("optimize", "a.cpp", "--backend", "abacus"), "invalid choice: 'abacus'"),
        (("optimize", "a.cpp", "--tests", "gone"), "--tests names gone, which does not exist"),
        (("optimize", "a.cpp", "--function", "f@"), "--function takes NAME or NAME@LINE"),
        (("optimize", "a.cpp", "--app"), "unrecognized arguments: --app"),
        (("optimize", "zero.cpp"), "contains NUL bytes"),
        (("measure", "a.cpp", "--input", "gone.in"), "gone.in: No such file"),
        (("rule", "X99"), "There is no rule X99"),
        (("examples", "copy", "tetris"), "there is no example 'tetris'"),
        (("serve", "--tcp", "nowhere"), "--tcp takes HOST:PORT"),
    ],
)
def test_wrong_use_is_one_sentence_and_status_2(
    pie_lsp: Run, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    (tmp_path / "a.cpp").write_text("int main() {}\n")
    (tmp_path / "zero.cpp").write_bytes(b"int main() {}\0\n")
    done = pie_lsp(*words, cwd=tmp_path)
    said = done.stderr.decode()
    assert done.returncode == 2
    assert done.stdout == b""
    assert sentence in said
    assert said.startswith("pie-lsp: ")
    assert said.count("\n") == 1


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    script = Path(sys.executable).parent / "pie-lsp"
    done = subprocess.run(
        f"'{script}' examples list | true; echo ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == (b"0\n", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_behind_the_output_is_said(pie_lsp: Run) -> None:
    with Path("/dev/full").open("wb") as full:
        done = pie_lsp("examples", "list", capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stderr == b"pie-lsp: the system refused: No space left on device.\n"


def test_only_what_is_needed_is_imported() -> None:
    code = (
        "import sys; from pie_lsp.cli.main import run; run(['--version']); "
        "heavy = {'rich', 'tree_sitter', 'pygls', 'asyncio', 'diskcache', 'capstone'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_every_backend_can_be_named() -> None:
    parser = argparse.ArgumentParser()
    add_toolchain(parser)
    for name in BACKENDS:
        assert with_toolchain(Settings(), parser.parse_args(["--backend", name])).backend == name
