import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from pie_lsp.measure.contract import Backend
from pie_lsp.measure.estimate import backend as module
from pie_lsp.measure.estimate.backend import EstimateBackend, cost_digest, model_digest
from pie_lsp.measure.estimate.formula import PART_NAMES, machine_named
from pie_lsp.measure.registry import choose_backend
from pie_lsp.sandbox.bubblewrap import Bubblewrap
from pie_lsp.sandbox.contract import Outcome, Sandbox, SandboxCommand
from pie_lsp.sandbox.landlock import Landlock
from pie_lsp.values.errors import MeasurementError, PieError
from pie_lsp.values.measurement import Cost
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, BuildMode, Link

from ..conftest import Build

# Streams, heap, recursion and a map: everything whose figure could hang on where memory lies.
PROGRAM = b"""
#include <iostream>
#include <map>
#include <string>
#include <vector>
__attribute__((noinline)) int depth(int n) {
    volatile char pad[100];
    pad[n % 100] = 1;
    return n ? 1 + depth(n - 1) : pad[0];
}
int main() {
    std::map<std::string, std::vector<int>> seen;
    std::string word;
    while (std::cin >> word) seen[word].push_back(depth(word.size() * 50));
    for (auto& [key, values] : seen) std::cout << key << ' ' << values.size() << std::endl;
}
"""
EMPTY = b"#include <iostream>\n#include <map>\nint main() {}\n"
WORDS = TestCase("words", b"".join(b"w%d " % (i * 7919 % 400) for i in range(3000)))

CHILD = """
import asyncio, json, sys
from dataclasses import asdict
from pathlib import Path
from pie_lsp.measure.registry import choose_backend
from pie_lsp.sandbox.choose import choose_sandbox
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, BuildMode, Link
async def main():
    binary = Binary(Path(sys.argv[1]), BuildMode.OPTIMIZED, "any", "any")
    sandbox = await choose_sandbox(False)
    backend = await choose_backend(
        "estimate", "skylake-verbatim", Link.STATIC, sandbox, Path(sys.argv[2]), RunLimits())
    print(json.dumps(asdict(await backend.measure(binary, TestCase("t", sys.stdin.buffer.read())))))
asyncio.run(main())
"""


@pytest.fixture(scope="session")
def program(build: Build) -> Binary:
    async def built() -> Binary:
        return await build(PROGRAM)

    return asyncio.run(built())


@pytest.fixture(scope="session")
def dynamic_program(tmp_path_factory: pytest.TempPathFactory) -> Binary:
    folder = tmp_path_factory.mktemp("dynamic")
    (folder / "program.cpp").write_bytes(PROGRAM)
    command = ["g++", "-std=c++17", "-O2", str(folder / "program.cpp"), "-o", str(folder / "program")]
    subprocess.run(command, check=True)
    return Binary(folder / "program", BuildMode.OPTIMIZED, "dynamic", "dynamic")


def make_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)


async def fresh(
    sandbox: Sandbox, scratch: Path, model: str = "skylake-verbatim", link: Link = Link.STATIC
) -> Backend:
    make_folder(scratch)
    return await choose_backend("estimate", model, link, sandbox, scratch, RunLimits())


def in_another_process(binary: Binary, folder: Path, environment: dict[str, str]) -> object:
    scratch = folder / "scratch"
    scratch.mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, binary.path, scratch],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PIE_LSP_CACHE_DIR": str(folder / "cache"), **environment},
        input=WORDS.input,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def as_json(cost: Cost) -> object:
    return json.loads(json.dumps(asdict(cost)))


async def test_two_runs_give_the_same_figure(
    estimate: EstimateBackend, sandbox: Sandbox, program: Binary, tmp_path: Path
) -> None:
    first = await estimate.measure(program, WORDS)
    again = await (await fresh(sandbox, tmp_path / "other")).measure(program, WORDS)
    assert first == again
    assert first.amount > 1_000_000
    assert first.unit == "cycles"


def test_two_processes_in_other_folders_with_other_environments_give_the_same_figure(
    emulator: object, program: Binary, tmp_path: Path
) -> None:
    temporary = tmp_path / "a rather long folder, with a comma"
    temporary.mkdir()
    crowded = {"LANG": "de_DE.UTF-8", "CROWD": "x" * 5000, "TMPDIR": str(temporary)}
    one = in_another_process(program, tmp_path / "one", {})
    two = in_another_process(program, temporary / "two", crowded)
    assert one == two


@pytest.mark.parametrize("find", [Bubblewrap.find, Landlock.find])
async def test_every_sandbox_gives_the_same_figure(
    find: Callable[[], Sandbox], estimate: EstimateBackend, program: Binary, tmp_path: Path
) -> None:
    try:
        rung = find()
        await rung.run(SandboxCommand(("/bin/true",)))
    except PieError as error:
        pytest.skip(f"this sandbox does not work on this machine: {error}")
    backend = await fresh(rung, tmp_path / "rung")
    assert await backend.measure(program, WORDS) == await estimate.measure(program, WORDS)


async def test_a_dynamic_program_is_measured_with_its_loader_and_repeats(
    emulator: object, sandbox: Sandbox, dynamic_program: Binary, tmp_path: Path
) -> None:
    one = await fresh(sandbox, tmp_path / "one", link=Link.DYNAMIC)
    two = await fresh(sandbox, tmp_path / "two", link=Link.DYNAMIC)
    cost = await one.measure(dynamic_program, WORDS)
    assert cost == await two.measure(dynamic_program, WORDS)
    assert one.link is Link.DYNAMIC
    # Position-independent code is loaded elsewhere, and its functions are found nevertheless.
    assert {"main", "depth"} <= {function.name for function in cost.functions}


async def test_the_start_up_floor_and_every_test_are_in_the_baseline(
    estimate: EstimateBackend, build: Build, program: Binary
) -> None:
    tests = [WORDS, TestCase("none", b"")]
    baseline = await estimate.baseline(program, await build(EMPTY), tests)
    assert [cost.amount for cost in baseline.costs] == [
        (await estimate.measure(program, test)).amount for test in tests
    ]
    # gem5 itself takes 125 thousand cycles for an empty static program, and 327 thousand with streams.
    assert 100_000 < baseline.floor < 400_000
    assert baseline.floor <= baseline.costs[1].amount < 1.2 * baseline.floor
    assert (baseline.backend, baseline.unit, baseline.model) == ("estimate", "cycles", estimate.model)
    assert f"within {100 * (baseline.expected_error or 0):.0f} %" in estimate.phrase


async def test_a_run_is_measured_once(
    estimate: EstimateBackend, sandbox: Sandbox, program: Binary, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = 0

    class Counting:
        name = "counting"

        async def run(self, command: SandboxCommand) -> Outcome:
            nonlocal runs
            runs += 1
            return await sandbox.run(command)

    monkeypatch.setattr(estimate, "_sandbox", Counting())
    baseline = await estimate.baseline(program, program, [WORDS, WORDS])
    await estimate.compare(baseline, program, program, [WORDS, WORDS])
    # The words, and the empty input of the floor.
    assert runs == 2


async def test_a_faster_program_is_compared(estimate: EstimateBackend, build: Build, program: Binary) -> None:
    new = await build(PROGRAM.replace(b"std::endl", b"'\\n'").replace(b"* 50", b"* 5"))
    other_answer = await build(PROGRAM.replace(b"values.size()", b"values.size() + 1"))
    baseline = await estimate.baseline(program, await build(EMPTY), [WORDS])
    comparison = await estimate.compare(baseline, program, new, [WORDS])
    assert comparison.speedup == comparison.old[0].amount / comparison.new[0].amount > 1.2
    assert comparison.speedup_net > comparison.speedup
    assert comparison.interval is None
    with pytest.raises(MeasurementError, match="answers words differently"):
        await estimate.compare(baseline, program, other_answer, [WORDS])


async def test_the_two_machines_differ_in_their_cycles_and_agree_on_the_counts(
    estimate: EstimateBackend, sandbox: Sandbox, kernels: Binary, tmp_path: Path
) -> None:
    other = await fresh(sandbox, tmp_path / "pie", "skylake-pie")
    test = TestCase("t", b"fetches 5000\n")
    verbatim, pie = await estimate.measure(kernels, test), await other.measure(kernels, test)
    # How long data are waited for hangs on the machine; everything else is the program's.
    waited = PART_NAMES.index("cycles waiting for data")
    for one, two in zip(verbatim.parts, pie.parts, strict=True):
        assert one.count == two.count or one.name == two.name == PART_NAMES[waited]
    assert verbatim.parts[waited].count != pie.parts[waited].count
    fetched = verbatim.parts[0].count
    for cost, name in ((verbatim, "skylake-verbatim"), (pie, "skylake-pie")):
        assert cost.parts[0].amount == fetched * machine_named(name).prices[0] // 100
    assert estimate.model != other.model
    assert other.model.startswith("skylake-pie/")


async def test_cancelling_ends_the_emulator(estimate: EstimateBackend, build: Build, tmp_path: Path) -> None:
    endless = await build(b"#include <cstdio>\nint main() { for (;;) { volatile int x; x = 1; } }\n")
    running = asyncio.ensure_future(estimate.measure(endless, WORDS))
    async with asyncio.timeout(60):
        while not emulators_of(tmp_path):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert emulators_of(tmp_path) == []


def emulators_of(scratch: Path) -> list[bytes]:
    """Command lines of the processes that count into `scratch`."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            line = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if b"qemu-x86_64\0" in line and os.fsencode(scratch) in line:
            found.append(line)
    return found


def test_a_changed_model_has_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    before = model_digest()
    monkeypatch.setattr(module, "plugin_digest", lambda: "another plug-in")
    assert model_digest() != before


def test_every_file_of_the_model_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "estimate"
    shutil.copytree(Path(module.__file__).parent, folder)
    before = model_digest()
    monkeypatch.setattr(module, "files", lambda package: folder)
    assert model_digest() == before
    for name in ("counters.py", "functions.py", "coefficients.toml", "window.py"):
        with (folder / name).open("a") as file:
            file.write("# Another.\n")
        after, before = before, model_digest()
        assert after != before


def test_what_takes_the_time_is_told_by_the_program_text_and_not_by_its_numbers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(Path(module.__file__).parent, copy)
    before = cost_digest(), model_digest()
    monkeypatch.setattr(module, "files", lambda package: copy)
    assert (cost_digest(), model_digest()) == before
    with (copy / "coefficients.toml").open("a") as file:
        file.write("# other prices\n")
    assert cost_digest() == before[0]
    assert model_digest() != before[1]
    for name in module._COST_FILES:
        text = (copy / name).read_bytes()
        (copy / name).write_bytes(text + b"# other text\n")
        assert cost_digest() != before[0]
        (copy / name).write_bytes(text)
    monkeypatch.setattr(module, "plugin_digest", lambda: "another plug-in")
    assert cost_digest() != before[0]
    # All Python beside it takes time, but for what prepares the plug-in and what divides costs by function.
    beside = {path.name for path in copy.glob("*.py")}
    apart = {"__init__.py", "plugin.py", "attribution.py", "definitions.py"}
    assert beside - apart == set(module._COST_FILES)


async def test_what_a_title_says(estimate: EstimateBackend, emulator: object) -> None:
    assert (estimate.name, estimate.phrase) == ("estimate", "estimated Skylake cycles within 7 %")
    assert not estimate.is_clock
    assert estimate.link is Link.STATIC
    assert estimate.model.startswith("skylake-verbatim/4-")
    assert "+qemu-" in estimate.model
