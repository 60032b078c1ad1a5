"""Precompiled headers change the time of a build and nothing else."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.build.floor import floor_unit
from pie_lsp.build.modes import COMPILE_LIMITS
from pie_lsp.build.precompile import HeaderStore
from pie_lsp.sandbox.contract import Outcome, Sandbox, SandboxCommand
from pie_lsp.values.toolchain import Binary, BuildFailure, BuildMode, Toolchain, TranslationUnit

if TYPE_CHECKING:
    from tests.build.conftest import UnitMaker

PRELUDE = "#include <cstdio>\n#include <cstdlib>\n"
BODY = 'int main() { std::printf("%d\\n", std::abs(-3)); }\n'


class Recording:
    """Passes commands on and remembers them."""

    def __init__(self, inner: Sandbox) -> None:
        self._inner = inner
        self.commands: list[tuple[str, ...]] = []

    @property
    def name(self) -> str:
        return self._inner.name

    async def run(self, command: SandboxCommand) -> Outcome:
        self.commands.append(command.argv)
        return await self._inner.run(command)

    @property
    def headers_made(self) -> int:
        return sum("c++-header" in argv for argv in self.commands)

    @property
    def headers_used(self) -> int:
        return sum("-include" in argv for argv in self.commands)


@pytest.fixture
def recording(sandbox: Sandbox) -> Recording:
    return Recording(sandbox)


@pytest.fixture
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache without headers, but with the launcher."""
    folder = tmp_path_factory.mktemp("headers-cache")
    monkeypatch.setenv("PIE_LSP_CACHE_DIR", str(folder))
    return folder


@pytest.fixture
def many(toolchain: Toolchain, recording: Recording, scratch: Path, cache: Path) -> Iterator[Compiler]:
    yield Compiler(toolchain, recording, scratch, expected_builds=8)


def build(compiler: Compiler, source: TranslationUnit) -> Binary:
    built = asyncio.run(compiler.build(source, BuildMode.OPTIMIZED))
    assert isinstance(built, Binary), built
    return built


def test_the_binary_is_the_same_with_and_without(
    many: Compiler, compiler: Compiler, recording: Recording, unit: UnitMaker
) -> None:
    source = unit(PRELUDE + BODY)
    assert build(many, source).digest == build(compiler, source).digest
    assert (recording.headers_made, recording.headers_used) == (1, 1)
    build(many, unit(PRELUDE + "int other;\n" + BODY))
    assert (recording.headers_made, recording.headers_used) == (1, 2)


def test_a_bigger_header_gives_the_same_binary_too(
    many: Compiler, compiler: Compiler, recording: Recording, unit: UnitMaker
) -> None:
    source = unit(
        "#include <iostream>\n#include <vector>\n"
        "int main() { std::vector<int> v(3); std::cout << v.size() << __LINE__ << std::endl; }\n"
    )
    assert build(many, source).digest == build(compiler, source).digest
    assert recording.headers_used == 1


def test_what_does_not_compile_without_does_not_compile_with(many: Compiler, unit: UnitMaker) -> None:
    build(many, unit(PRELUDE + BODY))
    built = asyncio.run(many.build(unit(BODY), BuildMode.OPTIMIZED))
    assert isinstance(built, BuildFailure)
    assert "printf" in built.reason


def test_few_builds_do_not_pay(
    toolchain: Toolchain, recording: Recording, scratch: Path, cache: Path, unit: UnitMaker
) -> None:
    few = Compiler(toolchain, recording, scratch, expected_builds=2)
    build(few, unit(PRELUDE + BODY))
    assert (recording.headers_made, recording.headers_used) == (0, 0)
    many = Compiler(toolchain, recording, scratch, expected_builds=8)
    build(many, unit(PRELUDE + BODY))
    build(few, unit(PRELUDE + BODY))
    assert (recording.headers_made, recording.headers_used) == (1, 2)


def test_several_at_once_make_one(many: Compiler, recording: Recording, unit: UnitMaker) -> None:
    async def together() -> None:
        sources = [unit(f"{PRELUDE}int number = {number};\n{BODY}") for number in range(3)]
        await asyncio.gather(*(many.build(source, BuildMode.OPTIMIZED) for source in sources))

    asyncio.run(together())
    assert (recording.headers_made, recording.headers_used) == (1, 3)


def test_headers_for_other_flags_are_others(
    many: Compiler, toolchain: Toolchain, recording: Recording, scratch: Path, unit: UnitMaker
) -> None:
    build(many, unit(PRELUDE + BODY))
    other = Compiler(replace(toolchain, flags=("-O1",)), recording, scratch, expected_builds=8)
    build(other, unit(PRELUDE + BODY))
    assert recording.headers_made == 2


def test_a_source_that_adds_an_include_uses_the_header_too(
    many: Compiler, compiler: Compiler, recording: Recording, unit: UnitMaker
) -> None:
    build(many, unit(PRELUDE + BODY))
    more = unit(f"{PRELUDE}#include <cmath>\n{BODY}")
    assert build(many, more).digest == build(compiler, more).digest
    assert (recording.headers_made, recording.headers_used) == (1, 2)


def test_a_source_that_begins_otherwise_is_compiled_by_itself(
    many: Compiler, recording: Recording, unit: UnitMaker
) -> None:
    build(many, unit(PRELUDE + BODY))
    build(many, unit(f"#include <cmath>\n{PRELUDE}{BODY}"))
    assert (recording.headers_made, recording.headers_used) == (1, 1)


def test_the_floor_uses_the_header_of_its_program(
    many: Compiler, recording: Recording, unit: UnitMaker
) -> None:
    source = unit(PRELUDE + BODY)
    build(many, source)
    build(many, floor_unit(source))
    assert (recording.headers_made, recording.headers_used) == (1, 2)


def test_folders_of_the_user_rule_it_out(
    toolchain: Toolchain, recording: Recording, scratch: Path, cache: Path, unit: UnitMaker, tmp_path: Path
) -> None:
    """A folder of the user's may hold a header of a system header's name, and change."""
    compiler = Compiler(replace(toolchain, include_dirs=(tmp_path,)), recording, scratch, expected_builds=8)
    build(compiler, unit(PRELUDE + BODY))
    assert recording.headers_made == 0


def test_a_header_that_vanishes_is_no_failure(
    many: Compiler, recording: Recording, unit: UnitMaker, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(many, unit(PRELUDE + BODY))
    find = HeaderStore.find

    async def find_and_lose(
        self: HeaderStore, prelude: bytes, flags: tuple[str, ...], make: bool
    ) -> Path | None:
        found = await find(self, prelude, flags, make)
        assert found is not None
        shutil.rmtree(found.parent)
        found.parent.mkdir()
        return found

    monkeypatch.setattr(HeaderStore, "find", find_and_lose)
    build(many, unit(PRELUDE + BODY))


def test_a_broken_cache_costs_time_only(
    many: Compiler, recording: Recording, unit: UnitMaker, cache: Path
) -> None:
    (cache / "headers").write_text("in the way")
    build(many, unit(PRELUDE + BODY))
    assert recording.headers_made == 0


def test_space_is_bounded_by_what_was_used_last(toolchain: Toolchain, sandbox: Sandbox, cache: Path) -> None:
    store = HeaderStore(toolchain, sandbox, COMPILE_LIMITS, most_bytes=1)
    first = asyncio.run(store.find(b"#include <cstdio>\n", ("-O1",), True))
    second = asyncio.run(store.find(b"#include <cstdlib>\n", ("-O1",), True))
    assert first is not None
    assert second is not None
    assert not first.exists()
    assert second.with_name("prelude.h.gch").exists()
    assert {path.name for path in (cache / "headers").iterdir()} == {
        second.parent.name,
        f"{second.parent.name}.lock",
    }
