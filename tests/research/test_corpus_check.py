from pathlib import Path

import pytest

from pie_lsp.corpus.costs import COSTS, read_costs
from pie_lsp.corpus.digests import DIGESTS, read_digests
from pie_lsp.corpus.metadata import METADATA, read_problem
from pie_lsp.corpus.problem import TESTS
from pie_lsp.research.corpus_check import CorpusReport, ProblemReport, check
from pie_lsp.values.errors import CorpusError, InputError
from pie_lsp.values.settings import Settings

PROGRAM = """\
#include <cstdio>

int main() {
    unsigned sum = 0;
    unsigned number;
    while (std::scanf("%u", &number) == 1) {
        sum += number;
    }
    std::printf("%u\\n", sum);
}
"""

INPUTS = '''\
"""Inputs of Sums."""

import time

def generate(rng, size):
    """`size` numbers."""
    return "".join(f"{rng.randint(1, 999)}\\n" for _ in range(size))


def validate(text):
    """Raise ValueError where a line is no number."""
    for line in text.splitlines():
        int(line)
'''

TABLES = """\
title = "Sums"
family = "io"
split = "train"
form = "program"
statement = "Print the sum."
sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100]

[[version]]
file = "v1.cpp"

[[version]]
file = "v2.cpp"
kind = "cosmetic"
edit = "Steps otherwise."

[[version]]
file = "v3.cpp"
kind = "type-width"
edit = "Takes a wider sum."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small problem without a fault that has no digests yet."""
    folder = tmp_path / "sums"
    folder.mkdir()
    (folder / METADATA).write_text(TABLES)
    (folder / "inputs.py").write_text(INPUTS)
    (folder / "v1.cpp").write_text(PROGRAM)
    (folder / "v2.cpp").write_text(PROGRAM.replace("== 1", "> 0"))
    (folder / "v3.cpp").write_text(
        PROGRAM.replace("unsigned sum", "unsigned long sum").replace('"%u\\n"', '"%lu\\n"')
    )
    return folder


async def faults(folder: Path, tests: int = TESTS, *, sanitize: bool = False) -> tuple[str, ...]:
    report = await check([], Settings(), tests, root=folder.parent, sanitize=sanitize)
    assert [it.name for it in report.problems] == ["sums"]
    return report.problems[0].faults


async def write(folder: Path) -> None:
    report = await check(["sums"], Settings(), root=folder.parent, write=True)
    assert report == CorpusReport((ProblemReport("sums", 3, TESTS, (), written=True),))


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new))


async def test_bundled_programs_are_right() -> None:
    """All versions of two problems, on the smaller tests; ``pie-lsp corpus check`` does it for all."""
    told: list[ProblemReport] = []
    report = await check(["run_expand", "gcd_pairs"], Settings(), 4, told=told.append)
    assert report.problems == tuple(told)
    assert told == [ProblemReport("run_expand", 6, 4, ()), ProblemReport("gcd_pairs", 6, 4, ())]
    assert report.wrong == ()


async def test_digests_are_written_and_compared(folder: Path) -> None:
    (found,) = await faults(folder)
    assert found.startswith("digests.toml cannot be read")
    await write(folder)
    written = (folder / DIGESTS).read_bytes()
    assert await faults(folder) == ()
    assert (folder / DIGESTS).read_bytes() == written
    # Another author's machine writes the same file.
    (folder / DIGESTS).unlink()
    await write(folder)
    assert (folder / DIGESTS).read_bytes() == written


async def test_costs_are_measured_and_are_of_the_programs_that_lie_there(folder: Path) -> None:
    await write(folder)
    first = read_costs(read_problem(folder))
    assert len(first.cycles) == 3
    spoil(
        folder, "v2.cpp", "unsigned sum = 0;", "unsigned sum = 0; for (volatile int i = 0; i < 99999; ++i) {}"
    )
    (found,) = await faults(folder, 1)
    assert found.startswith("costs.toml is of other programs than those that lie there; have it written by")
    await write(folder)
    second = read_costs(read_problem(folder))
    assert second.cycles[1] > first.cycles[1] + 99_999
    # The others are the same programs, and the same program costs the same.
    assert (second.cycles[0], second.cycles[2]) == (first.cycles[0], first.cycles[2])
    (folder / COSTS).unlink()
    (found,) = await faults(folder, 1)
    assert found.startswith("costs.toml cannot be read")


async def test_another_digest_is_told(folder: Path) -> None:
    await write(folder)
    known = read_digests(folder)
    for old in (known.inputs[1], known.outputs[4]):
        spoil(folder, DIGESTS, old, "0" * 64)
    assert await faults(folder) == (
        "Test 2 is not the one that digests.toml knows.",
        "What is printed on test 5 is not what digests.toml knows.",
    )
    assert await faults(folder, 4) == ("Test 2 is not the one that digests.toml knows.",)
    assert await faults(folder, 1) == ()


async def test_a_wrong_output_is_told_and_nothing_is_written(folder: Path) -> None:
    await write(folder)
    before = (folder / DIGESTS).read_bytes()
    spoil(folder, "v3.cpp", "sum = 0", "sum = 1")
    (found,) = await faults(folder)
    assert found.startswith("v3.cpp: On test 1 its standard output differs: line 1 is ")
    report = await check(["sums"], Settings(), root=folder.parent, write=True)
    assert report.problems == (ProblemReport("sums", 3, TESTS, (found,), written=False),)
    assert report.wrong == ("sums",)
    assert (folder / DIGESTS).read_bytes() == before


async def test_all_versions_wrong_alike_are_told(folder: Path) -> None:
    await write(folder)
    for file in ("v1.cpp", "v2.cpp", "v3.cpp"):
        spoil(folder, file, "sum = 0", "sum = 1")
    assert await faults(folder, 2) == (
        "What is printed on test 1 is not what digests.toml knows.",
        "What is printed on test 2 is not what digests.toml knows.",
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (METADATA, '"cosmetic"', '"cosmetics"', "'cosmetics' is no \"kind\"; choose one of algorithm, "),
        ("inputs.py", "1, 999", "999, 1", "generate in inputs.py fails at size 1 ("),
        ("v1.cpp", "unsigned sum", "int spare; unsigned sum", "v1.cpp is compiled with a warning: "),
        ("v2.cpp", "unsigned sum", "int spare; unsigned sum", "v2.cpp is compiled with a warning: "),
        ("v1.cpp", "unsigned sum", "unsigned total", "v1.cpp cannot be built: "),
        ("v2.cpp", "unsigned sum", "unsigned total", "v2.cpp cannot be built: "),
        ("v2.cpp", "sum);\n", "sum);\n    return 3;\n", "v2.cpp: On test 1 it exits with status 3"),
        ("v2.cpp", "sum);\n", "sum);\n    __builtin_trap();\n", "v2.cpp: On test 1 it is ended by signal"),
        ("inputs.py", "int(line)", "int(line + 'x')", "Test 1 is no valid input: invalid literal"),
        ("inputs.py", "rng.randint(1, 999)", "time.monotonic_ns()", "Test 1 is another one when it is made"),
    ],
)
async def test_every_fault_is_told(folder: Path, file: str, old: str, new: str, sentence: str) -> None:
    await write(folder)
    spoil(folder, file, old, new)
    found = await faults(folder)
    assert found[0].startswith(sentence)


@pytest.mark.parametrize(
    "change", [("sum);\n", "sum);\n    return 3;\n"), ("sum);\n", 'sum);\n    std::fputs("done", stderr);\n')]
)
async def test_the_first_version_has_to_end_well(folder: Path, change: tuple[str, str]) -> None:
    await write(folder)
    for file in ("v1.cpp", "v2.cpp", "v3.cpp"):
        spoil(folder, file, *change)
    assert await faults(folder, 1) == (
        "v1.cpp: On test 1 it does not end with status 0 and without a message.",
    )


async def test_a_program_that_goes_on_and_on_is_told(folder: Path) -> None:
    await write(folder)
    spoil(folder, "v1.cpp", "sum += number;", 'for (;;) std::puts("and on");')
    found = await faults(folder, 1)
    assert found[0] == "v1.cpp: The original gives no result on 1: it writes more than 16 MiB."


async def test_what_only_sanitizers_see_is_told(folder: Path) -> None:
    await write(folder)
    assert await faults(folder, 3, sanitize=True) == ()
    spoil(
        folder, "v2.cpp", "sum = 0;", "sum = 0; int large = 2147483647; large += int(sum) + 1; (void)large;"
    )
    spoil(folder, "v2.cpp", "(void)large;", 'if (large == 5) std::puts("");')
    (stale,) = await faults(folder, 3)
    assert stale.startswith("costs.toml is of other programs")
    found = [fault for fault in await faults(folder, 3, sanitize=True) if fault != stale]
    assert len(found) == 1 and found[0].startswith("v2.cpp: On test 1 the sanitizers report ")


async def test_a_problem_with_a_fault_does_not_hide_the_next(folder: Path) -> None:
    await write(folder)
    broken = folder.parent / "broken"
    broken.mkdir()
    (broken / METADATA).write_text("title = 3\n")
    report = await check([], Settings(), 1, root=folder.parent)
    assert [(it.name, it.versions, it.tests) for it in report.problems] == [("broken", 0, 0), ("sums", 3, 1)]
    assert report.wrong == ("broken",)


async def test_a_wish_that_cannot_be_granted_is_told_before_anything_runs(folder: Path) -> None:
    with pytest.raises(CorpusError, match="There is no problem 'sum'"):
        await check(["sums", "sum"], Settings(), root=folder.parent)
    for tests in (0, 11):
        with pytest.raises(InputError, match=f"Every problem has 10 tests, so {tests} of them cannot be"):
            await check([], Settings(), tests, root=folder.parent)
    with pytest.raises(InputError, match="leave --tests out"):
        await check([], Settings(), 9, root=folder.parent, write=True)
    assert not (folder / DIGESTS).exists()
