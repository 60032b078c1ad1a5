"""The launcher is compiled once, privately, and says what is wrong."""

import os
import stat
import subprocess
from pathlib import Path

import pytest

from pie_lsp.sandbox.launcher import launcher_path
from pie_lsp.values.errors import MissingToolError


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PIE_LSP_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


def test_it_is_compiled_once_into_a_private_folder(empty_cache: Path) -> None:
    first = launcher_path()
    made = first.stat().st_mtime_ns
    assert launcher_path() == first
    assert first.stat().st_mtime_ns == made
    assert stat.S_IMODE(first.parent.stat().st_mode) == 0o700
    assert [path.name for path in first.parent.iterdir()] == [first.name]


def test_without_a_compiler_the_cure_is_said(empty_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(empty_cache))
    with pytest.raises(MissingToolError, match=r"sudo apt install g\+\+"):
        launcher_path()


def run(*words: str) -> str:
    reading, writing = os.pipe()
    subprocess.run(
        [launcher_path(), "--report", str(writing), *words], pass_fds=(writing,), check=False, timeout=60
    )
    os.close(writing)
    with os.fdopen(reading) as report:
        return report.read()


def test_the_report() -> None:
    assert run("--", "/bin/true").split()[:2] == ["exited", "0"]
    assert run("--", "/bin/sh", "-c", "exit 9").split()[:2] == ["exited", "9"]
    assert run("--", "/bin/sh", "-c", "kill -9 $$").split()[:2] == ["signaled", "9"]


@pytest.mark.parametrize(
    "words", [["--unknown", "1", "--", "/bin/true"], ["--limit", "moon", "1", "--", "/bin/true"], ["--"], []]
)
def test_wrong_use_runs_nothing(words: list[str]) -> None:
    assert run(*words).startswith("error ")


def test_a_cut_lifeline_ends_it() -> None:
    reading, writing = os.pipe()
    os.close(writing)
    started = subprocess.Popen(
        [launcher_path(), "--lifeline", str(reading), "--", "/bin/sleep", "600"], pass_fds=(reading,)
    )
    os.close(reading)
    assert started.wait(timeout=60) == 125


def test_g_plus_plus_alone_can_compile_it(empty_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """g++ is the one compiler that is needed anyway, and it takes C files for C++ when not told."""
    for name in ("g++", "as", "ld"):
        for folder in ("/usr/bin", "/bin"):
            if Path(folder, name).exists():
                (empty_cache / name).symlink_to(Path(folder, name))
                break
        else:
            pytest.skip(f"{name} is not installed")
    monkeypatch.setenv("PATH", str(empty_cache))
    assert launcher_path().exists()
