"""The floor has the program's includes and nothing else."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from pie_lsp.build.compiler import Compiler
from pie_lsp.build.floor import floor_unit
from pie_lsp.values.toolchain import Binary, BuildMode

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
