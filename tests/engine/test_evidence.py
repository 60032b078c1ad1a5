"""Whatever a result rests on changes its evidence; comments and white space do not."""

import dataclasses
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pie_lsp.engine.evidence import evidence
from pie_lsp.measure.estimate.plugin import QEMU
from pie_lsp.propose import registry
from pie_lsp.values.settings import RunLimits, Settings
from pie_lsp.values.toolchain import Link
from pie_lsp.verify.discovery import discover

from .conftest import Project


def test_the_layouts_that_are_tried_count(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = evidence(project.request())
    monkeypatch.setattr("pie_lsp.engine.evidence.layouts_digest", lambda: "others")
    assert evidence(project.request()) != before


def test_comments_and_white_space_do_not_count(project: Project) -> None:
    before = evidence(project.request())
    source = project.path.read_bytes().replace(b"    std::string word;", b"  /* here */  std::string word;")
    project.path.write_bytes(source)
    assert evidence(project.request()) == before


def _one_more_token(project: Project) -> None:
    project.path.write_bytes(project.path.read_bytes().replace(b"unsigned sum = 0;", b"unsigned sum = 0u;"))


def _new_test(project: Project) -> None:
    project.add_test("9", b"z 1\n")


def _other_input(project: Project) -> None:
    project.add_test("1", b"abc 3\n")


def _other_expectation(project: Project) -> None:
    project.add_test("1", b"ab 3\n", b"6 1\n")


def _project_flags(project: Project) -> None:
    entry = (
        f'[{{"directory": "{project.path.parent}", "file": "repeat.cpp", "command": "g++ -O1 repeat.cpp"}}]'
    )
    (project.path.parent / "compile_commands.json").write_text(entry)


@pytest.mark.parametrize(
    "change", [_one_more_token, _new_test, _other_input, _other_expectation, _project_flags]
)
def test_what_lies_on_the_disk_counts(project: Project, change: Callable[[Project], None]) -> None:
    before = evidence(project.request())
    assert evidence(project.request()) == before
    change(project)
    assert evidence(project.request()) != before


def test_local_headers_count(project: Project) -> None:
    header = project.path.parent / "word.h"
    header.write_bytes(b"inline int one() { return 1; }\n")
    project.path.write_bytes(b'#include "word.h"\n' + project.path.read_bytes())
    before = evidence(project.request())
    header.write_bytes(b"inline int one() { return 2; }\n")
    assert evidence(project.request()) != before


@pytest.mark.parametrize(
    "settings",
    [
        Settings(flags=("-std=c++20", "-O3")),
        Settings(link=Link.DYNAMIC),
        Settings(model="skylake-pie"),
        Settings(backend="native"),
        Settings(min_speedup=2.0),
        Settings(limits=RunLimits(cpu_seconds=3)),
        Settings(compiler="no-such-compiler"),
    ],
)
def test_settings_count(project: Project, settings: Settings) -> None:
    assert evidence(project.request(settings=settings)) != evidence(project.request())


def test_a_replaced_compiler_counts(project: Project) -> None:
    compiler = project.path.parent / "my-g++"
    compiler.write_text('#!/bin/sh\nexec g++ "$@"\n')
    compiler.chmod(0o755)
    request = dataclasses.replace(project.request(), settings=Settings(compiler=str(compiler)))
    before = evidence(request)
    os.utime(compiler, ns=(1, 1))
    assert evidence(request) != before


def test_another_version_of_the_model_counts(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    estimate, clock = project.request(), project.request(settings=Settings(backend="native"))
    before = evidence(estimate), evidence(clock)
    monkeypatch.setattr("pie_lsp.engine.evidence.model_digest", lambda: "other coefficients")
    assert evidence(estimate) != before[0]
    assert evidence(clock) == before[1]


def test_another_simulator_counts(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = evidence(project.request())
    simulator = tmp_path / "bin" / QEMU
    simulator.parent.mkdir()
    simulator.write_text("#!/bin/sh\n")
    simulator.chmod(0o755)
    monkeypatch.setenv("PATH", f"{simulator.parent}:{os.environ['PATH']}")
    assert evidence(project.request()) != before


def test_another_gem5_counts_where_it_measures(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    gem5 = project.path.parent / "gem5.fast"
    gem5.write_text("#!/bin/sh\n")
    gem5.chmod(0o755)
    request = project.request(settings=Settings(backend="gem5", gem5=str(gem5)))
    estimate = project.request(settings=Settings(backend="estimate", gem5=str(gem5)))
    before = evidence(request), evidence(estimate)
    assert evidence(request) == before[0]
    os.utime(gem5, ns=(1, 1))
    assert evidence(request) != before[0]
    changed = evidence(request)
    monkeypatch.setattr("pie_lsp.engine.evidence.runner_digest", lambda: "another machine")
    assert evidence(request) != changed
    assert evidence(estimate) == before[1]


def test_gem5_and_the_budget_count_where_it_confirms(project: Project) -> None:
    gem5 = project.path.parent / "gem5.fast"
    gem5.write_text("#!/bin/sh\n")
    gem5.chmod(0o755)
    alone, confirmed = Settings(), Settings(gem5=str(gem5))
    more = dataclasses.replace(confirmed, budget_seconds=7.0)
    found = [evidence(project.request(settings=settings)) for settings in (alone, confirmed, more)]
    assert len(set(found)) == 3
    os.utime(gem5, ns=(1, 1))
    assert evidence(project.request(settings=confirmed)) != found[1]
    assert evidence(project.request(settings=alone)) == found[0]
    # Where nothing is simulated the budget decides nothing that is kept.
    other = dataclasses.replace(alone, budget_seconds=7.0)
    assert evidence(project.request(settings=other)) == found[0]


def test_a_header_that_a_flag_includes_counts(project: Project) -> None:
    header = project.path.parent / "forced.h"
    header.write_bytes(b"inline int one() { return 1; }\n")
    for flags in (("-include", "forced.h"), ("-includeforced.h",), ("-imacros", "forced.h")):
        request = project.request(settings=Settings(flags=flags))
        before = evidence(request)
        header.write_bytes(header.read_bytes() + b"int more;\n")
        assert evidence(request) != before, flags


def test_other_rules_count(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = evidence(project.request())
    monkeypatch.setattr(registry, "version", lambda: "other rules")
    assert evidence(project.request()) != before


def test_a_problem_that_is_interactive_counts(project: Project) -> None:
    problem = project.path.parent / ".cph" / f".{project.path.name}_1.prob"
    problem.parent.mkdir()
    seen = set()
    for interactive in (False, True):
        tests = [{"input": "ab 3\n", "output": ""}]
        document = {"srcPath": str(project.path), "interactive": interactive, "tests": tests}
        problem.write_text(json.dumps(document))
        suite = discover(project.path)
        assert suite.interactive is interactive and len(suite.cases) == 1
        seen.add(evidence(project.request()))
    assert len(seen) == 2
