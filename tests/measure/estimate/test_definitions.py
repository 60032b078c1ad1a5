"""Machine code is traced back to definitions, whatever the optimizer and the linker made of it."""

import asyncio
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.build.toolchain import find_toolchain
from pie_lsp.measure.estimate.definitions import DefinedCode, read_definitions
from pie_lsp.sandbox.contract import Sandbox
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.settings import Settings
from pie_lsp.values.toolchain import Binary, BuildMode, Link, TranslationUnit

PROGRAM = b"""\
#include <cstdio>
#include <stdexcept>
template <class T>
__attribute__((noinline)) T twice(T x) { return x + x; }
namespace n {
struct S {
    int x;
    __attribute__((noinline)) S(int a) : x(a) { std::puts("made"); }
    __attribute__((noinline)) int get(int k) const;
};
int S::get(int k) const { return x * k; }
}
__attribute__((noinline)) int rare(int a) { if (a > 100) throw std::runtime_error("rare"); return a + 1; }
int main(int count, char **) {
    return twice(count) + (int)twice((long)count) + n::S(count).get(count) + rare(count);
}
"""


def names(source: bytes, found: tuple[DefinedCode, ...]) -> Counter[str]:
    """What stands at each place that was found."""
    lines = source.splitlines()
    return Counter(lines[code.line - 1][code.column - 1 :].decode()[:5] for code in found)


async def build(
    sandbox: Sandbox, scratch: Path, folder: Path, link: Link = Link.STATIC, *flags: str
) -> Binary:
    settings = Settings(flags=("-O3", *flags), flags_are_default=False, link=link)
    toolchain = await find_toolchain(settings, folder / "a.cpp")
    built = await Compiler(toolchain, sandbox, scratch).build(
        TranslationUnit("a.cpp", folder, PROGRAM), BuildMode.ATTRIBUTED
    )
    assert isinstance(built, Binary), built
    return built


@pytest.mark.parametrize(
    ("link", "flags"),
    [(Link.STATIC, ()), (Link.DYNAMIC, ()), (Link.STATIC, ("-flto",)), (Link.STATIC, ("-gdwarf-4",)),
     (Link.DYNAMIC, ("-s", "-g0"))],
    ids=["static", "dynamic", "lto", "dwarf 4", "stripped"],
)  # fmt: skip
async def test_every_instance_of_every_definition_is_found(
    sandbox: Sandbox, scratch: Path, tmp_path: Path, link: Link, flags: tuple[str, ...]
) -> None:
    binary = await build(sandbox, scratch, tmp_path, link, *flags)
    found = names(PROGRAM, read_definitions(binary.path, "a.cpp"))
    # Of a method that is defined outside its class, compilers name the class or the method.
    found["get(i"] += found.pop("S::ge", 0)
    assert set(found) == {"twice", "S(int", "get(i", "rare(", "main("}
    assert found["twice"] >= 2
    # The part that throws was moved away, and belongs to it all the same.
    assert found["rare("] == 2


async def test_other_files_are_not_read(sandbox: Sandbox, scratch: Path, tmp_path: Path) -> None:
    binary = await build(sandbox, scratch, tmp_path)
    with pytest.raises(MeasurementError, match="no debug information"):
        read_definitions(binary.path, "other.cpp")


def test_a_program_without_debug_information(sandbox: Sandbox, scratch: Path, tmp_path: Path) -> None:
    binary = asyncio.run(build(sandbox, scratch, tmp_path))
    bare = tmp_path / "bare"
    subprocess.run(["strip", "-o", bare, binary.path], check=True)
    with pytest.raises(MeasurementError, match="no debug information"):
        read_definitions(bare, "a.cpp")


def test_debug_information_that_is_noise(sandbox: Sandbox, scratch: Path, tmp_path: Path) -> None:
    binary = asyncio.run(build(sandbox, scratch, tmp_path))
    noise = tmp_path / "noise.bin"
    noise.write_bytes(bytes(range(256)) * 40)
    spoiled = tmp_path / "spoiled"
    subprocess.run(["objcopy", "--update-section", f".debug_info={noise}", binary.path, spoiled], check=True)
    with pytest.raises(MeasurementError, match="no debug information"):
        read_definitions(spoiled, "a.cpp")


async def test_debug_information_changes_no_instruction(
    sandbox: Sandbox, scratch: Path, tmp_path: Path, compiler: Compiler
) -> None:
    unit = TranslationUnit("a.cpp", tmp_path, PROGRAM)
    real = await compiler.build(unit, BuildMode.OPTIMIZED)
    with_it = await compiler.build(unit, BuildMode.ATTRIBUTED)
    assert isinstance(real, Binary) and isinstance(with_it, Binary)
    assert real.code_digest == with_it.code_digest and real.digest != with_it.digest
