from collections.abc import Sequence
from pathlib import Path

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.research.micro_op_forms import Form, forms
from pie_lsp.research.micro_ops import (
    COPIES,
    FORMS_IN_PROGRAM,
    ROUNDS,
    MeasuredForm,
    measure_forms,
    program_of,
)
from pie_lsp.sandbox.contract import Sandbox
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.toolchain import Binary, BuildMode, Link, Toolchain, TranslationUnit

START, DUMPS = 40, 8
"""What the machine below takes before the first loop, and around each."""


class Machine:
    """Reads a program and counts it as a decoder would that makes of "takes N" N micro-operations, and of all
    else one. It crashes on "crash", and "changes" takes one more every other time."""

    def __init__(self) -> None:
        self.programs = 0

    async def measure(self, source: bytes) -> Sequence[int]:
        self.programs += 1
        text = source.decode()
        if "crash" in text:
            raise MeasurementError("It crashes.")
        loops = [part.split("dec r15")[0].splitlines() for part in text.split("900:\n")[1:]]
        return [START, *(DUMPS + ROUNDS * sum(map(self._taken, loop)) for loop in loops), START]

    def _taken(self, line: str) -> int:
        if not line or line.endswith(":"):
            return 0
        name, _, number = line.partition(" ")
        return int(number) if name == "takes" else 1


async def test_what_stands_around_a_form_is_taken_off() -> None:
    asked = [Form("takes", "3"), Form("takes", "7", "nop; nop", "nop"), Form("takes", "0", after="1:")]
    measured = await measure_forms(asked, Machine().measure)
    assert measured == tuple(MeasuredForm(form, count) for form, count in zip(asked, (3, 7, 0), strict=True))


async def test_many_forms_share_a_program() -> None:
    machine = Machine()
    asked = [Form("takes", str(number)) for number in range(2 * FORMS_IN_PROGRAM + 1)]
    measured = await measure_forms(asked, machine.measure)
    assert [form.micro_ops for form in measured] == list(range(len(asked)))
    assert machine.programs == 3


async def test_a_form_that_crashes_costs_no_other_its_figure() -> None:
    asked = [Form("takes", "2"), Form("crash", ""), Form("takes", "4"), Form("takes", "5")]
    measured = await measure_forms(asked, Machine().measure)
    assert [form.micro_ops for form in measured] == [2, None, 4, 5]
    assert measured[1].problem == "It crashes."


async def test_a_count_that_is_no_integer_is_said() -> None:
    async def restless(source: bytes) -> Sequence[int]:
        first, empty, loop, *rest = await Machine().measure(source)
        return [first, empty, loop + 1, *rest]

    (measured,) = await measure_forms([Form("takes", "3")], restless)
    assert measured.micro_ops is None
    executed = COPIES * ROUNDS
    assert measured.problem.startswith(f"{executed} of them are {3 * executed + 1} micro-operations")


async def test_other_blocks_than_there_are_loops_give_no_figure() -> None:
    async def short(source: bytes) -> Sequence[int]:
        return (await Machine().measure(source))[:-1]

    (measured,) = await measure_forms([Form("takes", "3")], short)
    assert measured.problem == "gem5 gave 4 blocks of statistics for 3 loops."


async def test_nothing_is_measured_of_nothing() -> None:
    machine = Machine()
    assert await measure_forms([], machine.measure) == ()
    assert machine.programs == 0


@pytest.mark.parametrize("start", range(0, len(forms()), 400))
async def test_the_compiler_knows_every_form(
    toolchain: Toolchain, sandbox: Sandbox, tmp_path: Path, start: int
) -> None:
    chain = Toolchain(toolchain.compiler, toolchain.version, ("-nostdlib",), Link.STATIC, ())
    source = program_of(form.sequence for form in forms()[start : start + 400])
    unit = TranslationUnit("forms.cpp", tmp_path, source)
    built = await Compiler(chain, sandbox, tmp_path).build(unit, BuildMode.OPTIMIZED)
    assert isinstance(built, Binary), built
