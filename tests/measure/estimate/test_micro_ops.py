import tomllib
from pathlib import Path

import pytest

from pie_lsp.measure.estimate import micro_ops
from pie_lsp.measure.estimate.micro_ops import micro_op_table

# The measured table: 16 copies of each instruction in a loop in gem5.
MEASURED = [
    ("mov", "rax, rbx", 1),
    ("mov", "eax, 7", 1),
    ("mov", "rax, qword ptr [rdi]", 1),
    ("mov", "dword ptr [rdi + 8], eax", 1),
    ("mov", "dword ptr [rdi], 7", 2),
    ("mov", "eax, dword ptr [rip + 0x20]", 2),
    ("lea", "rax, [rdi + rsi*4]", 1),
    ("add", "rax, rbx", 1),
    ("add", "rax, 8", 2),
    ("add", "rax, qword ptr [rdi]", 2),
    ("add", "qword ptr [rdi], rax", 3),
    ("add", "qword ptr [rdi], 1", 4),
    ("cmp", "eax, ebx", 1),
    ("cmp", "eax, 1", 2),
    ("cmp", "eax, dword ptr [rdi]", 2),
    ("cmp", "byte ptr [rdi], 0", 3),
    ("inc", "eax", 1),
    ("neg", "eax", 1),
    ("not", "eax", 2),
    ("shl", "rax, 3", 1),
    ("ror", "rax, cl", 1),
    ("bt", "rax, rcx", 1),
    ("cdqe", "", 1),
    ("cqo", "", 2),
    ("movzx", "eax, byte ptr [rdi]", 2),
    ("movsxd", "rax, ecx", 2),
    ("sete", "al", 2),
    ("cmovne", "eax, ebx", 2),
    ("pop", "rbx", 2),
    ("push", "rbx", 3),
    ("imul", "eax, ebx", 3),
    ("imul", "eax, ebx, 10", 4),
    ("mul", "rcx", 3),
    ("xchg", "rax, rbx", 3),
    ("jmp", "0x401000", 3),
    ("jne", "0x401000", 3),
    ("bsr", "eax, ecx", 28),
    ("bsf", "eax, ecx", 30),
    ("movsq", "qword ptr [rdi], qword ptr [rsi]", 8),
    ("div", "ecx", 10),
    ("idiv", "rcx", 28),
    ("addsd", "xmm0, xmm1", 1),
    ("divsd", "xmm0, xmm1", 1),
    ("ucomisd", "xmm0, xmm1", 1),
    ("movsd", "qword ptr [rdi], xmm0", 1),
    ("movsd", "xmm0, qword ptr [rdi]", 2),
    ("movq", "rax, xmm0", 1),
    ("movq", "xmm0, rax", 2),
    ("cvtsi2sd", "xmm0, eax", 2),
    ("movdqa", "xmm0, xmm1", 2),
    ("movups", "xmmword ptr [rdi], xmm0", 2),
    ("paddd", "xmm0, xmm1", 2),
    ("paddd", "xmm0, xmmword ptr [rdi]", 4),
    ("pmulld", "xmm0, xmm1", 2),
    ("pmovmskb", "eax, xmm0", 3),
    ("pshufd", "xmm0, xmm1, 0", 3),
    ("psrldq", "xmm0, 8", 8),
]


@pytest.mark.parametrize(("name", "operands", "expected"), MEASURED)
def test_the_measured_instructions(name: str, operands: str, expected: int) -> None:
    assert micro_op_table().count(name, operands) == expected


def test_call_and_return_together_and_repeated_strings_by_repetition() -> None:
    count = micro_op_table().count
    assert count("call", "0x401000") + count("ret", "") == 8
    # Measured were 39 for 8 words and 391 for 64 bytes.
    assert 8 * count("rep stosq", "qword ptr [rdi], rax") == pytest.approx(39, rel=0.05)
    assert 64 * count("rep movsb", "byte ptr [rdi], byte ptr [rsi]") == pytest.approx(391, rel=0.05)


@pytest.mark.parametrize(
    ("name", "operands", "expected"),
    [
        # What no row names is one, and one for each memory operand or immediate; 128 bits are two halves.
        ("bswap", "eax", 1),
        ("shld", "rax, rbx, 5", 2),
        ("popcnt", "eax, dword ptr [rdi]", 2),
        ("unpckhpd", "xmm0, xmmword ptr [rdi]", 4),
        # Prefixes that change nothing, one that costs two fences, and an address relative to the program.
        ("notrack jmp", "rax", 1),
        ("lock add", "dword ptr [rdi], eax", 5),
        ("lock cmpxchg", "dword ptr [rip + 8], ecx", 5),
        ("add", "rax, qword ptr [rip + 8]", 3),
        ("addsd", "xmm0, qword ptr [rip + 8]", 3),
    ],
)
def test_the_others_are_sums_of_parts(name: str, operands: str, expected: int) -> None:
    assert micro_op_table().count(name, operands) == expected


def test_every_row_says_where_it_comes_from_and_no_name_is_in_two() -> None:
    text = (Path(micro_ops.__file__).parent / "micro_ops.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["row"]
    assert {row["source"] for row in rows} == {"measured", "parts"}
    names = [name for row in rows for name in row["names"]]
    assert len(names) == len(set(names))
