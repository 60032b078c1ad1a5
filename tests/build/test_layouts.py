"""A layout is the same program elsewhere: code or stack move, and what it does stays."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from elftools.elf.elffile import ELFFile
from elftools.elf.sections import SymbolTableSection

from pie_lsp.build.compiler import Compiler
from pie_lsp.build.layouts import STACK_BYTES, layouts_digest
from pie_lsp.values.toolchain import LAYOUTS, Binary, BuildMode, Link, Toolchain

if TYPE_CHECKING:
    from pathlib import Path

    from pie_lsp.sandbox.contract import Sandbox
    from tests.build.conftest import Runner, UnitMaker

# Prints where its stack is and whether the C library finds what the system gave the program.
TELLS = r"""
#include <cstdio>
#include <cstdlib>
#include <sys/auxv.h>
static int before = std::getenv("HOME") != nullptr;
__attribute__((noinline)) unsigned spin(unsigned n) {
    unsigned s = 1;
    for (unsigned i = 0; i < n; ++i) s = s * 31 + (s >> 7);
    return s;
}
int main(int count, char **words, char **environment) {
    int here = 0;
    std::printf("%p %d %s ", (void *)&here, count, words[0]);
    std::printf("%d %d ", before, environment[0] != nullptr);
    std::printf("%d %lu %u\n", getauxval(AT_PHDR) != 0, getauxval(AT_PAGESZ), spin(count * 1000));
}
// The last line of a source may be a comment that ends in a \ """


def layouts_of(compiler: Compiler, source: str, unit: UnitMaker) -> dict[BuildMode, Binary]:
    async def build() -> dict[BuildMode, Binary]:
        binaries = {}
        for mode in (BuildMode.OPTIMIZED, *LAYOUTS):
            built = await compiler.build(unit(source.rstrip(" ")), mode)
            assert isinstance(built, Binary), built
            binaries[mode] = built
        return binaries

    return asyncio.run(build())


def symbols(binary: Binary) -> dict[str, int]:
    """Functions of the program's own and of the libraries in it, and where they lie.

    Behind them is what the C library runs at the end for a memory checker, and nobody else.
    """
    with binary.path.open("rb") as stream:
        elf = ELFFile(stream)
        text, table = elf.get_section_index(".text"), elf.get_section_by_name(".symtab")
        assert isinstance(table, SymbolTableSection)
        return {
            symbol.name: symbol["st_value"]
            for symbol in table.iter_symbols()
            if symbol["st_info"]["type"] == "STT_FUNC" and symbol["st_shndx"] == text
        }


@pytest.mark.parametrize("link", list(Link))
def test_only_the_layout_differs(
    link: Link, toolchain: Toolchain, sandbox: Sandbox, scratch: Path, unit: UnitMaker, run: Runner
) -> None:
    compiler = Compiler(replace(toolchain, link=link), sandbox, scratch)
    binaries = layouts_of(compiler, TELLS, unit)
    assert len({binary.code_digest for binary in binaries.values()}) == len(binaries)
    said = {mode: run(binary).stdout.split(b" ", 1)[1] for mode, binary in binaries.items()}
    assert len(set(said.values())) == 1, said
    assert b" 1 4096 " in said[BuildMode.SHIFTED]


def test_no_function_of_a_static_program_moves_with_its_stack(compiler: Compiler, unit: UnitMaker) -> None:
    binaries = layouts_of(compiler, TELLS, unit)
    plain, moved = symbols(binaries[BuildMode.OPTIMIZED]), symbols(binaries[BuildMode.SHIFTED])
    assert {name: moved.get(name) for name in plain} == plain
    assert symbols(binaries[BuildMode.ALIGNED])["main"] % 64 == 0
    assert symbols(binaries[BuildMode.PACKED]) != plain
    assert len(plain) > 100


def test_the_stack_moves_by_so_much(compiler: Compiler, unit: UnitMaker, run: Runner) -> None:
    """Seen by the distance to what lies above the stack, which no scattering of stacks changes."""
    source = """
    #include <cstdio>
    #include <sys/auxv.h>
    int main() { int here = 0; std::printf("%ld\\n", (long)(getauxval(AT_RANDOM) - (unsigned long)&here)); }
    """
    binaries = layouts_of(compiler, source, unit)
    apart = {mode: int(run(binary).stdout) for mode, binary in binaries.items()}
    assert apart[BuildMode.SHIFTED] - apart[BuildMode.OPTIMIZED] == STACK_BYTES
    assert apart[BuildMode.ALIGNED] == apart[BuildMode.PACKED] == apart[BuildMode.OPTIMIZED]
    assert STACK_BYTES % 16 == 0 and STACK_BYTES % 64 != 0


def test_the_header_of_the_optimized_build_serves_every_layout_and_changes_no_byte(
    compiler: Compiler, toolchain: Toolchain, sandbox: Sandbox, scratch: Path, unit: UnitMaker
) -> None:
    source = TELLS.replace("#include", "#include <algorithm>\n#include", 1)
    many = Compiler(toolchain, sandbox, scratch, expected_builds=8)
    made = layouts_of(many, source.removeprefix("\n"), unit)
    without = layouts_of(compiler, "\n// First.\n" + source, unit)
    assert {mode: b.code_digest for mode, b in made.items()} == {
        mode: b.code_digest for mode, b in without.items()
    }


@pytest.mark.parametrize("flag", ["-masm=intel", "-flto", "-O0", "-std=c++98"])
def test_whatever_flags_the_user_has(
    flag: str, toolchain: Toolchain, sandbox: Sandbox, scratch: Path, unit: UnitMaker, run: Runner
) -> None:
    chain = replace(toolchain, flags=(*toolchain.flags, flag))
    source = "#include <cstdio>\nint main() { puts(__func__); return 0; }\n"
    for binary in layouts_of(Compiler(chain, sandbox, scratch), source, unit).values():
        assert run(binary).stdout == b"main\n"


def test_the_digest_is_the_same_in_every_process_and_long() -> None:
    assert layouts_digest() == layouts_digest()
    assert len(layouts_digest()) == 64
