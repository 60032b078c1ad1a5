"""Decodes blocks of machine code into micro-operations and divisions, each block once.

Imports capstone when the first decoder is made, since it is heavy.
"""

from dataclasses import dataclass
from typing import Any

from pie_lsp.measure.contract import UnsuitableProgramError
from pie_lsp.measure.estimate.micro_ops import MicroOpTable, micro_op_table

AVX_SENTENCE = (
    "The program uses AVX or other instructions which the Skylake model of gem5 does not have, "
    "so its cycles cannot be estimated."
)
_DIVISIONS = frozenset({"div", "idiv"})
# The two instructions of the general set whose names begin as those of AVX do.
_NOT_AVX = frozenset({"verr", "verw"})
_MOST_BLOCKS = 200_000


FETCH_BYTES = 16
"""gem5's fetch buffer, aligned."""


@dataclass(frozen=True, slots=True)
class BlockWork:
    """What one execution of a block asks of the machine.

    divisions  integer divisions; `micro_ops` has their shortest form, one round of the loop
    borders    borders of aligned 16-byte blocks between its first and its last byte
    """

    instructions: int
    micro_ops: int
    divisions: int
    borders: int


class Decoder:
    """Remembers every block that it has decoded: the C++ library's are the same in every program."""

    def __init__(self, table: MicroOpTable | None = None) -> None:
        import capstone

        self._table = table or micro_op_table()
        self._disassembler: Any = capstone.Cs(capstone.CS_ARCH_X86, capstone.CS_MODE_64)
        self._known: dict[tuple[bytes, int], BlockWork] = {}

    def decode(self, code: bytes, address: int) -> BlockWork:
        """Work of one block. Raises UnsuitableProgramError at an instruction that the model does not have."""
        key = code, address % FETCH_BYTES
        work = self._known.get(key)
        if work is None:
            if len(self._known) >= _MOST_BLOCKS:
                self._known.clear()
            work = self._known[key] = self._decode(*key)
        return work

    def _decode(self, code: bytes, offset: int) -> BlockWork:
        instructions = micro_ops = divisions = decoded = 0
        for _, size, name, operands in self._disassembler.disasm_lite(code, 0):
            if _is_avx(name, operands):
                raise UnsuitableProgramError(AVX_SENTENCE)
            decoded += size
            instructions += 1
            count = self._table.count(name, operands)
            # QEMU goes through a block of a repeated instruction alone for all repetitions but the first.
            if instructions > 1:
                count += self._table.before_repetitions(name)
            micro_ops += count
            divisions += name in _DIVISIONS
        if decoded != len(code):
            raise UnsuitableProgramError(
                f"The program has machine code ({code[decoded : decoded + 8].hex(' ')}) that cannot be read, "
                "so its cycles cannot be estimated."
            )
        borders = (offset + len(code) - 1) // FETCH_BYTES
        return BlockWork(instructions, micro_ops, divisions, borders)


def _is_avx(name: str, operands: str) -> bool:
    return (name.startswith("v") and name not in _NOT_AVX) or "ymm" in operands or "zmm" in operands
