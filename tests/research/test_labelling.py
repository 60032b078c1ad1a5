"""Every kind of label, and every fault that is none, with the real compiler, sandbox and QEMU."""

from pathlib import Path

import pytest

from pie_lsp.engine.workbench import open_workbench
from pie_lsp.research import labelling
from pie_lsp.research.labelling import Wanted, labels
from pie_lsp.research.program import read_program
from pie_lsp.research.rows import Row, Status
from pie_lsp.research.worker import NOWHERE, recipe_of
from pie_lsp.values.errors import SandboxError
from pie_lsp.values.settings import Settings
from pie_lsp.values.testing import TestCase

from .conftest import LOOP, Project


async def label(path: Path, settings: Settings, *inputs: bytes) -> list[Row]:
    wanted = [Wanted(f"k{n}", TestCase(str(n), given)) for n, given in enumerate(inputs or (b"",))]
    async with open_workbench(settings, NOWHERE, expected_builds=1, or_clock=False) as bench:
        program = read_program(path, settings, recipe_of(bench, settings, settings.flags))
        return [row async for row in labels(bench, program, wanted, settings.limits)]


async def test_a_program_is_measured_on_each_input(project: Project, quick: Settings) -> None:
    small, large, none = await label(project.write("a.cpp", LOOP % 7), quick, b"10", b"9000", b"")
    assert [row.key for row in (small, large, none)] == ["k0", "k1", "k2"]
    assert {row.status for row in (small, large, none)} == {Status.MEASURED}
    assert small.cost is not None
    assert large.cost is not None
    assert small.floor is not None
    assert 0 < small.floor < small.cost < large.cost
    assert sum(part.amount for part in large.parts) == large.cost
    assert (small.unit, small.floor) == (large.unit, large.floor) == ("cycles", none.floor)
    assert (small.exit_status, none.exit_status) == (0, 3)
    assert len({small.output, large.output, none.output}) == 3


async def test_a_floor_that_is_known_is_the_floor_that_is_measured(project: Project, quick: Settings) -> None:
    path = project.write("a.cpp", LOOP % 7)
    first = await label(path, quick, b"10")
    assert await label(path, quick, b"10") == first
    labelling._floors.cache_clear()
    assert await label(path, quick, b"10") == first


FAULTS = {
    "does-not-compile": ("int main() { return x; }", Status.BUILD_FAILED, "It does not compile: 'x' was not"),
    "does-not-link": (
        "void f(); int main() { f(); }",
        Status.BUILD_FAILED,
        "It does not link: undefined reference",
    ),
    "crashes": (
        "int main() { *(volatile int *)8 = 1; }",
        Status.CRASHED,
        "It is ended by a signal (Segmentation fault).",
    ),
    "hangs": (
        "int main() { for (volatile int i = 0;;) i = 1; }",
        Status.TIME_LIMIT,
        "needs more than 1 s of processor time",
    ),
    "floods": (
        '#include <cstdio>\nint main() { for (;;) puts("0123456789"); }',
        Status.OUTPUT_LIMIT,
        "It cannot be measured: it writes more than 1 MiB.",
    ),
    "threads": (
        "#include <thread>\nint main() { std::thread t([] {}); t.join(); }",
        Status.UNMEASURABLE,
        "The program starts threads",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_a_fault_of_the_program_is_a_label(project: Project, quick: Settings, name: str) -> None:
    source, status, sentence = FAULTS[name]
    rows = await label(project.write("a.cpp", source), quick, b"", b"1")
    assert [row.status for row in rows] == [status] * 2
    for row in rows:
        assert row.reason is not None
        assert sentence in row.reason
        assert (row.cost, row.unit, row.floor, row.parts) == (None, None, None, ())


async def test_a_sentence_holds_nothing_of_chance(project: Project, quick: Settings) -> None:
    """The assembler speaks of a file whose name is made up anew in every build."""
    path = project.write("a.cpp", 'asm("foo bar");\nint main() {}\n')
    first, second = await label(path, quick), await label(path, quick)
    assert first == second
    assert first[0].status is Status.BUILD_FAILED
    assert first[0].reason == ("It does not compile: program.s:4: Error: no such instruction: `foo bar'.")


async def test_a_killed_process_is_a_fault_of_the_machine(project: Project, quick: Settings) -> None:
    natively = project.write("a.cpp", "#include <csignal>\nint main() { raise(SIGKILL); }\n")
    with pytest.raises(SandboxError, match="killed from outside"):
        await label(natively, quick)
    emulated = project.write(
        "b.cpp",
        "#include <csignal>\n#include <cstring>\n#include <sys/utsname.h>\n"
        'int main() { utsname u; uname(&u); if (!std::strcmp(u.release, "6.1.0")) raise(SIGKILL); }\n',
    )
    with pytest.raises(SandboxError, match="under QEMU was killed from outside"):
        await label(emulated, quick)


@pytest.mark.parametrize("name", ["does-not-compile", "threads"])
async def test_with_a_full_disk_nothing_is_concluded(
    project: Project, quick: Settings, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(labelling, "LEAST_ROOM", 1 << 60)
    with pytest.raises(SandboxError, match="The disk is full"):
        await label(project.write("a.cpp", FAULTS[name][0]), quick)


async def test_a_killed_compiler_is_a_fault_of_the_machine(project: Project) -> None:
    killed = project.write("bin/my-g++", '#!/bin/sh\n[ "$1" = --version ] && exec g++ "$1"\nkill -9 $$\n')
    killed.chmod(0o755)
    with pytest.raises(SandboxError, match="The compiler was killed"):
        await label(project.write("a.cpp", "int main() {}"), Settings(compiler=str(killed)))
