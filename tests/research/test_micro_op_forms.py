from collections.abc import Iterator
from pathlib import Path

import capstone
import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.measure.estimate.micro_ops import shapes_of
from pie_lsp.research.micro_op_forms import Form, for_assembler, forms
from pie_lsp.sandbox.contract import Sandbox
from pie_lsp.values.toolchain import Binary, BuildMode, Link, Toolchain, TranslationUnit

MARK = b"from here on"
END = bytes.fromhex("0f0b")
"""ud2, which no form is."""


@pytest.fixture
def assembled(toolchain: Toolchain, sandbox: Sandbox, tmp_path: Path) -> Compiler:
    chain = Toolchain(toolchain.compiler, toolchain.version, ("-nostdlib",), Link.STATIC, ())
    return Compiler(chain, sandbox, tmp_path)


def disassembled(code: bytes, count: int) -> Iterator[tuple[str, str]]:
    decoder = capstone.Cs(capstone.CS_ARCH_X86, capstone.CS_MODE_64)
    found = [(name, operands) for _, _, name, operands in decoder.disasm_lite(code, 0x400000)]
    yield from (one for one in found if one[0] != "ud2")
    assert sum(name == "ud2" for name, _ in found) >= count


async def test_every_form_is_written_as_the_disassembler_prints_it(
    assembled: Compiler, tmp_path: Path
) -> None:
    lines = "".join(f"{for_assembler(form.text)}\n1: ud2\n" for form in forms())
    start = f'buffer: ones: .ascii "{MARK.decode()}"\n.globl _start\n_start: {lines}'
    text = f'asm(R"(.intel_syntax noprefix\n{start})");'
    built = await assembled.build(
        TranslationUnit("forms.cpp", tmp_path, text.encode() + b"\n"), BuildMode.OPTIMIZED
    )
    assert isinstance(built, Binary), built
    code = built.path.read_bytes()
    code = code[code.index(MARK) + len(MARK) :]
    printed = list(disassembled(code, len(forms())))[: len(forms())]
    wrong = [
        (form.text, name, operands)
        for form, (name, operands) in zip(forms(), printed, strict=True)
        if (form.name, shapes_of(form.operands)) != (name, shapes_of(operands))
        or ("[rip" in form.operands) != ("[rip" in operands)
    ]
    assert wrong == []


def test_a_form_is_listed_once_and_as_it_is_needed() -> None:
    listed = forms()
    assert len(set(listed)) == len(listed) > 1000
    assert Form("movsb", "byte ptr [rdi], byte ptr [rsi]") in [
        Form(form.name, form.operands) for form in listed if not form.repetitions
    ]
    repeated = [form for form in listed if form.name.startswith("rep")]
    assert repeated
    assert all(f"mov ecx, {form.repetitions}" in form.before for form in repeated)


@pytest.mark.parametrize(
    ("form", "sequence", "surroundings"),
    [
        (Form("cqo", ""), "cqo", ""),
        (
            Form("push", "rax", after="lea rsp, [rsp + 8]"),
            "push rax; lea rsp, [rsp + 8]",
            "lea rsp, [rsp + 8]",
        ),
        (
            Form("jmp", "rax", "lea rax, [rip + 1f]", "1:"),
            "lea rax, [rip + 1f]; jmp rax; 1:",
            "lea rax, [rip + 1f]; 1:",
        ),
    ],
)
def test_what_stands_around_a_form(form: Form, sequence: str, surroundings: str) -> None:
    assert (form.sequence, form.surroundings) == (sequence, surroundings)
