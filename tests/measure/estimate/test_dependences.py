import pytest

from pie_lsp.measure.estimate.dependences import FLAGS, Dependences, Step

DEPENDENCES = Dependences()
RAX, RBX, RCX, RDX, RSI, RDI = range(6)
RSP, R8 = 7, 8
XMM0, XMM1 = 16, 17


def step(code: str) -> Step:
    (found,) = DEPENDENCES.steps(bytes.fromhex(code), 0x401000)
    return found


@pytest.mark.parametrize(
    ("code", "sources", "addresses", "results"),
    [
        ("4801d8", (RAX, RBX), (), (RAX, FLAGS)),  # add rax, rbx
        ("31c0", (RAX,), (), (RAX, FLAGS)),  # xor eax, eax
        ("488b44c308", (), (RAX, RBX), (RAX,)),  # mov rax, [rbx + 8 * rax + 8]
        ("48890e", (RCX,), (RSI,), ()),  # mov [rsi], rcx
        ("480306", (RAX,), (RSI,), (RAX, FLAGS)),  # add rax, [rsi]
        ("4c8d0418", (RAX, RBX, R8), (RAX, RBX), (R8,)),  # lea r8, [rax + rbx], which merges
        ("88d8", (RAX, RBX), (), (RAX,)),  # mov al, bl
        ("89d8", (RBX,), (), (RAX,)),  # mov eax, ebx
        ("38d8", (RAX, RBX), (), (FLAGS,)),  # cmp al, bl
        ("0f9cc0", (RAX, FLAGS), (), (RAX,)),  # setl al
        ("f20f58c1", (XMM0, XMM1), (), (XMM0,)),  # addsd xmm0, xmm1
        ("f2480f2ac3", (RBX, XMM0), (), (XMM0,)),  # cvtsi2sd xmm0, rbx
        ("7502", (FLAGS,), (), ()),  # jne
        ("50", (RAX,), (RSP,), (RSP,)),  # push rax
    ],
)
def test_registers_that_are_waited_for(
    code: str, sources: tuple[int, ...], addresses: tuple[int, ...], results: tuple[int, ...]
) -> None:
    found = step(code)
    assert (found.sources, found.addresses, found.results) == (sources, addresses, results)


@pytest.mark.parametrize(
    ("code", "cycles"),
    [
        ("4801d8", 1),  # add rax, rbx
        ("480fafc3", 4),  # imul rax, rbx
        ("488b06", 0),  # mov rax, [rsi]
        ("48890e", 0),  # mov [rsi], rcx
        ("480306", 1),  # add rax, [rsi]
        ("0fb6c3", 2),  # movzx eax, bl
        ("0fb606", 1),  # movzx eax, byte ptr [rsi]
        ("4863c3", 1),  # movsxd rax, ebx
        ("4899", 2),  # cqo
        ("f7f1", 8),  # div ecx
        ("f7f9", 14),  # idiv ecx
        ("f20f58c1", 4),  # addsd xmm0, xmm1
        ("660f2ec1", 4),  # ucomisd xmm0, xmm1
        ("f20f5ec1", 12),  # divsd xmm0, xmm1
        ("660ffec1", 1),  # paddd xmm0, xmm1
        ("660ff4c1", 4),  # pmuludq xmm0, xmm1
        ("f20f1006", 0),  # movsd xmm0, [rsi]
        ("660f70c101", 2),  # pshufd xmm0, xmm1, 1
        ("f2480f2ac3", 5),  # cvtsi2sd xmm0, rbx
    ],
)
def test_latencies_without_memory(code: str, cycles: int) -> None:
    assert step(code).latency == 100 * cycles


def test_the_quotient_has_its_own_latency() -> None:
    assert (step("f7f1").quotient, step("f7f9").quotient, step("4801d8").quotient) == (-100, 200, 0)


def test_the_stack_pointer_moves_beside_the_operation() -> None:
    assert [step(code).moves_stack for code in ("50", "58", "c3", "e800000000", "4801d8")] == [True] * 4 + [
        False
    ]


def test_borders_of_fetch_blocks_lie_where_the_last_bytes_do() -> None:
    steps = DEPENDENCES.steps(bytes.fromhex("4801d8" * 7), 0x40100E)
    assert [found.borders for found in steps] == [1, 0, 0, 0, 0, 0, 1]
    assert sum(found.borders for found in DEPENDENCES.steps(bytes.fromhex("4801d8" * 6), 0x401000)) == 1


def test_what_cannot_be_read_ends_the_block() -> None:
    assert len(DEPENDENCES.steps(bytes.fromhex("4801d80f0b4801d8"), 0)) == 3
    assert len(DEPENDENCES.steps(bytes.fromhex("4801d806"), 0)) == 1
