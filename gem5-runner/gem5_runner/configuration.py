"""The instantiated configuration as one hash: what gem5 really built, without what differs by run.

gem5 writes every parameter of every object to ``config.ini``. Paths and names of the program, its input and
its output are left out, and so are the limits that a request sets: the hash names the machine alone.
"""

import hashlib

_OF_THE_RUN = ("system.cpu.workload", "system.workload")
"""Sections of the program that runs, and not of the machine."""
_LIMITS = ("mem_ranges", "range", "max_insts_any_thread")
"""How much memory there is, as the system and its DRAM say it, and after how many instructions to stop. A
program that ends within both has the same ticks whatever they are, so figures taken under other limits are of
the same machine."""
_PATHS = ("outdir", "readfile", "kernel", "executable", "time_sync")


def configuration_hash(text: str) -> str:
    """SHA-256 in hex of a ``config.ini``."""
    kept = []
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        name = line.split("=", 1)[0]
        if section in _OF_THE_RUN or name in _LIMITS or name.startswith(_PATHS) or not line.strip():
            continue
        kept.append(line.rstrip())
    return hashlib.sha256("\n".join(kept).encode("utf-8", "replace")).hexdigest()
