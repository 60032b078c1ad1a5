"""The runner on the real gem5, where PIE_LSP_GEM5 names one: tiny programs, some seconds each.

No sandbox: these programs are ours.
"""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from gem5_runner import faults
from gem5_runner.protocol import Measured, Region, Request
from gem5_runner.simulation import Simulator, simulate

from pie_lsp.corpus.loader import problem_named, problem_names

SOURCE = """
#include <cstdio>
#include <cstdlib>
#ifdef MARKED
#define BEGIN asm volatile(".byte 0x0f, 0x04; .word 0x5a" : : "D"(0L), "S"(0L) : "rax", "memory");
#define END asm volatile(".byte 0x0f, 0x04; .word 0x5b" : : "D"(0L), "S"(0L) : "rax", "memory");
#else
#define BEGIN
#define END
#endif
__attribute__((noinline)) int work(int n) {
    BEGIN int sum = 0;
    for (int i = 0; i < n; i++) sum += i * i % 7;
    END return sum;
}
int main() {
    int n = 0, sum = 0;
    if (std::scanf("%d", &n) != 1) return 300 - 259;
    for (int i = 0; i < 3; i++) sum += work(n);
    std::printf("%d\\n", sum);
#ifdef CRASH
    *(volatile int*)nullptr = 1;
#endif
}
"""
PROBLEMS = problem_names()[:20]


@pytest.fixture(scope="module")
def gem5(real_gem5: Path) -> Path:
    return real_gem5


@pytest.fixture
def simulator(gem5: Path, tmp_path: Path) -> Simulator:
    (tmp_path / "in").write_text("2000\n")
    return Simulator(gem5, tmp_path, tmp_path)


@pytest.fixture
def request_for(tmp_path: Path) -> Request:
    return Request("1", "skylake-verbatim", "prog", stdin="in", memory="2GiB")


def compiled(folder: Path, *macros: str, source: str = SOURCE) -> None:
    (folder / "prog.cpp").write_text(source)
    flags = ["-std=c++17", "-O3", "-static", *(f"-D{macro}" for macro in macros)]
    subprocess.run(["g++", *flags, "-o", folder / "prog", folder / "prog.cpp"], check=True)


def figures(answer: Measured) -> Measured:
    """All of an answer but the time that the simulator took."""
    return replace(answer, simulator_seconds=0.0)


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
