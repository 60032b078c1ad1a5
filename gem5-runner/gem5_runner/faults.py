"""What can go wrong, told apart by what gem5 left behind, each with a sentence. Knows no processes.

A fault is never a figure: whoever asked gets the sentence and caches nothing.
"""

import re
import signal

MISSING = "missing"
NOT_GEM5 = "not-gem5"
WRONG_ISA = "wrong-isa"
WRONG_VERSION = "wrong-version"
UNCONFINED = "unconfined"
BAD_REQUEST = "bad-request"
BAD_PROGRAM = "bad-program"
CRASH = "crash"
KILLED = "killed"
WALL_GUARD = "wall-guard"
STACK_LIMIT = "stack-limit"
REGION_LIMIT = "region-limit"
INSTRUCTION_LIMIT = "instruction-limit"
DISK_FULL = "disk-full"
HOST_MEMORY = "host-memory"
RESET_STATISTICS = "reset-statistics"
UNEXPECTED_END = "unexpected-end"

DOCUMENTATION = "https://www.gem5.org/documentation/general_docs/building"
"""Where gem5's own documentation says how to build it."""

_OWN_FAULT = (signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE)

_STACK_BASE = 0x7FFF_FFFF_F000
_MOST_STACK = 127 << 20
"""Where a stack begins in gem5's x86, and how far `machine/skylake.py` lets it grow downwards."""
_LARGEST_STACK = 256 << 20
"""A fault further down is taken for another mistake of the program."""
_UNMAPPED = re.compile(r"panic: Tried to \w+ unmapped address (?:0x)?([0-9a-f]+)")

BY_ITSELF = "exiting with last active thread context"
LIMIT_REACHED = "a thread reached the max instruction count"


class Fault(Exception):
    """A request that gives no figure: of what kind, and why, in a sentence."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


def missing(path: str) -> Fault:
    """There is no gem5 at `path`."""
    return Fault(MISSING, f"There is no gem5 at {path}; build one (see {DOCUMENTATION}) and name its binary.")


def not_gem5(path: str, said: str) -> Fault:
    """What lies at `path` is no gem5, or does not start."""
    return Fault(
        NOT_GEM5, f"{path} does not start as gem5 does{_quoted(said)}; build it anew: {DOCUMENTATION}"
    )


def wrong_isa(path: str) -> Fault:
    """A gem5 for another instruction set."""
    return Fault(WRONG_ISA, f"{path} is a gem5 without x86; build one with USE_X86_ISA=y: {DOCUMENTATION}")


def wrong_version(path: str, version: str) -> Fault:
    """Another gem5, whose statistics and machine may be others."""
    return Fault(WRONG_VERSION, f"{path} is gem5 {version}; build one of version 24.0: {DOCUMENTATION}")


def unconfined(detail: str) -> Fault:
    """The simulator could not give up changing files, and a program could have written its own figure."""
    return Fault(
        UNCONFINED,
        f"gem5 cannot be kept from changing files for the program that it simulates ({detail}); simulate on "
        "Linux for x86-64 with seccomp, in a gem5 whose Python has the module ctypes.",
    )


def disk_full(folder: str) -> Fault:
    """The statistics could not be written to their end."""
    return Fault(
        DISK_FULL,
        f"gem5 could not write its statistics to {folder}: the disk or its limit is full; make room.",
    )


def by_signal(number: int, said: str) -> Fault:
    """The simulator was ended from outside, or fell."""
    if number == signal.SIGXFSZ:
        return Fault(DISK_FULL, "gem5 wrote a file larger than its limit; allow larger files.")
    if number in _OWN_FAULT:
        return _of_words(said) or Fault(CRASH, f"gem5 crashed with signal {number}{_quoted(said)}.")
    return Fault(
        KILLED, f"gem5 was killed by signal {number} before the program ended; nothing was measured."
    )


def by_status(status: int, said: str) -> Fault:
    """gem5 gave up by itself."""
    return _of_words(said) or Fault(CRASH, f"gem5 ended with status {status}{_quoted(said)}.")


def wall_guard(seconds: float) -> Fault:
    """The guard aborted; a figure from a clock is none."""
    return Fault(
        WALL_GUARD, f"The simulation took more than {seconds:g} s and was aborted; use a smaller input."
    )


def ended_otherwise(cause: str, most: int) -> Fault:
    """The simulation ended, but not because the program did."""
    if cause == LIMIT_REACHED:
        return Fault(
            INSTRUCTION_LIMIT,
            f"The program runs more than {most:,} instructions, the limit of a simulation; "
            "use a smaller input.",
        )
    if cause in ("workbegin", "workend"):
        return Fault(
            REGION_LIMIT, "The region of interest is entered too often to be measured; use a smaller input."
        )
    return Fault(UNEXPECTED_END, f"The simulation ended before the program did: {cause}.")


def reset_statistics() -> Fault:
    """The program itself executes gem5's instructions that reset statistics."""
    return Fault(
        RESET_STATISTICS,
        "The program executes gem5's own instructions and reset the statistics, so it cannot be measured.",
    )


def _of_words(said: str) -> Fault | None:
    """gem5's own words for what is really somebody else's fault."""
    lowered = said.lower()
    if "no space left" in lowered or "file too large" in lowered:
        return Fault(DISK_FULL, f"gem5 could not write its files{_quoted(said)}; make room.")
    if "could not mmap" in lowered or "memoryerror" in lowered or "bad_alloc" in lowered:
        return Fault(
            HOST_MEMORY,
            f"gem5 got too little memory of this machine{_quoted(said)}; ask for a smaller one to be "
            "simulated, or allow more.",
        )
    if "out of memory" in lowered:
        return Fault(BAD_PROGRAM, "The program needs more memory than the simulated machine has.")
    if (
        "unknown arch" in lowered
        or "object file architecture" in lowered
        or "can't load object file" in lowered
        or "not an object file compatible" in lowered
    ):
        return Fault(BAD_PROGRAM, f"The program is no x86-64 executable that gem5 can load{_quoted(said)}.")
    if "maximum stack size exceeded" in lowered or _is_of_stack(said):
        return Fault(
            STACK_LIMIT,
            f"The program crashes in the simulation where a stack of more than {_MOST_STACK >> 20} MiB would "
            "lie, which is the largest that gem5 gives; recurse less deeply, or put large arrays elsewhere.",
        )
    if "page table fault" in lowered or "unmapped" in lowered or "tried to" in lowered:
        return Fault(BAD_PROGRAM, f"The program crashes in the simulation{_quoted(said)}.")
    return None


def _is_of_stack(said: str) -> bool:
    """Whether an access that fell lies below the end of the largest stack, and not far below."""
    found = _UNMAPPED.search(said)
    return found is not None and _MOST_STACK < _STACK_BASE - int(found.group(1), 16) <= _LARGEST_STACK


def _quoted(said: str) -> str:
    """The most telling line of gem5's, if any."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if line.startswith(("fatal:", "panic:", "src/", "build/"))] or lines[
        -1:
    ]
    telling = [line for line in lines if "fatal" in line or "panic" in line or "rror" in line] or telling
    return f" ({telling[0][:200]})" if telling else ""
