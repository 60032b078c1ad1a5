"""The smallest program: it exits with status 0. Simulating it tells gem5's version and the whole machine."""

import struct

_ADDRESS = 0x400000
_CODE = bytes.fromhex("b83c00000031ff0f05")
"""mov eax, 60; xor edi, edi; syscall: exit(0)."""
_HEADERS = 64 + 56


def program() -> bytes:
    """An x86-64 Linux executable of one segment (elf(5))."""
    size = _HEADERS + len(_CODE)
    header = struct.pack(
        "<16sHHIQQQIHHHHHH",
        b"\x7fELF\x02\x01\x01",
        2,  # an executable file
        62,  # x86-64
        1,
        _ADDRESS + _HEADERS,
        64,
        0,
        0,
        64,
        56,
        1,
        64,
        0,
        0,
    )
    segment = struct.pack("<IIQQQQQQ", 1, 5, 0, _ADDRESS, _ADDRESS, size, size, 0x1000)
    return header + segment + _CODE
