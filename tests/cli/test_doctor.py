import os
import shutil
from pathlib import Path

import pytest

from .conftest import Run


def _only(folder: Path, *tools: str) -> dict[str, str]:
    """An environment in which just `tools`, of those that pie-lsp looks for, are installed."""
    for tool in tools:
        found = shutil.which(tool)
        if found is None:
            pytest.skip(f"{tool} is not installed")
        (folder / tool).symlink_to(found)
    return {"PATH": str(folder)}


def test_everything_is_found(pie_lsp: Run) -> None:
    done = pie_lsp("doctor", environment={"PIE_LSP_GEM5": ""})
    lines = done.stdout.decode().splitlines()
    needed = ("python", "compiler", "sandbox", "programs", "sanitizers", "estimate")
    assert [line.split()[:2] for line in lines[:-1]] == [
        *(["ok", name] for name in needed),
        ["absent", "gem5"],
        ["ok", "cache"],
    ]
    assert "--gem5 or PIE_LSP_GEM5" in lines[-3]
    assert lines[-1] == "The main job can run here."
    assert done.returncode == 0


def test_a_missing_compiler_is_status_1_with_a_remedy(pie_lsp: Run, tmp_path: Path) -> None:
    done = pie_lsp("doctor", environment=_only(tmp_path, "bwrap", "qemu-x86_64"))
    said = done.stdout.decode()
    assert done.returncode == 1
    line = next(line for line in said.splitlines() if line.split()[1] == "compiler")
    assert line.startswith("MISSING")
    assert line.endswith("to get it: sudo apt install g++")
    assert said.splitlines()[-1].startswith("The main job cannot run here: compiler")


def test_an_unusable_cache_folder_is_told_as_such(pie_lsp: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = pie_lsp("doctor", environment={"PIE_LSP_CACHE_DIR": str(tmp_path / "file")})
    lines = {line.split()[1]: line for line in done.stdout.decode().splitlines()[:-1]}
    assert lines["sandbox"].startswith("MISSING")
    assert lines["sandbox"].endswith("set PIE_LSP_CACHE_DIR to a folder of yours")
    assert lines["programs"].endswith("not tried, since there is no compiler or no sandbox")
    assert done.returncode == 1


def test_with_a_broken_qemu_the_clock_measures(pie_lsp: Run, tmp_path: Path) -> None:
    broken = tmp_path / "qemu-x86_64"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    done = pie_lsp("doctor", environment={"PATH": f"{tmp_path}:{os.environ['PATH']}"})
    line = next(line for line in done.stdout.decode().splitlines() if line.split()[1] == "estimate")
    assert line.startswith("absent")
    assert "Times on this machine are taken instead" in line
    assert "sudo apt install qemu-user" in line
    assert done.returncode == 0


def test_a_broken_gem5_is_told_and_the_main_job_can_run(pie_lsp: Run, tmp_path: Path) -> None:
    broken = tmp_path / "gem5.fast"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    done = pie_lsp("doctor", environment={"PIE_LSP_GEM5": str(broken)})
    line = next(line for line in done.stdout.decode().splitlines() if line.split()[1] == "gem5")
    assert line.startswith("absent")
    assert f"{broken} does not start as gem5 does" in line
    assert done.returncode == 0
