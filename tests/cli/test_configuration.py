"""A project on the command line: its settings count, and it cannot have anything started."""

import json
from pathlib import Path

import pytest

from .conftest import Run

PROGRAM = """\
#include <iostream>
int main() {
    int n = 0;
    std::cin >> n;
    std::cout << n + OFFSET << '\\n';
}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A program that compiles only with the macro that its project defines."""
    (tmp_path / "sum.cpp").write_text(PROGRAM)
    (tmp_path / "1.in").write_text("3\n")
    (tmp_path / ".pie-lsp.toml").write_text('defines = ["OFFSET=4"]\n')
    return tmp_path


def measure(pie_lsp: Run, project: Path) -> tuple[int, str]:
    words = ("measure", project / "sum.cpp", "--input", project / "1.in", "--json")
    run = pie_lsp(*words, cwd=project)
    return run.returncode, run.stderr.decode()


@pytest.fixture
def evil(project: Path) -> Path:
    """A program of the project's that leaves a trace when anybody starts it, and where the trace would be."""
    trace = project / "started"
    for name in ("evil", "g++", "qemu-x86_64", "cc1plus", "as", "ld", "collect2"):
        program = project / name
        program.write_text(f"#!/bin/sh\necho {name} >> {trace}\nexit 1\n")
        program.chmod(0o755)
    return trace


def test_the_settings_of_a_project_count(pie_lsp: Run, project: Path) -> None:
    status, errors = measure(pie_lsp, project)
    assert (status, errors) == (0, "")
    (project / ".pie-lsp.toml").unlink()
    status, errors = measure(pie_lsp, project)
    assert status == 2
    assert "OFFSET" in errors


@pytest.mark.parametrize(
    "line",
    [
        'compiler = "./evil"',
        'warnings = ["-wrapper", "./evil"]',
        'flags = ["-DOFFSET=4", "-B.", "-fplugin=./evil", "-specs=evil"]',
        'warnings = ["-Wl,-plugin,./evil", "-fuse-ld=./evil", "--param=x", "-no-canonical-prefixes"]',
        'backend = "./evil"',
        "allow_unsandboxed = true",
    ],
)
def test_a_project_cannot_have_anything_started(pie_lsp: Run, project: Path, evil: Path, line: str) -> None:
    (project / ".pie-lsp.toml").write_text(f'defines = ["OFFSET=4"]\n{line}\n')
    status, errors = measure(pie_lsp, project)
    assert status == 0, errors
    assert not evil.exists()
    assert str(project / ".pie-lsp.toml") in errors
    assert "not trusted" in errors


def test_a_compilation_database_cannot_have_anything_started(pie_lsp: Run, project: Path, evil: Path) -> None:
    (project / ".pie-lsp.toml").unlink()
    command = "./evil -DOFFSET=4 -B. -fplugin=./evil -wrapper ./evil -specs=evil -c sum.cpp -o ../stolen"
    entry = {"directory": str(project), "file": "sum.cpp", "command": command}
    (project / "compile_commands.json").write_text(json.dumps([entry]))
    status, errors = measure(pie_lsp, project)
    assert status == 0, errors
    assert not evil.exists()
    assert not (project.parent / "stolen").exists()
