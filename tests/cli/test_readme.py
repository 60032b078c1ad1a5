"""The README names everything that a user can type or read."""

import argparse
import os
import re
import shutil
import subprocess
from pathlib import Path

from pie_lsp.cli.documents import changed_document, optimize_document, profile_document
from pie_lsp.cli.main import build_parser
from pie_lsp.cli.outcome import FileOutcome
from pie_lsp.engine.setting_keys import KEYS
from pie_lsp.values.measurement import FunctionCost
from pie_lsp.values.profile import FunctionShare, OwnedCost, Profile, ProfileReport
from pie_lsp.values.report import OptimizeReport

from .conftest import SLOW, make_report

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
HELP = {"--help", "-h", "--stdio", "--version"}


def _subparsers(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    found: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found |= action.choices
    return found


def test_every_command_and_option_is_in_the_readme() -> None:
    for name, command in _subparsers(build_parser()).items():
        assert f"`pie-lsp {name}" in README
        options = {option for action in command._actions for option in action.option_strings}
        assert [option for option in options - HELP if option not in README] == []


def test_every_setting_is_in_the_readme() -> None:
    assert [key.name for key in KEYS if f"`{key.name}`" not in README] == []


def _profile(report: OptimizeReport) -> ProfileReport:
    share = FunctionShare(report.functions[0], OwnedCost(1, (FunctionCost("memcpy", 1),)), 0.5, True)
    found = Profile((share,), 2, 4)
    chain = report.toolchain
    return ProfileReport(report.path, chain, "estimate", "m", "cycles", ("1",), 4, 1, found)


def test_every_json_field_is_in_the_readme() -> None:
    report = make_report(Path("a.cpp"), SLOW, b"out = out + word", b"out += word")
    fields: set[str] = set()

    def collect(value: object) -> None:
        if isinstance(value, dict):
            fields.update(value)
            for inner in value.values():
                collect(inner)
        elif isinstance(value, list):
            for inner in value:
                collect(inner)

    collect(optimize_document(report, SLOW, None))
    collect(changed_document("main", (FileOutcome(Path("b.cpp"), problem="It is broken."),)))
    collect(profile_document(_profile(report)))
    assert len(fields) > 40
    assert [field for field in sorted(fields) if not re.search(rf"`{field}(\[\])?`", README)] == []


def test_continuous_integration_runs_both_commands_and_keeps_the_pictures(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    (tmp_path / ".ci").mkdir()
    shutil.copy(root / ".ci/run", tmp_path / ".ci/run")
    setup = tmp_path / "setup.sh"
    setup.write_text('#!/bin/sh\necho "$1 ${PIE_SHOTS-}"\n')
    setup.chmod(0o755)
    environment = {name: value for name, value in os.environ.items() if name != "PIE_SHOTS"}
    said = subprocess.run(
        [tmp_path / ".ci/run"], capture_output=True, text=True, check=True, env=environment
    ).stdout
    assert said.splitlines() == ["test ", f"vscode {tmp_path}/build/screenshots"]
