"""Digests of binaries; knows the ELF format and nothing of compilers."""

import hashlib
from pathlib import Path


def file_digest(path: Path) -> str:
    """SHA-256 in hex of the whole file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def code_digest(path: Path) -> str:
    """SHA-256 in hex of what is loaded into memory, without notes and names of static symbols.

    Programs with equal digests execute the same instructions on the same data. A file that is no ELF
    file is digested whole.
    """
    from elftools.common.exceptions import ELFError
    from elftools.elf.elffile import ELFFile

    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            elf = ELFFile(stream)
            digest.update(f"{elf.header['e_machine']} {elf.header['e_entry']}".encode())
            for section in elf.iter_sections():
                header = section.header
                if not header["sh_flags"] & 0x2 or header["sh_type"] == "SHT_NOTE":
                    continue
                digest.update(
                    f"{section.name} {header['sh_addr']} {header['sh_size']} {header['sh_flags']}".encode()
                )
                if header["sh_type"] != "SHT_NOBITS":
                    digest.update(section.data())
    except ELFError:
        return file_digest(path)
    return digest.hexdigest()
