"""The Skylake of PIE's figures: darchr/gem5-skylake-config at d92b219, "Verbatim", for gem5 24.0.

``skylake-verbatim`` is what that configuration documents. ``skylake-pie`` has first-level caches of one
cycle, which is probably what the published figures were taken with: the module path of PIE's image loads the
configuration twice, and the test that applies the documented latencies is then false. Runs inside gem5.
"""

from m5.objects import (
    LTAGE,
    LTAGE_TAGE,
    X86O3CPU,
    AddrRange,
    Cache,
    DDR4_2400_16x4,
    L2XBar,
    MemCtrl,
    PIFPrefetcher,
    Process,
    ReturnAddrStack,
    SEWorkload,
    SimpleBTB,
    SimpleIndirectPredictor,
    SnoopFilter,
    SrcClockDomain,
    System,
    SystemXBar,
    TreePLRURP,
    VoltageDomain,
    WriteAllocator,
)
from units import functional_units

L1_LATENCIES = {"skylake-verbatim": (4, 4, 1), "skylake-pie": (1, 1, 1)}
"""Machine, and tag, data and response latency of its first-level caches, in cycles."""
CLOCK = "3.5GHz"
MOST_STACK = "127MiB"
"""gem5 maps memory from 128 MiB below the stack's base downwards, wherever the stack ends. A stack that grew
past that would write over it, hence a gap of 1 MiB, as Linux keeps one."""
_WIDE = 192
"""Bytes that a bus moves in a cycle."""


def build(machine, memory):
    """The whole system, without a program. `memory` is its size as gem5 writes it: "32GiB"."""
    system = System(
        mem_mode="timing",
        mem_ranges=[AddrRange(memory)],
        cache_line_size=64,
        # The host gives pages when the program first touches them.
        mmap_using_noreserve=True,
    )
    system.clk_domain = SrcClockDomain(clock=CLOCK, voltage_domain=VoltageDomain())
    system.cpu = _core()
    _connect(system, L1_LATENCIES[machine])
    system.exit_on_work_items = True
    return system


def load(system, process):
    """Give the system its one program."""
    system.workload = SEWorkload.init_compatible(process.executable)
    system.cpu.workload = process
    system.cpu.createThreads()


def process_of(executable, shown, stdin, stdout, stderr, environment):
    """The program to simulate; it sees itself as `shown`, wherever its file lies."""
    return Process(
        executable=executable,
        cmd=[shown],
        env=environment,
        cwd="/",
        input=stdin,
        output=stdout,
        errout=stderr,
        maxStackSize=MOST_STACK,
    )


def _core():
    cpu = X86O3CPU()
    cpu.fetchWidth = cpu.decodeWidth = 4
    cpu.renameWidth = cpu.dispatchWidth = cpu.issueWidth = 8
    cpu.wbWidth = cpu.commitWidth = cpu.squashWidth = 8
    cpu.fetchToDecodeDelay, cpu.decodeToRenameDelay = 3, 1
    cpu.renameToIEWDelay, cpu.iewToCommitDelay = 9, 6
    cpu.forwardComSize = cpu.backComSize = 19
    cpu.fetchBufferSize, cpu.fetchQueueSize = 16, 50
    cpu.numROBEntries, cpu.numIQEntries = 224, 97
    cpu.LQEntries, cpu.SQEntries = 72, 56
    cpu.numPhysIntRegs, cpu.numPhysFloatRegs = 180, 168
    cpu.fuPool = functional_units()
    cpu.branchPred = _branch_predictor()
    cpu.createInterruptController()
    return cpu


def _branch_predictor():
    return LTAGE(
        tage=LTAGE_TAGE(
            nHistoryTables=12,
            minHist=4,
            maxHist=34,
            tagTableTagWidths=[0, 7, 7, 8, 8, 9, 10, 11, 12, 12, 13, 14, 15],
            logTagTableSizes=[14, 10, 10, 11, 11, 11, 11, 10, 10, 10, 10, 9, 9],
            logUResetPeriod=19,
        ),
        btb=SimpleBTB(numEntries=512, tagBits=19),
        ras=ReturnAddrStack(numEntries=32),
        indirectBranchPred=SimpleIndirectPredictor(
            indirectSets=128, indirectWays=4, indirectTagSize=16, indirectPathLength=7, indirectGHRBits=16
        ),
    )


def _cache(size, ways, latencies, mshrs, targets, write_buffers, **more):
    tag, data, response = latencies
    return Cache(
        size=size,
        assoc=ways,
        tag_latency=tag,
        data_latency=data,
        response_latency=response,
        mshrs=mshrs,
        tgts_per_mshr=targets,
        write_buffers=write_buffers,
        prefetcher=PIFPrefetcher(prefetch_on_access=True),
        replacement_policy=TreePLRURP(),
        **more,
    )


def _bus(kind):
    return kind(width=_WIDE, snoop_filter=SnoopFilter(max_capacity="32MiB"))


def _connect(system, l1):
    cpu = system.cpu
    allocator = WriteAllocator(coalesce_limit=2, no_allocate_limit=8, delay_threshold=8)
    instructions = _cache("32KiB", 16, l1, 128, 16, 56, is_read_only=True, writeback_clean=True)
    data = _cache("32KiB", 16, l1, 128, 16, 128, write_allocator=allocator)
    walkers = [
        Cache(
            size="8KiB",
            assoc=8,
            tag_latency=1,
            data_latency=1,
            response_latency=1,
            mshrs=32,
            tgts_per_mshr=8,
        )
        for _ in range(2)
    ]
    cpu.addPrivateSplitL1Caches(instructions, data, *walkers)
    system.l2_bus, system.l3_bus, system.membus = _bus(L2XBar), _bus(L2XBar), _bus(SystemXBar)
    system.l2 = _cache("1MiB", 16, (14, 14, 1), 256, 16, 256)
    system.l3 = _cache("2MiB", 16, (44, 44, 1), 256, 16, 256, clusivity="mostly_excl")
    cpu.connectCachedPorts(system.l2_bus.cpu_side_ports)
    system.l2.cpu_side, system.l2.mem_side = system.l2_bus.mem_side_ports, system.l3_bus.cpu_side_ports
    system.l3.cpu_side, system.l3.mem_side = system.l3_bus.mem_side_ports, system.membus.cpu_side_ports
    cpu.connectUncachedPorts(system.membus.cpu_side_ports, system.membus.mem_side_ports)
    system.system_port = system.membus.cpu_side_ports
    system.memory = MemCtrl(dram=DDR4_2400_16x4(range=system.mem_ranges[0]))
    system.memory.port = system.membus.mem_side_ports
