"""Costs belong to the function that caused them, and attributing changes nothing of what is counted."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.measure.estimate.attribution import attributed, described
from pie_lsp.measure.estimate.backend import EstimateBackend
from pie_lsp.measure.estimate.counters import BlockCounts, Counters
from pie_lsp.measure.estimate.decode import Decoder
from pie_lsp.measure.estimate.definitions import read_definitions
from pie_lsp.measure.estimate.formula import machines
from pie_lsp.measure.estimate.functions import FunctionMap
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.profile import AttributedCost, CodePiece, OwnedCost
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, BuildMode, TranslationUnit

PROGRAM = Path(__file__).with_name("attributed.cpp").read_bytes()
FUNCTIONS = (
    "larger",
    "by_size",
    "numbers",
    "sorts",
    "counts",
    "fails",
    "catches",
    "leaps",
    "jumps",
    "tail",
    "powers",
    "main",
)
APART = PROGRAM
for name in FUNCTIONS[:-1]:
    line = next(line for line in PROGRAM.splitlines() if b" %s(" % name.encode() in line and b"{" in line)
    APART = APART.replace(line, b"__attribute__((noinline)) " + line)
INPUT = TestCase("input", b"2000\n")

Build = Callable[[bytes], Awaitable[Binary]]


@pytest.fixture
def build_attributed(compiler: Compiler, tmp_path: Path) -> Build:
    async def build(source: bytes) -> Binary:
        built = await compiler.build(TranslationUnit("a.cpp", tmp_path, source), BuildMode.ATTRIBUTED)
        assert isinstance(built, Binary), built
        return built

    return build


def pieces_of(binary: Binary) -> tuple[CodePiece, ...]:
    lines = APART.splitlines()
    found = []
    for code in read_definitions(binary.path, "a.cpp"):
        text = lines[code.line - 1][code.column - 1 :].decode()
        name = text.partition("(")[0]
        found.append(CodePiece(code.start, code.end, FUNCTIONS.index(name) + 1))
    return tuple(found)


async def attribute(estimate: EstimateBackend, binary: Binary) -> AttributedCost:
    (cost,) = await estimate.attribute(binary, binary, pieces_of(binary), [INPUT])
    return cost


async def owners(estimate: EstimateBackend, binary: Binary) -> dict[str, OwnedCost]:
    cost = await attribute(estimate, binary)
    return dict(zip(FUNCTIONS, cost.owners, strict=True))


async def test_attributing_changes_nothing_that_is_counted(
    estimate: EstimateBackend, build_attributed: Build
) -> None:
    binary = await build_attributed(APART)
    measured = await estimate.measure(binary, INPUT)
    cost = await attribute(estimate, binary)
    assert cost.total == measured.amount
    rest = cost.total - sum(owner.amount for owner in cost.owners)
    # What runs before `main` and after it is under no function; nothing else is.
    (floor,) = await estimate.attribute(binary, binary, pieces_of(binary), [TestCase("none", b"")])
    assert 0 < rest < floor.total < cost.total / 10


async def test_two_runs_are_equal(estimate: EstimateBackend, build_attributed: Build) -> None:
    binary = await build_attributed(APART)
    assert await attribute(estimate, binary) == await attribute(estimate, binary)


async def test_library_code_belongs_to_the_function_that_called_it(
    estimate: EstimateBackend, build_attributed: Build
) -> None:
    found = await owners(estimate, await build_attributed(APART))

    def called(name: str) -> set[str]:
        return {cost.name for cost in found[name].called}

    assert "std::_Rb_tree_insert_and_rebalance" in called("counts")
    assert "std::_Rb_tree_insert_and_rebalance" not in called("main") | called("sorts") | called("jumps")
    assert "memory allocation" in called("numbers")
    # Library code calls them, and they call none; what follows them in the library is their caller's again.
    assert called("larger") == called("by_size") == set()
    assert found["larger"].own > 0 and found["by_size"].own > 0
    assert {"std::__introsort_loop", "qsort", "msort_with_tmp.part.0"} & called("sorts") >= {
        "std::__introsort_loop"
    }
    assert "std::num_put::_M_insert_int" in called("main")
    assert called("powers") == set() and found["powers"].own > 0


async def test_exceptions_and_jumps_leave_nobody_else_with_the_cost(
    estimate: EstimateBackend, build_attributed: Build
) -> None:
    found = await owners(estimate, await build_attributed(APART))

    def called(name: str) -> set[str]:
        return {cost.name for cost in found[name].called}

    assert any("Unwind" in name for name in called("fails"))
    assert "__cxa_end_catch" in called("catches") and "__cxa_end_catch" not in called("main")
    assert "__longjmp" in called("leaps") and "__longjmp" not in called("jumps")
    assert {"memory allocation", "std::string::_M_append"} <= {
        name.replace("basic_string", "string") for name in called("jumps")
    }
    assert not any("Unwind" in name for name in called("main") | called("jumps") | called("tail"))


async def test_a_build_that_answers_differently_is_not_attributed(
    estimate: EstimateBackend, build_attributed: Build
) -> None:
    binary = await build_attributed(APART)
    other = await build_attributed(APART.replace(b"i % 2", b"i % 2").replace(b"100, 'x'", b"100, 'y'"))
    with pytest.raises(MeasurementError, match=r"kept out of line, the program answers input differently\."):
        await estimate.attribute(other, binary, pieces_of(binary), [INPUT])


def test_the_plug_in_is_told_addresses_on_the_disk() -> None:
    functions = FunctionMap(0x1000, (), (), ())
    assert described(functions, [CodePiece(0x1010, 0x1020, 3)]) == "code 1000\n1010 1020 3\n"


def test_blocks_go_to_their_owner_and_the_rest_to_nobody() -> None:
    """A program that was loaded 0x400000 further on; one instruction is ``nop``."""
    functions = FunctionMap(0x1000, (0x1000, 0x1100, 0x1200), (0x1100, 0x1200, 0x1300), ("f", "g", "memcpy"))
    decoder, machine = Decoder(), machines()[0]

    def block(address: int, count: int, under: int | None) -> BlockCounts:
        return BlockCounts(0x400000 + address, count, count, 0, 0, 0, 0, 0, 0, b"\x90", under)

    counters = Counters(
        0x401000,
        False,
        0,
        0,
        True,
        (block(0x1000, 100, None), block(0x1100, 200, None), block(0x1200, 400, 2), block(0x1200, 800, 0)),
    )
    pieces = [CodePiece(0x1000, 0x1100, 1), CodePiece(0x1100, 0x1200, 2)]
    cost = attributed(counters, decoder, machine, functions, pieces)
    one, two = cost.owners
    assert one.called == () and two.own == 2 * one.own > 0
    assert [(part.name, part.amount) for part in two.called] == [("memcpy", 4 * one.own)]
    assert cost.total == 15 * one.own
