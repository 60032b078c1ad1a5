"""What the plug-in counted in one run, read from its file; knows nothing of cycles.

The format is described at the head of `plugin.c`.
"""

from dataclasses import dataclass

from pie_lsp.values.errors import MeasurementError

_HEADER = "pie-counters 1"
_INCOMPLETE = (
    "The counters of the run are incomplete: the program was killed, replaced itself by another one, "
    "or the disk is full."
)


@dataclass(frozen=True, slots=True)
class BlockCounts:
    """One block of machine code and what happened in it.

    address        of its first byte, as the program was loaded
    count          executions
    fetch_blocks   aligned 16-byte blocks entered
    mispredicted   of the branch at its end: direction, target or return address
    store_misses   lines stored to that the first data cache did not have
    l3_misses      lines, of data or of its code, that came from memory
    """

    address: int
    count: int
    fetch_blocks: int
    mispredicted: int
    store_misses: int
    l3_misses: int
    code: bytes


@dataclass(frozen=True, slots=True)
class Counters:
    """One run.

    code_start    where the program's own code begins, as it was loaded
    has_threads   it started a thread or a process, and only one of them was counted
    clock_calls   how often it asked for the time or for random numbers
    system_calls  how often it called the system at all
    """

    code_start: int
    has_threads: bool
    clock_calls: int
    system_calls: int
    blocks: tuple[BlockCounts, ...]


def parse_counters(text: str) -> Counters:
    """Read the plug-in's file. Raises MeasurementError where it is cut short or is not one."""
    lines = text.splitlines()
    if len(lines) < 6 or lines[0] != _HEADER or not text.endswith("\n"):
        raise MeasurementError(_INCOMPLETE)
    try:
        head = dict(line.split(" ", 1) for line in lines[1:5])
        blocks = tuple(_parse_block(line) for line in lines[5:-1])
        complete = lines[-1] == f"end {len(blocks)}"
        counters = Counters(
            int(head["start"], 16),
            head["threads"] == "1",
            int(head["clock"]),
            int(head["syscalls"]),
            blocks,
        )
    except (KeyError, ValueError) as error:
        raise MeasurementError(_INCOMPLETE) from error
    if not complete:
        raise MeasurementError(_INCOMPLETE)
    return counters


def _parse_block(line: str) -> BlockCounts:
    word, address, count, fetches, mispredicted, store_misses, l3_misses, code = line.split(" ")
    if word != "block":
        raise ValueError(line)
    return BlockCounts(
        int(address, 16),
        int(count),
        int(fetches),
        int(mispredicted),
        int(store_misses),
        int(l3_misses),
        bytes.fromhex(code),
    )
