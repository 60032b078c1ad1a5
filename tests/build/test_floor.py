"""The floor has the program's includes and nothing else."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pie_lsp.build.compiler import Compiler, build_floor
from pie_lsp.build.floor import floor_unit, floor_units
from pie_lsp.sandbox.contract import Sandbox
from pie_lsp.values.toolchain import Binary, BuildMode, Toolchain

if TYPE_CHECKING:
    from tests.build.conftest import Runner, UnitMaker

SOURCE = """\
#include <cstdio>
  #  include "own.h" // beside
#ifdef NOWHERE
#include <there_is_no_such_header>
#endif
// #include <no_comment>
const char *text = R"(
#include <no_string>
)";
int main() { std::printf("%d", own()); return 5; }
"""


def test_includes_are_taken_and_nothing_else(unit: UnitMaker) -> None:
    floor = floor_unit(unit(SOURCE))
    assert floor.source.count(b"#include") == 3
    for name in (b"<cstdio>", b'"own.h"', b"<there_is_no_such_header>"):
        assert b"#include " + name in floor.source
    assert floor.source.endswith(b"int main() {}\n")
    assert (floor.name, floor.folder) == ("program.cpp", unit("").folder)


def test_it_compiles_and_does_nothing(
    unit: UnitMaker, compiler: Compiler, run: Runner, tmp_path: Path
) -> None:
    (tmp_path / "own.h").write_text("inline int own() { return 1; }\n")
    built = asyncio.run(compiler.build(floor_unit(unit(SOURCE)), BuildMode.OPTIMIZED))
    assert isinstance(built, Binary)
    outcome = run(built)
    assert (outcome.exit_status, outcome.stdout) == (0, b"")


def test_a_header_that_needs_more_than_includes_does_not_make_the_program_its_own_floor(
    unit: UnitMaker, compiler: Compiler, run: Runner, tmp_path: Path
) -> None:
    (tmp_path / "own.h").write_text("inline string own(string a) { return a; }\n")
    program = unit(
        '#include <string>\nusing namespace std;\n#include "own.h"\n'
        'int main() { return own("abc").size(); }\n'
    )
    original = asyncio.run(compiler.build(program, BuildMode.OPTIMIZED))
    assert isinstance(original, Binary) and run(original).exit_status == 3
    floor = asyncio.run(build_floor(compiler, program, original))
    assert run(floor).exit_status == 0
    assert b"<string>" in floor_units(program)[1].source
    assert floor_units(program)[-1].source == b"int main() {}\n"


def test_where_nothing_builds_the_program_is_the_floor(
    unit: UnitMaker, compiler: Compiler, toolchain: Toolchain, sandbox: Sandbox, scratch: Path
) -> None:
    program = unit("int main() { return 3; }\n")
    original = asyncio.run(compiler.build(program, BuildMode.OPTIMIZED))
    assert isinstance(original, Binary)
    broken = Compiler(replace(toolchain, flags=("-include", "nowhere.h")), sandbox, scratch)
    assert asyncio.run(build_floor(broken, program, original)) == original
