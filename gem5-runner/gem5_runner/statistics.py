"""Reads gem5's statistics: every block of the file, since a program may dump and reset them in between.

Knows the format and the names, and nothing of processes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_BEGIN = "---------- Begin Simulation Statistics ----------"
_END = "---------- End Simulation Statistics   ----------"

NAMES: Mapping[str, tuple[str, ...]] = {
    "ticks": ("simTicks",),
    "cycles": ("system.cpu.numCycles",),
    "instructions": ("system.cpu.commitStats0.numInsts",),
    "micro_ops": ("system.cpu.commitStats0.numOps",),
    "branches": ("system.cpu.branchPred.committed_0::total",),
    "mispredicted_branches": ("system.cpu.commit.branchMispredicts",),
    "redirected_branches": ("system.cpu.decode.branchMispred",),
    "fetch_stall_cycles": ("system.cpu.fetchStats0.icacheStallCycles",),
    "l1i_misses": ("system.cpu.icache.overallMisses::total",),
    "l1d_accesses": ("system.cpu.dcache.overallAccesses::total",),
    "l1d_misses": ("system.cpu.dcache.overallMisses::total",),
    "l1d_store_misses": ("system.cpu.dcache.WriteReq.misses::total",),
    "l2_misses": ("system.l2.overallMisses::total",),
    "l3_misses": ("system.l3.overallMisses::total",),
    "system_calls": ("system.cpu.workload.numSyscalls",),
}
"""What is returned of a block, and gem5's own names for it; a statistic that gem5 leaves out is zero."""
_ALWAYS = ("ticks", "cycles", "instructions", "micro_ops", "system_calls")
"""Of these, what no gem5 leaves out; where one is not there, its names are others."""
_ONCE = {"host_seconds": "hostSeconds", "final_tick": "finalTick", "cycle_ticks": "system.clk_domain.clock"}


class StatisticsError(Exception):
    """The file is no complete file of statistics."""


@dataclass(frozen=True)
class Block:
    """What was counted since the block before. `host_seconds` is the simulator's own time."""

    counts: Mapping[str, int]
    host_seconds: float
    final_tick: int
    cycle_ticks: int


@dataclass(frozen=True)
class Statistics:
    """Every block of one simulation, in order."""

    blocks: tuple[Block, ...] = field(default=())

    @property
    def totals(self) -> dict[str, int]:
        """Sums over the blocks."""
        return {name: sum(block.counts[name] for block in self.blocks) for name in NAMES}


def parse(text: str) -> Statistics:
    """Read a whole file. Raises StatisticsError where it is cut short or is something else."""
    blocks: list[Block] = []
    values: dict[str, str] | None = None
    for line in text.splitlines():
        if line == _BEGIN:
            if values is not None:
                raise StatisticsError("a block of statistics has no end")
            values = {}
        elif line == _END:
            if values is None:
                raise StatisticsError("a block of statistics has no beginning")
            blocks.append(_block(values))
            values = None
        elif values is not None and line.strip():
            name, *rest = line.split(None, 2)
            if not rest:
                raise StatisticsError(f"a statistic has no value: {line.strip()}")
            values[name] = rest[0]
    if values is not None or not blocks:
        raise StatisticsError("the last block of statistics is incomplete")
    return Statistics(tuple(blocks))


def _block(values: Mapping[str, str]) -> Block:
    missing = [source for name in _ALWAYS for source in NAMES[name] if source not in values]
    if missing:
        raise StatisticsError(f"statistics are missing: {', '.join(missing)}")
    try:
        counts = {name: _sum(values, sources) for name, sources in NAMES.items()}
        return Block(
            counts,
            float(values[_ONCE["host_seconds"]]),
            int(values[_ONCE["final_tick"]]),
            int(values[_ONCE["cycle_ticks"]]),
        )
    except (KeyError, ValueError) as error:
        raise StatisticsError(f"a statistic is missing or no number: {error}") from error


def _sum(values: Mapping[str, str], sources: Iterable[str]) -> int:
    return sum(int(values.get(source, "0")) for source in sources)
