"""Functions are kept out of line wherever the compiler lets them, and found again in the source."""

import asyncio
from pathlib import Path

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.engine.apart import Apart, build_apart
from pie_lsp.measure.estimate.definitions import read_definitions
from pie_lsp.sandbox.contract import Sandbox
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, BuildMode, TranslationUnit
from pie_lsp.verify.runner import run_test

FORMS = Path(__file__).with_name("forms.cpp").read_bytes()
"""Every form that a definition can have."""
LEFT_ALONE = {"main", "always", "gnu_always"}


def unit(folder: Path, source: bytes) -> TranslationUnit:
    return TranslationUnit("a.cpp", folder, source)


def names(apart: Apart) -> list[str]:
    """The functions that have machine code of their own."""
    found = {
        function
        for code in read_definitions(apart.binary.path, "a.cpp")
        if (function := apart.owner(code.line, code.column)) is not None
    }
    return sorted(function.qualified_name for function in found)


@pytest.fixture(scope="module")
def forms(compiler: Compiler, tmp_path_factory: pytest.TempPathFactory) -> Apart:
    return asyncio.run(build_apart(compiler, unit(tmp_path_factory.mktemp("forms"), FORMS)))


def test_every_form_of_definition_is_kept_out_of_line(forms: Apart) -> None:
    functions = [function.ref for function in find_functions(parse(FORMS)).functions]
    assert len(functions) > 30
    assert forms.kept == {function for function in functions if function.qualified_name not in LEFT_ALONE}
    alone = LEFT_ALONE - {"main"}
    assert names(forms) == sorted(f.qualified_name for f in functions if f.qualified_name not in alone)


async def test_it_answers_as_the_real_program_does(
    forms: Apart, compiler: Compiler, sandbox: Sandbox, scratch: Path, tmp_path: Path
) -> None:
    real = await compiler.build(unit(tmp_path, FORMS), BuildMode.OPTIMIZED)
    assert isinstance(real, Binary)
    test = TestCase("nine", b"9\n")
    one = await run_test(sandbox, real, test, RunLimits(), scratch)
    two = await run_test(sandbox, forms.binary, test, RunLimits(), scratch)
    assert (one.exit_status, one.stdout, one.stderr) == (two.exit_status, two.stdout, two.stderr)
    assert one.stdout


async def test_two_functions_that_do_the_same_stay_two(compiler: Compiler, tmp_path: Path) -> None:
    source = b"int f(int a) { return a * 17 + 4; }\nint g(int a) { return a * 17 + 4; }\n"
    source += b"int main(int n, char **) { return f(n) + g(n + 1); }\n"
    assert names(await build_apart(compiler, unit(tmp_path, source))) == ["f", "g", "main"]


REFUSING = b"""\
inline int f(int a) __attribute__((always_inline));
int f(int a) { return a + 1; }
int g(int a) { return a * 3; }
int main(int n, char **) { return f(n) + g(n); }
"""
"""The first definition is inlined always, as only its declaration says."""


async def test_what_a_declaration_has_inlined_always_is_left_alone(
    compiler: Compiler, tmp_path: Path
) -> None:
    apart = await build_apart(compiler, unit(tmp_path, REFUSING))
    assert {function.name for function in apart.kept} == {"g"}
    assert names(apart) == ["g", "main"]


async def test_what_the_compiler_refuses_is_built_without(
    compiler: Compiler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An attribute that the compiler does not take in one place, as one of a later standard may be."""
    source = b"int bad(int a) { return a + 1; }\nint good(int a) { return a * 3; }\n"
    source += b"int main(int n, char **) { return bad(n) + good(n); }\n"
    build = Compiler.build

    async def refusing(self: Compiler, one: TranslationUnit, mode: BuildMode) -> object:
        changed = one.source.replace(b"__no_icf__)) int bad", b"__no_icf__)) static_assert int bad")
        return await build(self, TranslationUnit(one.name, one.folder, changed), mode)

    monkeypatch.setattr(Compiler, "build", refusing)
    apart = await build_apart(compiler, unit(tmp_path, source))
    assert {function.name for function in apart.kept} == {"good"}


async def test_where_nothing_can_be_kept_apart_it_is_built_as_it_is(
    compiler: Compiler, tmp_path: Path
) -> None:
    source = b"#define __attribute__(x) nothing\n"
    source += b"int f(int a) { return a + 1; }\nint main() { return f(1); }\n"
    apart = await build_apart(compiler, unit(tmp_path, source))
    assert apart.kept == frozenset() and apart.source == source


async def test_a_program_that_does_not_compile_is_told(compiler: Compiler, tmp_path: Path) -> None:
    with pytest.raises(MeasurementError, match=r"cannot be built for attribution\. It does not compile: "):
        await build_apart(compiler, unit(tmp_path, b"int main() { return nothing; }\n"))


async def test_renumbered_lines_are_refused(compiler: Compiler, tmp_path: Path) -> None:
    with pytest.raises(MeasurementError, match="renumbers its lines"):
        await build_apart(compiler, unit(tmp_path, b'#line 7 "other.cpp"\nint main() {}\n'))


PLACES = b"""\
int f() { return 1; } int g() { return 2; }
struct S {
    int m() { struct L { int deep() { return 3; } }; return L().deep(); }
};
int main() { return f() + g() + S().m(); }
"""


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte-order mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["lf", "crlf"])
async def test_places_lead_to_the_innermost_function(
    compiler: Compiler, tmp_path: Path, mark: bytes, end: bytes
) -> None:
    apart = await build_apart(compiler, unit(tmp_path, mark + PLACES.replace(b"\n", end)))
    assert names(apart) == ["S::m", "S::m::L::deep", "f", "g", "main"]
    by_line = [apart.owner(number, 0) for number in (2, 3, 5)]
    assert [function and function.name for function in by_line] == [None, "deep", "main"]
    assert apart.owner(99, 1) is None
