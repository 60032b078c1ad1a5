import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from pie_lsp.measure.gem5.installation import (
    DOCUMENTATION,
    VARIABLE,
    find_installation,
    find_runner,
    named_gem5,
    runner_digest,
)
from pie_lsp.values.errors import MissingToolError


@pytest.fixture
def gem5(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(VARIABLE, raising=False)
    path = tmp_path / "build" / "gem5.fast"
    path.parent.mkdir()
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_the_setting_wins_over_the_environment(gem5: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert named_gem5("") == ""
    monkeypatch.setenv(VARIABLE, str(gem5))
    assert named_gem5("") == str(gem5)
    assert named_gem5("/other") == "/other"


def test_a_link_is_followed_to_the_binary(gem5: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(gem5)
    found = find_installation(str(tmp_path / "link"))
    assert found.gem5 == gem5.resolve()
    assert found.gem5 in found.readable


def test_only_what_is_needed_is_shown(gem5: Path) -> None:
    found = find_installation(str(gem5))
    assert found.interpreter.is_file()
    # A wheel puts the runner among every other package, so the folder around it is not shown.
    assert found.runner in found.readable
    assert found.runner.parent not in found.readable
    assert not [path for path in found.readable if path.is_relative_to("/usr")]


def test_without_a_name_the_sentence_names_the_setting_and_the_documentation(gem5: Path) -> None:
    with pytest.raises(MissingToolError) as caught:
        find_installation("")
    for word in ('"gem5"', "--gem5", VARIABLE, DOCUMENTATION):
        assert word in str(caught.value)


@pytest.mark.parametrize("name", ["none", "folder", "text"])
def test_what_is_no_program_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text").write_text("text")
    with pytest.raises(MissingToolError, match=f"no program at {tmp_path}/{name}; set"):
        find_installation(str(tmp_path / name))


def test_the_digest_is_of_every_file_of_the_runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = find_runner()
    copy = tmp_path / "gem5_runner"
    for path in real.rglob("*.py"):
        target = copy / path.relative_to(real)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    before = runner_digest()
    spec = ModuleSpec("gem5_runner", None, is_package=True)
    spec.submodule_search_locations = [str(copy)]
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: spec)
    assert runner_digest() == before
    with (copy / "machine" / "units.py").open("a") as file:
        file.write("\n")
    assert runner_digest() != before


def test_a_missing_runner_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingToolError, match="reinstall pie-lsp"):
        find_runner()
