import pytest

from pie_lsp.measure.contract import UnsuitableProgramError
from pie_lsp.measure.estimate.decode import BlockWork, Decoder

# mov eax, 100; cdq; idiv ecx; add rax, [rdi]; jne
BLOCK = bytes.fromhex("b86400000099f7f948030775f0")


def test_a_block_of_hand_assembled_bytes() -> None:
    assert Decoder().decode(BLOCK, 0) == BlockWork(
        instructions=5, micro_ops=1 + 2 + 29 + 2 + 3, divisions=1, borders=0
    )


def test_borders_of_fetch_blocks_follow_from_the_address() -> None:
    assert [Decoder().decode(BLOCK, address).borders for address in (0, 3, 4, 15)] == [0, 0, 1, 1]
    assert Decoder().decode(BLOCK * 2, 7).borders == 2


def test_the_first_repetition_of_a_string_instruction_costs_more() -> None:
    alone = Decoder().decode(bytes.fromhex("f348ab"), 0)  # rep stosq
    behind = Decoder().decode(bytes.fromhex("90f348ab"), 0)  # nop; rep stosq
    assert (alone.micro_ops, behind.micro_ops) == (4, 1 + 7 + 4)


def test_a_block_is_decoded_once() -> None:
    decoder = Decoder()
    first = decoder.decode(BLOCK, 0)
    assert decoder.decode(bytes(bytearray(BLOCK)), 16) is first


@pytest.mark.parametrize(
    "code",
    [
        "c5fdfec8",  # vpaddd ymm1, ymm0, ymm0
        "c5f857c0",  # vxorps xmm0, xmm0, xmm0
        "62f17d48fec0",  # vpaddd zmm0, zmm0, zmm0
    ],
)
def test_avx_is_said_in_a_sentence(code: str) -> None:
    with pytest.raises(UnsuitableProgramError, match=r"uses AVX.*cannot be estimated\.$"):
        Decoder().decode(bytes.fromhex("90" + code), 0)


def test_two_old_instructions_only_look_like_avx() -> None:
    assert Decoder().decode(bytes.fromhex("0f00e0"), 0).instructions == 1  # verr ax


def test_bytes_that_are_no_instruction_are_said() -> None:
    with pytest.raises(UnsuitableProgramError, match=r"\(06 ff\) that cannot be read"):
        Decoder().decode(bytes.fromhex("9006ff"), 0)
