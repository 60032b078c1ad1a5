"""Prints the whole time of `optimize` as a ratio to its floor: the steps that the tiers require, once each.

    python tests/benchmarks/optimize_floor.py [EXAMPLE.cpp]...

Everything that a run of the engine starts is recorded at the door of the sandbox: compilations, runs on
tests, runs under the simulator. Then the same commands are done again with nothing between them, each as
often as the tiers require it, on two cores, none waiting for another. That is the floor; what the engine
adds is reading, waiting for results that decide what is next, hashing and decoding. The goal is a ratio of
at most 1.5.

A warm-up makes what is made once per machine (launcher, plug-in, precompiled headers); it belongs to neither.
Without an argument the bundled examples are taken. The list of compilations is printed for each.
"""

import asyncio
import hashlib
import math
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest import mock

import pie_lsp.examples
from pie_lsp.engine import workbench
from pie_lsp.engine.contract import OptimizeRequest
from pie_lsp.engine.optimize import optimize
from pie_lsp.sandbox.choose import choose_sandbox
from pie_lsp.sandbox.contract import Outcome, Sandbox, SandboxCommand
from pie_lsp.values.report import OptimizeReport
from pie_lsp.values.settings import Settings

GOAL = 1.5
CORES = 2
ROUNDS = 2
ORIGINAL_RUNS = 2
"""The original runs on its tests for the oracle, and once more to see that it does the same again (T1b)."""


@dataclass(frozen=True)
class Step:
    """One command as it was started, with everything that it reads kept for doing it again.

    what  compilation or run, in words; equal steps have equal `key`
    """

    command: SandboxCommand
    what: str
    key: str
    seconds: float
    outcome: Outcome


@dataclass
class Recorder:
    """A real sandbox that keeps what goes through it. `keep` holds copies of the files that commands read."""

    inner: Sandbox
    keep: Path
    steps: list[Step] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.inner.name

    async def run(self, command: SandboxCommand) -> Outcome:
        kept = self._kept(command)
        started = time.perf_counter()
        outcome = await self.inner.run(command)
        seconds = time.perf_counter() - started
        self.steps.append(Step(kept, words_of(command), self._key(kept), seconds, outcome))
        return outcome

    def _kept(self, command: SandboxCommand) -> SandboxCommand:
        box = tuple((name, self._copy(path)) for name, path in command.box)
        stdin = self._copy(command.stdin) if command.stdin is not None else None
        return replace(command, box=box, stdin=stdin)

    def _copy(self, path: Path) -> Path:
        """A file with the same content, named by it, so that equal files are one."""
        target = self.keep / hashlib.sha256(path.read_bytes()).hexdigest()
        if not target.exists():
            shutil.copy(path, target)
        return target

    def _key(self, kept: SandboxCommand) -> str:
        """Equal for commands that do the same, wherever their output goes."""
        text = repr((kept.argv, kept.box, kept.stdin, kept.environment))
        for number, folder in enumerate(kept.writable):
            text = text.replace(str(folder), f"output {number}")
        return text


def words_of(command: SandboxCommand) -> str:
    if "c++-header" in command.argv:
        return "precompile headers"
    if "c++" in command.argv:
        flags = " ".join(command.argv)
        for mark, name in (("-fsanitize", "sanitizers"), ("pattern", "pattern"), ("auto-var-init", "zero")):
            if mark in flags:
                return f"compile ({name})"
        return "compile"
    if "-plugin" in command.argv:
        return "measure"
    return "run" if any(name == "prog" for name, _ in command.box) else "probe"


def compilations(steps: Sequence[Step], original: bytes) -> list[str]:
    """What was compiled, in the order in which it ended: "original, compile (sanitizers)"."""
    candidates: list[bytes] = []
    lines: list[str] = []
    for step in steps:
        if not step.what.startswith("compile") or step.command.stdin is None:
            continue
        _, _, source = step.command.stdin.read_bytes().partition(b"\n")
        if source == original:
            name = "original"
        elif source.endswith(b"\nint main() {}\n"):
            name = "start-up floor"
        else:
            candidates += [source] if source not in candidates else []
            name = f"candidate {1 + candidates.index(source)}"
        lines.append(f"{name}: {step.what}")
    return lines


def required(steps: Sequence[Step]) -> list[Step]:
    """The steps of the floor: no preparations, and nothing more often than the tiers ask for."""
    seen = Counter[str]()
    floor: list[Step] = []
    for step in steps:
        if step.what in ("precompile headers", "probe"):
            continue
        seen[step.key] += 1
        if seen[step.key] <= (ORIGINAL_RUNS if step.what == "run" else 1):
            floor.append(step)
    return floor


@contextmanager
def recording(recorder: Recorder) -> Iterator[None]:
    async def choose(*_: Any) -> Sandbox:
        return recorder

    with mock.patch.object(workbench, "choose_sandbox", choose):
        yield


async def do_again(sandbox: Sandbox, steps: Sequence[Step]) -> None:
    """All steps, the longest first, at most two at a time."""
    waiting = sorted(steps, key=lambda step: -step.seconds)

    async def work() -> None:
        while waiting:
            step = waiting.pop(0)
            for folder in step.command.writable:
                folder.mkdir(parents=True, exist_ok=True)
            outcome = await sandbox.run(step.command)
            if (outcome.ending, outcome.exit_status) != (step.outcome.ending, step.outcome.exit_status):
                raise SystemExit(f"It went differently the second time: {step.command.argv} {outcome}")

    await asyncio.gather(*(work() for _ in range(CORES)))
    for step in steps:
        for folder in step.command.writable:
            shutil.rmtree(folder, ignore_errors=True)


async def timed(work: Callable[[], Awaitable[Any]]) -> float:
    started = time.perf_counter()
    await work()
    return time.perf_counter() - started


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def ratio_of(request: OptimizeRequest, keep: Path) -> float:
    async def run() -> OptimizeReport:
        return await optimize(request, lambda event: None)

    sandbox = await choose_sandbox(allow_unsandboxed=False)
    recorder = Recorder(sandbox, keep)
    await run()
    with recording(recorder):
        report = await run()
    steps = required(recorder.steps)
    rounds = [(await timed(run), await timed(lambda: do_again(sandbox, steps))) for _ in range(ROUNDS)]
    whole, floor = min(whole for whole, _ in rounds), min(floor for _, floor in rounds)
    say(f"{request.path.name}: {len(report.suggestions)} offered, {len(report.rejected)} rejected")
    for line in compilations(recorder.steps, request.source):
        say(f"    {line}")
    for what, number in sorted(Counter(step.what for step in recorder.steps).items()):
        needed = sum(step.what == what for step in steps)
        say(f"    {what:24} {number:3} times, of which the tiers require {needed:3}")
    say(f"    whole {whole:6.2f} s   floor {floor:6.2f} s   ratio {whole / floor:.2f}")
    return whole / floor


def main(sources: Sequence[Path]) -> None:
    ratios = []
    for source in sources:
        request = OptimizeRequest(source, source.read_bytes(), None, Settings())
        with tempfile.TemporaryDirectory() as keep:
            Path(keep).chmod(0o755)
            ratios.append(asyncio.run(ratio_of(request, Path(keep))))
    mean = math.exp(statistics.fmean(map(math.log, ratios)))
    say(f"geometric mean {mean:.2f}, worst {max(ratios):.2f} (goal: at most {GOAL})")


if __name__ == "__main__":
    bundled = sorted(Path(pie_lsp.examples.__file__).parent.glob("*.cpp"))
    main([Path(word).resolve() for word in sys.argv[1:]] or bundled)
