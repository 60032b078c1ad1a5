"""Measures how many micro-operations gem5's decoder makes of each form of an instruction.

Many forms are measured in one program without a library: a loop for each, and between the loops the
pseudo-instruction of gem5 that dumps the statistics and begins new ones. Committed micro-operations are
counted, so a loop differs from an empty one by its instructions alone, and the quotient is an integer or
something is wrong. Knows the program and its figures, and not who builds and simulates it: the caller
gives `Measure`.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass

from pie_lsp.research.micro_op_forms import Form, for_assembler
from pie_lsp.sandbox.beside import all_of
from pie_lsp.values.errors import MeasurementError

COPIES = 16
"""Of an instruction in its loop."""
ROUNDS = 4
"""Of a loop; several, so that an instruction whose count differs from one time to the next is noticed."""

FORMS_IN_PROGRAM = 60
"""Two loops each at most; the statistics of a loop are 300 kB of text."""

Measure = Callable[[bytes], Awaitable[Sequence[int]]]
"""Builds this C++ source without any library, simulates it, and returns the committed micro-operations of
each block of statistics in order. Raises MeasurementError where the program cannot be simulated."""


@dataclass(frozen=True, slots=True)
class MeasuredForm:
    """`micro_ops` of the instruction alone; None where there is no figure, and `problem` says why."""

    form: Form
    micro_ops: int | None
    problem: str = ""


async def measure_forms(forms: Sequence[Form], measure: Measure) -> tuple[MeasuredForm, ...]:
    """Measure `forms`, many in one program, and return them in their order."""
    parts = [forms[start : start + FORMS_IN_PROGRAM] for start in range(0, len(forms), FORMS_IN_PROGRAM)]
    measured = await all_of([_measure_together(part, measure) for part in parts])
    return tuple(form for part in measured for form in part)


async def _measure_together(forms: Sequence[Form], measure: Measure) -> tuple[MeasuredForm, ...]:
    """Where a program cannot be simulated, its halves are tried, so that a form costs the others nothing."""
    sequences = tuple(dict.fromkeys(part for form in forms for part in (form.sequence, form.surroundings)))
    try:
        counted = dict(
            zip(sequences, _of_loops(await measure(program_of(sequences)), sequences), strict=True)
        )
    except MeasurementError as error:
        if len(forms) == 1:
            return (MeasuredForm(forms[0], None, str(error)),)
        half = len(forms) // 2
        halves = [await _measure_together(part, measure) for part in (forms[:half], forms[half:])]
        return (*halves[0], *halves[1])
    return tuple(_measured(form, counted[form.sequence] - counted[form.surroundings]) for form in forms)


def _of_loops(blocks: Sequence[int], sequences: Sequence[str]) -> Sequence[int]:
    """Micro-operations that each sequence adds to the empty loop, which is the first."""
    # One block comes before the first loop, and one holds the program's end.
    if len(blocks) != len(sequences) + 3:
        raise MeasurementError(
            f"gem5 gave {len(blocks)} blocks of statistics for {len(sequences) + 1} loops."
        )
    empty, *loops = blocks[1:-1]
    return [loop - empty for loop in loops]


def _measured(form: Form, added: int) -> MeasuredForm:
    executed = COPIES * ROUNDS
    if added % executed:
        return MeasuredForm(
            form,
            None,
            f"{executed} of them are {added} micro-operations: the count changes from one to the next.",
        )
    return MeasuredForm(form, added // executed)


def program_of(sequences: Iterable[str]) -> bytes:
    """A C++ source without `main`: an empty loop, and one for each of `sequences`."""
    parts = [_HEAD, _DUMP]
    for sequence in ("", *sequences):
        copies = "".join(f"{line.strip()}\n" for line in sequence.split(";")) * COPIES
        parts.append(f"{_STACK}call set_up\n900:\n{copies}dec r15\njne 900b\n{_STACK}{_DUMP}")
    assembler = for_assembler("".join((*parts, _FOOT)))
    return f'asm(R"(\n{assembler})");\n'.encode("ascii")


# What forms write to lies apart from what they read: the stack grows down to the middle of the buffer.
_STACK = "lea rsp, [rip + buffer + 65536]\n"

_DUMP = """\
push rdi
push rsi
xor edi, edi
xor esi, esi
.byte 0x0f, 0x04, 0x42, 0x00
pop rsi
pop rdi
"""
"""gem5's pseudo-instruction "dump and reset statistics", at once and once."""

_HEAD = f"""\
.intel_syntax noprefix
.data
.balign 64
ones: .fill 4096, 1, 0xff
.bss
.balign 4096
.space 65536
buffer: .space 131072
.text
.globl _start
set_up:
xor eax, eax
mov ebx, 1
mov ecx, 1
xor edx, edx
xor ebp, ebp
lea rsi, [rip + buffer + 1024]
lea rdi, [rip + buffer + 4096]
{"".join(f"mov r{number}d, 1{chr(10)}" for number in range(8, 15))}\
mov r15d, {ROUNDS}
mov qword ptr [rdi], r8
cvtsi2sd xmm0, r8
cvtsi2sd xmm1, r8
movq xmm2, r8
pxor xmm3, xmm3
fninit
fld1
fld1
fld1
cld
ret
.balign 16
_start:
"""

_FOOT = """\
mov eax, 60
xor edi, edi
syscall
.att_syntax
"""
