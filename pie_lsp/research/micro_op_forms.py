"""The forms of instructions that are measured in gem5, read from `micro_op_forms.toml`. Measures nothing."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_ALL_SIZES = {
    8: {"s": "b", "a": "al", "b": "bl", "c": "cl", "memory": "byte"},
    16: {"s": "w", "a": "ax", "b": "bx", "c": "cx", "memory": "word"},
    32: {"s": "d", "a": "eax", "b": "ebx", "c": "ecx", "memory": "dword"},
    64: {"s": "q", "a": "rax", "b": "rbx", "c": "rcx", "memory": "qword"},
}
_DEFAULT_SIZES = [64]


_ASSEMBLER_SAYS = ((" xword ", " tbyte "), ("comisd xmm0, xmmword", "comisd xmm0, qword"))
"""Where the disassembler's words and the assembler's differ."""


@dataclass(frozen=True, slots=True)
class Form:
    """An instruction with operands, in Intel syntax as a disassembler prints it.

    before, after  instructions around it, separated by ";"
    repetitions    of a string instruction with a repeat prefix
    """

    name: str
    operands: str
    before: str = ""
    after: str = ""
    repetitions: int = 0

    @property
    def text(self) -> str:
        """The instruction alone."""
        return f"{self.name} {self.operands}".rstrip()

    @property
    def sequence(self) -> str:
        """With what stands around it."""
        return _joined(self.before, self.text, self.after)

    @property
    def surroundings(self) -> str:
        """The same without the instruction."""
        return _joined(self.before, self.after)


@cache
def forms() -> tuple[Form, ...]:
    """Every form of the package's list, in its order and each once."""
    data = tomllib.loads(files(__package__).joinpath("micro_op_forms.toml").read_text(encoding="utf-8"))
    return tuple(dict.fromkeys(form for group in data["group"] for form in _forms_of(group)))


def for_assembler(text: str) -> str:
    """The disassembler's text as g++ reads it."""
    for disassembler, assembler in _ASSEMBLER_SAYS:
        text = text.replace(disassembler, assembler)
    return text


def _forms_of(group: dict[str, Any]) -> Iterator[Form]:
    around = group.get("before", ""), group.get("after", ""), group.get("repetitions", 0)
    for size in group.get("sizes", _DEFAULT_SIZES):
        words = _words_of(size)
        for name in group["names"]:
            for operands in group["operands"]:
                yield Form(name.format_map(words), operands.format_map(words), *around)


def _words_of(size: int) -> dict[str, str]:
    words = _ALL_SIZES[size]
    places = {"m": "rdi", "n": "rsi", "p": "rip + buffer"}
    return words | {letter: f"{words['memory']} ptr [{place}]" for letter, place in places.items()}


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
