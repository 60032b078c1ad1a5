"""What the plug-in counted in one run, read from its file; knows nothing of cycles.

The format is described at the head of `plugin.c`.
"""

from dataclasses import dataclass

from pie_lsp.measure.estimate.stretches import Stretch, parse_stretches
from pie_lsp.values.errors import MeasurementError

_HEADER = "pie-counters 4"
_INCOMPLETE = (
    "The counters of the run are incomplete: the program was killed, replaced itself by another one, "
    "or the disk is full."
)


@dataclass(frozen=True, slots=True)
class BlockCounts:
    """One block of machine code and what happened in it.

    address        of its first byte, as the program was loaded
    count          executions
    entered        executions that began in another aligned 16-byte block than the code before ended in
    repeated       executions that only repeated a string instruction, which is not fetched again
    mispredicted   branches whose direction, indirect target or return address was predicted wrongly
    rounds         of the microcode loop that divides; 0 where quotients could not be read
    l3_misses      lines, of data or of its code, that came from memory
    l3_hits        lines that L3 had, and not L2
    memory_stores  stores that waited for a line from memory
    under          number of the user's function that it ran under, 0 for none; None where that was not asked,
                   and for the code of these functions themselves
    waiting        cycles that waited for data, which `waiting.py` estimates; the plug-in does not count them
    """

    address: int
    count: int
    entered: int
    repeated: int
    mispredicted: int
    rounds: int
    l3_misses: int
    l3_hits: int
    memory_stores: int
    code: bytes
    under: int | None = None
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Counters:
    """One run.

    code_start    where the program's own code begins, as it was loaded
    has_threads   it started a thread or a process, and only one of them was counted
    clock_calls   how often it asked for the time or for random numbers
    system_calls  how often it called the system at all
    quotients     whether the quotients of divisions could be read, so that their rounds are known
    stretches     parts of the run as it went, spread over the whole
    """

    code_start: int
    has_threads: bool
    clock_calls: int
    system_calls: int
    quotients: bool
    blocks: tuple[BlockCounts, ...]
    stretches: tuple[Stretch, ...] = ()


def parse_counters(text: str) -> Counters:
    """Read the plug-in's file. Raises MeasurementError where it is cut short or is not one."""
    lines = text.splitlines()
    if len(lines) < 7 or lines[0] != _HEADER or not text.endswith("\n"):
        raise MeasurementError(_INCOMPLETE)
    try:
        head = dict(line.split(" ", 1) for line in lines[1:6])
        end_of_blocks = next((at for at, line in enumerate(lines) if line == "stretch"), len(lines) - 1)
        blocks = tuple(_parse_block(line) for line in lines[6:end_of_blocks])
        complete = lines[-1] == f"end {len(blocks)}"
        counters = Counters(
            int(head["start"], 16),
            head["threads"] == "1",
            int(head["clock"]),
            int(head["syscalls"]),
            head["quotients"] == "1",
            blocks,
            parse_stretches(lines[end_of_blocks:-1]),
        )
    except (KeyError, ValueError) as error:
        raise MeasurementError(_INCOMPLETE) from error
    known = range(len(blocks))
    if not complete or any(ran.block not in known for stretch in counters.stretches for ran in stretch):
        raise MeasurementError(_INCOMPLETE)
    return counters


def _parse_block(line: str) -> BlockCounts:
    under = None
    if line.startswith("under "):
        _, number, line = line.split(" ", 2)
        under = int(number)
    word, address, *counts, code = line.split(" ")
    if word != "block":
        raise ValueError(line)
    count, entered, repeated, mispredicted, rounds, l3_misses, l3_hits, memory_stores = map(int, counts)
    return BlockCounts(
        int(address, 16),
        count,
        entered,
        repeated,
        mispredicted,
        rounds,
        l3_misses,
        l3_hits,
        memory_stores,
        bytes.fromhex(code),
        under,
    )
