"""The runner on the real gem5, where PIE_LSP_GEM5 names one: tiny programs, some seconds each.

No sandbox: these programs are ours.
"""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from gem5_runner import faults
from gem5_runner.protocol import Region, Request
from gem5_runner.simulation import Simulator, simulate

from pie_lsp.corpus.loader import problem_named, problem_names

from .real import compiled, figures

PROBLEMS = problem_names()[:20]


def test_twice_the_same_figure_wherever_the_program_lies(
    simulator: Simulator, request_for: Request, tmp_path: Path
) -> None:
    compiled(tmp_path)
    answer = simulate(simulator, request_for)
    other = tmp_path / "a-folder-with-another-name" / "and-one-more"
    other.mkdir(parents=True)
    (tmp_path / "prog").rename(other / "program-under-another-name")
    moved = replace(request_for, program=str(other / "program-under-another-name"))
    again = simulate(replace(simulator, scratch=other), moved)
    assert figures(again) == figures(answer)
    assert answer.ticks > 1_000_000
    assert (answer.exit_status, answer.region) == (0, None)


def test_limits_show_neither_in_the_figure_nor_in_the_hash(
    simulator: Simulator, request_for: Request, tmp_path: Path
) -> None:
    compiled(tmp_path)
    two = simulate(simulator, replace(request_for, memory="2GiB"))
    eight = simulate(simulator, replace(request_for, memory="8GiB", max_instructions=50_000_000))
    assert figures(two) == figures(eight)
    other = simulate(simulator, replace(request_for, machine="skylake-pie"))
    assert other.config_hash != two.config_hash


def test_the_output_is_compared_and_the_input_is_read(
    simulator: Simulator, request_for: Request, tmp_path: Path
) -> None:
    compiled(tmp_path)
    said = subprocess.run([tmp_path / "prog"], input=b"2000\n", capture_output=True, check=True).stdout
    (tmp_path / "right").write_bytes(said)
    (tmp_path / "wrong").write_bytes(b"0\n")
    assert simulate(simulator, replace(request_for, expected="right")).stdout_matches is True
    without = simulate(simulator, replace(request_for, expected="wrong", stdin=None))
    assert (without.stdout_matches, without.exit_status) == (False, 41)


def test_a_region_of_interest(simulator: Simulator, request_for: Request, tmp_path: Path) -> None:
    compiled(tmp_path, "MARKED")
    (tmp_path / "larger").write_text("4000\n")
    small = simulate(simulator, request_for)
    large = simulate(simulator, replace(request_for, stdin="larger"))
    assert isinstance(small.region, Region) and isinstance(large.region, Region)
    assert small.region.entries == large.region.entries == 3
    assert small.region.ticks < large.region.ticks < large.ticks
    assert small.region.instructions < large.region.instructions < large.instructions
    assert sum(block["ticks"] for block in large.blocks) == large.ticks
    # What lies outside does not grow with the work.
    assert abs((large.ticks - large.region.ticks) - (small.ticks - small.region.ticks)) < small.ticks // 10


def test_a_program_that_crashes(simulator: Simulator, request_for: Request, tmp_path: Path) -> None:
    compiled(tmp_path, "CRASH")
    with pytest.raises(faults.Fault, match="crashes in the simulation") as caught:
        simulate(simulator, request_for)
    assert caught.value.kind == faults.BAD_PROGRAM


DEEP = """
#include <cstdio>
__attribute__((noinline)) int deep(int n) {
    volatile char frame[64000];
    frame[0] = 1;
    return n > 0 ? deep(n - 1) + frame[0] : 0;
}
__attribute__((noinline)) int wide() {
    volatile char array[150 << 20];
    array[0] = 1;
    return array[0];
}
int main() {
    int n = 0;
    if (std::scanf("%d", &n) != 1) return 1;
    std::printf("%d\\n", n > 0 ? deep(n) : wide());
}
"""


def test_a_program_with_a_large_stack(simulator: Simulator, request_for: Request, tmp_path: Path) -> None:
    """1600 frames of 64 KB are 100 MB."""
    compiled(tmp_path, source=DEEP)
    (tmp_path / "in").write_text("1600\n")
    (tmp_path / "right").write_text("1600\n")
    answer = simulate(simulator, replace(request_for, expected="right"))
    assert (answer.exit_status, answer.stdout_matches) == (0, True)
    assert answer.gem5_version != "unknown"


@pytest.mark.parametrize("content", ["3000\n", "0\n"], ids=["recursion", "one array"])
def test_a_stack_that_is_too_large(
    simulator: Simulator, request_for: Request, tmp_path: Path, content: str
) -> None:
    compiled(tmp_path, source=DEEP)
    (tmp_path / "in").write_text(content)
    with pytest.raises(faults.Fault, match="a stack of more than 127 MiB") as caught:
        simulate(simulator, request_for)
    assert caught.value.kind == faults.STACK_LIMIT


def test_the_limit_of_instructions(simulator: Simulator, request_for: Request, tmp_path: Path) -> None:
    compiled(tmp_path)
    with pytest.raises(faults.Fault, match="more than 5,000 instructions") as caught:
        simulate(simulator, replace(request_for, max_instructions=5_000))
    assert caught.value.kind == faults.INSTRUCTION_LIMIT


def test_what_is_no_program(simulator: Simulator, request_for: Request) -> None:
    with pytest.raises(faults.Fault, match="no x86-64 executable") as caught:
        simulate(simulator, replace(request_for, program="in"))
    assert caught.value.kind == faults.BAD_PROGRAM


@pytest.mark.parametrize("name", PROBLEMS)
def test_programs_of_the_corpus_repeat_and_are_right(
    gem5: Path, request_for: Request, tmp_path: Path, name: str
) -> None:
    """Twenty programs with streams, containers and strings, twice each, in other folders."""
    problem = problem_named(name)
    compiled(tmp_path, source=problem.versions[0].source.decode())
    content = problem.test(1)
    (tmp_path / "in").write_bytes(content)
    done = subprocess.run([tmp_path / "prog"], input=content, capture_output=True, check=True)
    (tmp_path / "right").write_bytes(done.stdout)
    answers = []
    for scratch in (tmp_path / "one", tmp_path / "another-one"):
        scratch.mkdir()
        asked = replace(request_for, expected="right")
        answers.append(simulate(Simulator(gem5, tmp_path, scratch), asked))
    assert figures(answers[0]) == figures(answers[1])
    assert answers[0].stdout_matches is True
