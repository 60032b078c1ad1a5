"""What the instructions of a block wait for: registers, with the habits of gem5's x86 decoder.

gem5 has no idioms: `xor eax, eax` waits for `eax`. What writes a part of a register waits for the rest of it,
and so do `lea` and conversions, which gem5 builds from micro-operations that merge. Imports capstone when the
first reader is made, since it is heavy.
"""

from typing import Any, NamedTuple

from pie_lsp.measure.estimate.decode import FETCH_BYTES
from pie_lsp.measure.estimate.latencies import Latencies, latencies
from pie_lsp.measure.estimate.micro_ops import MicroOpTable, micro_op_table

_GENERAL = ("ax", "bx", "cx", "dx", "si", "di", "bp", "sp")
_VECTOR = 16
FLAGS = 32
_X87 = 33
REGISTERS = 34
"""Registers are numbered from 0 to below this."""
ACCUMULATOR = 0
STACK_POINTER = 7
_STACK = frozenset({"push", "pop", "call", "ret"})
_MERGING = ("lea", "cvtsi", "cvtss", "cvtsd", "sqrts")
_COMPARING = ("cmp", "test")
_WHOLE = 4
"""Bytes from which on writing a register replaces all of it."""
_MOST_BLOCKS = 50_000


class Step(NamedTuple):
    """One instruction; a tuple, since the window takes it apart tens of thousands of times.

    borders       borders of aligned fetch blocks between the last byte before it and its own last byte
    sources       registers that its operation waits for
    addresses     registers that its addresses are made of
    results       registers that it writes
    latency       hundredths of a cycle from its sources, or its loads, to its results
    quotient      the same of the accumulator, beyond `latency`
    moves_stack   it moves the stack pointer beside its operation, which waits for neither
    """

    borders: int
    micro_ops: int
    sources: tuple[int, ...]
    addresses: tuple[int, ...]
    results: tuple[int, ...]
    latency: int
    quotient: int
    moves_stack: bool


class Dependences:
    """Remembers every block that it has decoded."""

    def __init__(self) -> None:
        import capstone

        self._table: MicroOpTable = micro_op_table()
        self._latencies: Latencies = latencies()
        self._disassembler: Any = capstone.Cs(capstone.CS_ARCH_X86, capstone.CS_MODE_64)
        self._disassembler.detail = True
        self._memory: int = capstone.CS_OP_MEM
        self._register: int = capstone.CS_OP_REG
        self._read: int = capstone.CS_AC_READ
        self._numbers: dict[int, int | None] = {}
        self._cycles_of: dict[tuple[str, bool, bool], int] = {}
        self._known: dict[tuple[bytes, int], tuple[Step, ...]] = {}

    def steps(self, code: bytes, address: int) -> tuple[Step, ...]:
        """The instructions of a block, up to the first that cannot be read."""
        key = code, address % FETCH_BYTES
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _MOST_BLOCKS:
                self._known.clear()
            known = self._known[key] = self._steps(*key)
        return known

    def _steps(self, code: bytes, offset: int) -> tuple[Step, ...]:
        steps = []
        last = 0
        for instruction in self._disassembler.disasm(code, offset):
            end = (instruction.address + instruction.size - 1) // FETCH_BYTES
            steps.append(self._step(instruction, end - last))
            last = end
        return tuple(steps)

    def _step(self, instruction: Any, borders: int) -> Step:
        name, text = instruction.mnemonic, instruction.op_str
        reads, writes = instruction.regs_access()
        sources, results = set(map(self._number, reads)), set(map(self._number, writes))
        operands = instruction.operands
        memory = [operand.mem for operand in operands if operand.type == self._memory]
        addresses = {self._number(part) for place in memory for part in (place.base, place.index) if part}
        moves_stack = name in _STACK
        accesses = moves_stack or (bool(memory) and name not in ("lea", "nop"))
        if accesses:
            if moves_stack:
                addresses.add(STACK_POINTER)
            explicit = {self._number(it.reg) for it in operands if self._is_read(it)}
            sources = (sources - addresses) | explicit
        if operands and operands[0].type == self._register and _merges(name, operands[0].size):
            sources.add(self._number(operands[0].reg))
        return Step(
            borders,
            self._table.count(name, text),
            _in_order(sources),
            _in_order(addresses),
            _in_order(results),
            self._cycles(name, "xmm" in text, accesses),
            self._latencies.quotient.get(name, 0),
            moves_stack,
        )

    def _cycles(self, *form: *tuple[str, bool, bool]) -> int:
        known = self._cycles_of.get(form)
        if known is None:
            known = self._cycles_of[form] = self._latencies.cycles(*form)
        return known

    def _is_read(self, operand: Any) -> bool:
        return bool(operand.type == self._register and operand.access & self._read)

    def _number(self, register: int) -> int | None:
        """Ours of one of capstone's; None of what nothing waits for, such as the instruction pointer."""
        if register not in self._numbers:
            self._numbers[register] = _number_of(self._disassembler.reg_name(register) or "")
        return self._numbers[register]


def _in_order(registers: set[int | None]) -> tuple[int, ...]:
    return tuple(sorted(register for register in registers if register is not None))


def _merges(name: str, size: int) -> bool:
    return name.startswith(_MERGING) or (size < _WHOLE and not name.startswith(_COMPARING))


def _number_of(name: str) -> int | None:
    if name in ("rflags", "eflags", "flags"):
        return FLAGS
    if name.startswith("st("):
        return _X87
    if name.startswith("xmm"):
        return _VECTOR + int(name[3:])
    if name[:1] == "r" and name[1:].rstrip("dwb").isdigit():
        return int(name[1:].rstrip("dwb"))
    for number, stem in enumerate(_GENERAL):
        if name in (stem, f"e{stem}", f"r{stem}", f"{stem}l", stem.replace("x", "l"), stem.replace("x", "h")):
            return number
    return None
