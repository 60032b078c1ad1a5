"""What a run of the engine compiled and ran, in order, seen at the door of the sandbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.engine import workbench
from pie_lsp.sandbox.choose import choose_sandbox
from pie_lsp.sandbox.contract import Outcome, Sandbox, SandboxCommand
from pie_lsp.values.toolchain import Binary, BuildFailure, BuildMode, TranslationUnit


@dataclass(frozen=True)
class Build:
    """A compilation that began."""

    source: bytes
    mode: BuildMode


@dataclass(frozen=True)
class Run:
    """A run of a program that was built from `source`; `measured` where it is under the simulator."""

    source: bytes
    mode: BuildMode
    measured: bool


@dataclass
class Recording:
    """Builds and runs in the order in which they began, and how often a compiler was started at all."""

    steps: list[Build | Run] = field(default_factory=list)
    compilers_started: int = 0
    headers_made: int = 0
    made_from: dict[Path, Build] = field(default_factory=dict)

    @property
    def builds(self) -> list[Build]:
        return [step for step in self.steps if isinstance(step, Build)]

    def builds_of(self, source: bytes) -> list[BuildMode]:
        return [build.mode for build in self.builds if build.source == source]

    def see(self, command: SandboxCommand) -> None:
        if "c++-header" in command.argv:
            self.headers_made += 1
        elif "c++" in command.argv:
            self.compilers_started += 1
        program = dict(command.box).get("prog")
        if program in self.made_from:
            build = self.made_from[program]
            self.steps.append(Run(build.source, build.mode, measured="-plugin" in command.argv))


class RecordingSandbox:
    """A real sandbox, and somebody who watches."""

    def __init__(self, inner: Sandbox, recording: Recording) -> None:
        self._inner = inner
        self._recording = recording

    @property
    def name(self) -> str:
        return self._inner.name

    async def run(self, command: SandboxCommand) -> Outcome:
        self._recording.see(command)
        return await self._inner.run(command)


@contextmanager
def recorded() -> Iterator[Recording]:
    """Inside, whatever the engine compiles and runs is recorded; everything is still done for real."""
    recording = Recording()
    build = Compiler.build

    async def choose_recording(*arguments: Any) -> Sandbox:
        return RecordingSandbox(await choose_sandbox(*arguments), recording)

    async def build_recording(
        self: Compiler, unit: TranslationUnit, mode: BuildMode
    ) -> Binary | BuildFailure:
        step = Build(unit.source, mode)
        recording.steps.append(step)
        built = await build(self, unit, mode)
        if isinstance(built, Binary):
            recording.made_from[built.path] = step
        return built

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbench, "choose_sandbox", choose_recording)
        patch.setattr(Compiler, "build", build_recording)
        yield recording
