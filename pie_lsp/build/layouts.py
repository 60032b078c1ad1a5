"""The same program in other layouts: what is added to its flags and behind its source; knows no costs.

Where code and stack come to lie is chance: an edit moves everything behind it. gem5's Skylake fetches
aligned blocks of 16 bytes, so a loop that happens to touch one more of them costs more, and it is no merit of
a loop that it does not. These builds draw that lot again, and change no instruction that does work.
"""

import hashlib

from pie_lsp.values.toolchain import LAYOUTS, BuildMode

_ALIGNED = ("-falign-functions=64", "-falign-loops=16", "-falign-jumps=16", "-falign-labels=1")
"""By default a loop is moved to a boundary only where few bytes have to be skipped; here it always is."""
_PACKED = ("-falign-functions=1", "-falign-loops=1", "-falign-jumps=1", "-falign-labels=1")

STACK_BYTES = 1040
"""How far the stack is moved: a multiple of 16, as the ABI demands, but of no line or page."""
_ENTRY = "pie_lsp_start"
_ENTRY_CODE = (
    ("48 89 e6", "mov rsi, rsp: here lie argc, the arguments, the environment and the auxiliary vector"),
    ("48 8b 0e", "mov rcx, [rsi]"),
    ("48 8d 7c ce 10", "lea rdi, [rsi + 8 * rcx + 16]: behind the arguments and their null"),
    ("48 83 c7 08", "add rdi, 8"),
    ("48 83 7f f8 00", "cmp qword [rdi - 8], 0: the end of the environment"),
    ("75 f5", "jne to the add"),
    ("48 83 c7 10", "add rdi, 16"),
    ("48 83 7f f0 00", "cmp qword [rdi - 16], 0: the end of the auxiliary vector"),
    ("75 f5", "jne to the add"),
    ("48 89 f9", "mov rcx, rdi"),
    ("48 29 f1", "sub rcx, rsi"),
    ("48 c1 e9 03", "shr rcx, 3"),
    (f"48 81 ec {STACK_BYTES.to_bytes(4, 'little').hex(' ')}", "sub rsp, STACK_BYTES"),
    ("48 89 e7", "mov rdi, rsp"),
    ("f3 48 a5", "rep movsq: all of it is moved down"),
)
"""Runs before the C library's `_start` (System V ABI for x86-64, section 3.4.1), and in every backend. It is
written in bytes, since the user's flags decide how the assembler reads instructions."""


def layout_flags(mode: BuildMode) -> tuple[str, ...]:
    """Flags that a layout adds to those of the optimized build."""
    if mode is BuildMode.ALIGNED:
        return _ALIGNED
    return _PACKED if mode is BuildMode.PACKED else ()


def layout_link_flags(mode: BuildMode) -> tuple[str, ...]:
    """What a layout adds for the linker."""
    return (f"-Wl,-e,{_ENTRY}",) if mode is BuildMode.SHIFTED else ()


def layout_source(mode: BuildMode) -> bytes:
    """What stands behind the last line of the user's source, or nothing.

    The section has a name of its own, so that it comes to lie behind all other code and moves none of it. The
    empty line is for a source that ends in a backslash.
    """
    if mode is not BuildMode.SHIFTED:
        return b""
    code = "".join(f".byte {','.join(f'0x{byte}' for byte in line.split())}\\n" for line, _ in _ENTRY_CODE)
    start = f'.pushsection .pie_lsp,\\"ax\\"\\n.globl {_ENTRY}\\n{_ENTRY}:\\n'
    return f'\n\n__asm__("{start}{code}jmp _start\\n.popsection\\n");\n'.encode("ascii")


def layouts_digest() -> str:
    """SHA-256 in hex of all that the layouts are, for those who keep figures of them."""
    what = [(m.value, layout_flags(m), layout_link_flags(m), layout_source(m)) for m in LAYOUTS]
    return hashlib.sha256(repr(what).encode("ascii")).hexdigest()
