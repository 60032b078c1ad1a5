"""Runs a module of Python's as a program that ends when a given process does, however that one ends.

Started as ``python -m pie_lsp.research.tied PID MODULE ARGUMENT...``. Parsl's helpers notice a vanished
driver after minutes or never; on one machine they need not outlive it at all. Knows nothing of Parsl.
"""

import os
import runpy
import select
import signal
import sys
import threading
from collections.abc import Sequence


def main(words: Sequence[str]) -> None:
    """Run the module of `words` in this process, in a process group that is not that of PID."""
    pid, module, *arguments = words
    try:
        owner = os.pidfd_open(int(pid))
        group = os.getpgid(int(pid))
    except ProcessLookupError:
        return
    if os.getpgrp() == group:
        # Ctrl-C in a terminal reaches the whole group; the owner alone decides what it means.
        os.setsid()
    threading.Thread(target=_end_with, args=(owner,), name="tied", daemon=True).start()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _end_with(owner: int) -> None:
    """Wait for the end of the owner, then end this process and all that it started in its group."""
    select.select([owner], [], [])
    os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1:])
