"""The compiler is the user's choice; the project adds flags."""

import asyncio
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from pie_lsp.build.toolchain import find_toolchain
from pie_lsp.values.errors import MissingToolError, SettingsError
from pie_lsp.values.settings import Settings
from pie_lsp.values.toolchain import Toolchain


def find(settings: Settings, path: Path = Path("/nowhere/x.cpp")) -> Toolchain:
    return asyncio.run(find_toolchain(settings, path))


def test_the_default_compiler_is_found_with_its_version() -> None:
    found = find(Settings())
    assert Path(found.compiler).is_absolute()
    assert "g++" in found.version or "GCC" in found.version
    assert found.flags == ("-std=c++17", "-O3")


def test_a_missing_compiler_is_said_with_its_cure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(MissingToolError, match="there-is-no-such-compiler"):
        find(replace(Settings(), compiler="there-is-no-such-compiler"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingToolError, match=r"sudo apt install g\+\+"):
        find(Settings())


def test_the_users_link_to_the_compiler_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = find(Settings()).compiler
    if not Path(system).is_relative_to("/usr"):
        pytest.skip("g++ is no compiler of the system here")
    (tmp_path / "one").symlink_to(system)
    (tmp_path / "g++").symlink_to("one")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert find(Settings()).compiler == system


def test_a_link_to_a_compiler_elsewhere_is_kept(tmp_path: Path) -> None:
    own = tmp_path / "gcc-99" / "bin" / "g++"
    own.parent.mkdir(parents=True)
    own.write_text("#!/bin/sh\necho g++ 99\n")
    own.chmod(0o755)
    (tmp_path / "g++").symlink_to(own)
    found = find(replace(Settings(), compiler=str(tmp_path / "g++")))
    assert (found.compiler, found.version) == (str(tmp_path / "g++"), "g++ 99")


def test_what_is_no_compiler_is_refused() -> None:
    with pytest.raises(MissingToolError, match="false"):
        find(replace(Settings(), compiler="false"))


def test_a_program_that_never_answers_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "waiting"
    script.write_text("#!/bin/sh\nexec sleep 600\n")
    script.chmod(0o755)
    monkeypatch.setattr("pie_lsp.build.toolchain._ANSWER_SECONDS", 0.2)
    with pytest.raises(MissingToolError, match="waiting"):
        find(replace(Settings(), compiler=str(script)))


def test_a_file_that_cannot_be_executed_is_refused(tmp_path: Path) -> None:
    script = tmp_path / "broken"
    script.write_bytes(b"\x7fELF broken")
    script.chmod(0o755)
    with pytest.raises(MissingToolError, match="broken"):
        find(replace(Settings(), compiler=str(script)))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "include").mkdir()
    file = tmp_path / "main.cpp"
    file.write_text("int main() {}\n")
    command = "/evil/compiler -std=c++20 -O2 -Iinclude main.cpp"
    entry = {"directory": str(tmp_path), "file": "main.cpp", "command": command}
    (tmp_path / "compile_commands.json").write_text(json.dumps([entry]))
    return file


def test_the_projects_flags_win_over_our_defaults(source: Path) -> None:
    found = find(Settings(), source)
    include = source.parent / "include"
    assert found.flags == ("-std=c++17", "-O3", "-std=c++20", "-O2", f"-I{include}")
    assert found.include_dirs == (include,)
    assert found.compiler == find(Settings()).compiler


def test_the_users_flags_win_over_the_projects(source: Path) -> None:
    found = find(replace(Settings(), flags=("-O1",), flags_are_default=False), source)
    assert found.flags[-1] == "-O1"
    assert found.flags.index("-std=c++20") < found.flags.index("-O1")


def test_flags_that_break_our_command_are_refused() -> None:
    with pytest.raises(SettingsError, match="-o"):
        find(replace(Settings(), flags=("-o", "x"), flags_are_default=False))
