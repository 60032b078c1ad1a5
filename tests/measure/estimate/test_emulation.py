import re
from pathlib import Path

import pytest

from pie_lsp.measure.contract import KilledRunError, UnsuitableProgramError
from pie_lsp.measure.estimate import emulation
from pie_lsp.measure.estimate.backend import EstimateBackend
from pie_lsp.measure.estimate.emulation import emulate
from pie_lsp.measure.estimate.plugin import Emulator
from pie_lsp.sandbox.contract import Ending, Outcome, Sandbox, SandboxCommand
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.testing import TestCase

from ..conftest import Build

NOTHING = TestCase("nothing", b"")

THREADS = b"#include <thread>\nint main() { std::thread t([] {}); t.join(); }\n"
FORKS = (
    b"#include <unistd.h>\n#include <sys/wait.h>\nint main() { if (fork() == 0) _exit(0); wait(nullptr); }\n"
)
AVX = b"""
#pragma GCC target("avx2")
#include <cstdio>
int values[4096];
int main() {
    int n, sum = 0;
    if (scanf("%d", &n) != 1) n = 7;
    for (int i = 0; i < 4096; i++) values[i] = i * n;
    for (int i = 0; i < 4096; i++) sum += values[i] ^ n;
    printf("%d\\n", sum);
}
"""
REPLACES_ITSELF = b'#include <unistd.h>\nint main() { execl("/bin/true", "true", (char*)nullptr); }\n'


@pytest.mark.parametrize(("source", "sentence"), [(THREADS, "threads"), (FORKS, "processes"), (AVX, "AVX")])
async def test_what_the_model_cannot_follow_is_said(
    source: bytes, sentence: str, estimate: EstimateBackend, build: Build
) -> None:
    with pytest.raises(UnsuitableProgramError, match=rf"{sentence}.*cannot be estimated"):
        await estimate.measure(await build(source), NOTHING)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (b"#include <cstdlib>\nint main() { abort(); }\n", "ended under QEMU .Aborted"),
        (b"int main() { return *(volatile int*)8; }\n", "ended under QEMU .Segmentation fault"),
        (REPLACES_ITSELF, "replaced itself by another|did not count"),
        (
            b'#include <cstdio>\nint main() { for (;;) puts("abcdefghijklmnopqrstuvwxyz"); }\n',
            "more than the output limit",
        ),
    ],
)
async def test_a_program_that_does_not_end_by_itself_is_not_measured(
    source: bytes, sentence: str, estimate: EstimateBackend, build: Build
) -> None:
    with pytest.raises(MeasurementError, match=sentence):
        await estimate.measure(await build(source), NOTHING)


async def test_a_run_that_was_killed_says_nothing_of_its_program(
    estimate: EstimateBackend, build: Build
) -> None:
    killed = await build(b"#include <csignal>\nint main() { raise(SIGKILL); }\n")
    with pytest.raises(KilledRunError, match="killed from outside"):
        await estimate.measure(killed, NOTHING)


async def test_a_program_that_takes_too_long_is_not_measured(
    build: Build, emulator: Emulator, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emulation, "_SLOWEST", 1)
    endless = await build(b"int main() { for (;;) { volatile int x; x = 1; } }\n")
    with pytest.raises(MeasurementError, match="takes too long to be estimated"):
        await emulate(emulator, sandbox, endless.path, Path("/dev/null"), RunLimits(cpu_seconds=1), tmp_path)
    assert contents(tmp_path) == []


async def test_an_exit_status_is_no_failure_and_part_of_the_behaviour(
    build: Build, emulator: Emulator, sandbox: Sandbox, tmp_path: Path
) -> None:
    programs = [await build(b"int main() { return %d; }\n" % status) for status in (3, 4)]
    nothing = Path("/dev/null")
    runs = [await emulate(emulator, sandbox, p.path, nothing, RunLimits(), tmp_path) for p in programs]
    assert runs[0].behaviour != runs[1].behaviour


async def test_a_deep_stack_is_there_as_natively(estimate: EstimateBackend, build: Build) -> None:
    deep = await build(
        b"int f(int n) { volatile char pad[1000]; pad[0] = 1; return n ? f(n - 1) + pad[0] : 0; }\n"
        b"int main() { return f(100000) != 100000; }\n"
    )
    cost = await estimate.measure(deep, NOTHING)
    assert cost.functions[0].name == "f"


async def test_programs_that_ask_for_the_time_are_marked(estimate: EstimateBackend, build: Build) -> None:
    asks = await build(b"#include <ctime>\nint main() { return time(nullptr) == 0; }\n")
    (part,) = [part for part in (await estimate.measure(asks, NOTHING)).parts if part.name == "clock reads"]
    assert (part.count, part.amount) == (1, 0)


async def test_a_program_that_allocates_does_not_count_as_asking_for_random_numbers(
    estimate: EstimateBackend, build: Build
) -> None:
    allocates = await build(b"#include <cstdlib>\nint main() { return malloc(100000) == nullptr; }\n")
    assert "clock reads" not in {part.name for part in (await estimate.measure(allocates, NOTHING)).parts}


def contents(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def write(path: Path, text: str) -> None:
    path.write_text(text)


class Recording:
    """A sandbox that writes down what it is asked, and ends as it is told."""

    name = "recording"

    def __init__(self, written: str | None, ending: Ending = Ending.EXITED) -> None:
        self.written = written
        self.ending = ending
        self.command: SandboxCommand | None = None

    async def run(self, command: SandboxCommand) -> Outcome:
        self.command = command
        found = re.search(r"out=(.*)", command.argv[command.argv.index("-plugin") + 1])
        assert found is not None
        if self.written is not None:
            write(Path(found[1].replace(",,", ",")), self.written)
        return Outcome(self.ending, 0, None, b"", b"qemu: no such plug-in\n", 0.1)


COMPLETE = (
    "pie-counters 4\nstart 401000\nthreads 0\nclock 0\nsyscalls 1\nquotients 1\n"
    "block 401000 1 1 0 0 0 0 0 0 90\nend 1\n"
)


async def test_everything_that_a_program_can_see_is_fixed(emulator: Emulator, tmp_path: Path) -> None:
    scratch = tmp_path / "with,comma"
    scratch.mkdir()
    sandbox = Recording(COMPLETE)
    await emulate(emulator, sandbox, Path("/some/where/program"), Path("/in"), RunLimits(), scratch)
    command = sandbox.command
    assert command is not None
    assert command.argv[-1] == "/box/prog"
    words = " ".join(command.argv)
    for fixed in ("-cpu qemu64", "-seed 1", "-0 /box/prog", "-r 6.1.0", "-s 268435456"):
        assert fixed in words
    assert dict(command.box)["prog"] == Path("/some/where/program")
    assert command.environment == (
        ("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX,-AVX2,-ERMS,-FSRM,-AVX_Fast_Unaligned_Load"),
    )
    assert command.cwd is None
    assert command.stdin == Path("/in")
    assert command.limits.memory_bytes is not None
    assert command.limits.memory_bytes > RunLimits().memory_bytes


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (None, "did not count the run: qemu: no such plug-in"),
        (COMPLETE[:-3], "incomplete"),
        ("", "incomplete"),
        ("\u00e4" * 200, "overwritten by the program"),
    ],
)
async def test_counters_that_are_missing_or_cut_short_are_an_error(
    written: str | None, sentence: str, emulator: Emulator, tmp_path: Path
) -> None:
    with pytest.raises(MeasurementError, match=sentence):
        await emulate(emulator, Recording(written), Path("/p"), Path("/in"), RunLimits(), tmp_path)


async def test_the_wall_guard_is_an_error_too(emulator: Emulator, tmp_path: Path) -> None:
    stopped = Recording(COMPLETE, Ending.WALL_GUARD)
    with pytest.raises(MeasurementError, match="too long"):
        await emulate(emulator, stopped, Path("/p"), Path("/in"), RunLimits(), tmp_path)
