"""Compilation databases: found, read as untrusted, and never able to choose the compiler."""

import json
from pathlib import Path

import pytest

from pie_lsp.build.compile_commands import project_flags


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    for name in ("src", "include", "build", ".git"):
        (folder / name).mkdir(parents=True)
    (folder / "src" / "main.cpp").write_text("int main() {}\n")
    return folder


def write(folder: Path, *entries: object) -> None:
    (folder / "compile_commands.json").write_text(json.dumps(entries))


def entry(project: Path, command: str) -> dict[str, str]:
    return {"directory": str(project / "build"), "file": "../src/main.cpp", "command": command}


def test_flags_of_a_command(project: Path) -> None:
    command = '/evil/g++ -std=c++20 -O2 -g -DNAME="a b" -I../include -o x.o -MD -MF x.d -c ../src/main.cpp'
    write(project / "build", entry(project, command))
    found = project_flags(project / "src" / "main.cpp")
    assert found.flags == ("-std=c++20", "-O2", "-DNAME=a b", f"-I{project / 'include'}")
    assert found.include_dirs == (project / "include",)
    assert found.refused == ()
    assert found.database == project / "build" / "compile_commands.json"


def test_flags_of_arguments(project: Path) -> None:
    arguments = ["clang++", "-std=c++14", "-isystem", "../include", "-D", "X", "../src/main.cpp"]
    write(project, {"directory": "build", "file": "../src/main.cpp", "arguments": arguments})
    found = project_flags(project / "src" / "main.cpp")
    assert found.flags == ("-std=c++14", "-isystem", str(project / "include"), "-DX")


def test_no_program_and_no_plug_in_comes_from_it(project: Path) -> None:
    dangerous = "-fplugin=./evil.so -B. -wrapper evil -I/root @evil -Wl,-evil"
    write(project, entry(project, f"./evil-compiler {dangerous} ../src/main.cpp"))
    found = project_flags(project / "src" / "main.cpp")
    assert found.flags == ()
    assert [str(flag) for flag in found.refused] == [
        "-fplugin=./evil.so",
        "-B.",
        "-wrapper",
        f"-I{project / 'build' / '/root'}",
        "-Wl,-evil",
    ]


def test_entries_of_other_files_do_not_count(project: Path) -> None:
    other = {"directory": str(project), "file": "other/main.cpp", "command": "g++ -O0 other/main.cpp"}
    write(project, other)
    assert project_flags(project / "src" / "main.cpp").flags == ()


@pytest.mark.parametrize("place", [".", "build", "build-debug", "out", "cmake-build-release", "src"])
def test_where_it_is_found(project: Path, place: str) -> None:
    (project / place).mkdir(exist_ok=True)
    file = str(project / "src" / "main.cpp")
    write(project / place, {"directory": str(project), "file": file, "command": "g++ -O1 x"})
    assert project_flags(project / "src" / "main.cpp").flags == ("-O1",)


def test_it_is_not_searched_above_the_project(project: Path) -> None:
    file = str(project / "src" / "main.cpp")
    write(project.parent, {"directory": "/", "file": file, "command": "g++ -O1 x"})
    assert project_flags(Path(file)).database is None
    (project / ".git").rmdir()
    assert project_flags(Path(file)).flags == ("-O1",)
    assert project_flags(Path(file), workspace=project).database is None
    project.parent.chmod(0o777)
    assert project_flags(Path(file)).database is None


@pytest.mark.parametrize(
    "text", ["", "{", "[1, null, {}]", '{"a": 1}', '[{"file": 3}]', "[" * 100_000, "\x00"]
)
def test_nonsense_is_never_an_error(project: Path, text: str) -> None:
    (project / "compile_commands.json").write_text(text)
    assert project_flags(project / "src" / "main.cpp").flags == ()


def test_a_broken_database_is_said(project: Path) -> None:
    (project / "compile_commands.json").write_text("{")
    found = project_flags(project / "src" / "main.cpp")
    assert found.problem is not None
    assert str(project / "compile_commands.json") in found.problem


def test_a_broken_command_gives_no_flags(project: Path) -> None:
    write(project, entry(project, "g++ 'unclosed -O2"))
    assert project_flags(project / "src" / "main.cpp").flags == ()


def test_without_a_database_nothing_is_said(project: Path) -> None:
    found = project_flags(project / "src" / "main.cpp")
    assert (found.database, found.flags, found.problem) == (None, (), None)
