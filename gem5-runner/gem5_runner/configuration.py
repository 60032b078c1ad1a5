"""The instantiated configuration as one hash: what gem5 really built, without what differs by run.

gem5 writes every parameter of every object to ``config.ini``. Paths and names of the program, its input and
its output are left out, so that the hash names the machine alone.
"""

import hashlib

_OF_THE_RUN = ("system.cpu.workload", "system.workload")
"""Sections of the program that runs, and not of the machine."""
_PATHS = ("outdir", "readfile", "kernel", "executable", "time_sync")


def configuration_hash(text: str) -> str:
    """SHA-256 in hex of a ``config.ini``."""
    kept = []
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        if section in _OF_THE_RUN or line.split("=", 1)[0].startswith(_PATHS) or not line.strip():
            continue
        kept.append(line.rstrip())
    return hashlib.sha256("\n".join(kept).encode("utf-8", "replace")).hexdigest()
