import pytest
from gem5_runner.statistics import NAMES, Statistics, StatisticsError, parse

from .replay import read


def test_every_name_stands_in_a_real_file() -> None:
    """What gem5 leaves out counts as zero, so a misspelt name would be a silent zero."""
    names = {line.split()[0] for line in read("ended", "stats.txt").splitlines() if line.strip()}
    assert {source for sources in NAMES.values() for source in sources} - names == set()


def test_the_figures_of_a_real_run() -> None:
    statistics = parse(read("ended", "stats.txt"))
    (block,) = statistics.blocks
    assert block.final_tick == statistics.totals["ticks"] == 63_808_316
    assert block.cycle_ticks == 286
    assert block.counts["cycles"] == block.final_tick // block.cycle_ticks + 1
    assert (block.counts["instructions"], block.counts["micro_ops"]) == (37_720, 77_312)
    assert 0 < block.counts["mispredicted_branches"] < block.counts["branches"]
    assert 0 < block.counts["l1d_store_misses"] <= block.counts["l1d_misses"] <= block.counts["l1d_accesses"]
    assert 0 < block.counts["system_calls"] < 100


def test_several_blocks_are_summed() -> None:
    statistics = parse(read("regions", "stats.txt"))
    assert len(statistics.blocks) == 7
    assert statistics.blocks[-1].final_tick == statistics.totals["ticks"] == 58_452_966
    for name in NAMES:
        assert statistics.totals[name] == sum(block.counts[name] for block in statistics.blocks)


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.99])
def test_a_file_that_is_cut_off_is_none(kept: float) -> None:
    text = read("ended", "stats.txt")
    with pytest.raises(StatisticsError):
        parse(text[: int(len(text) * kept)])


@pytest.mark.parametrize("kept", [0.5, 0.999])
def test_a_file_that_is_cut_off_in_a_later_block_is_none(kept: float) -> None:
    text = read("regions", "stats.txt")
    with pytest.raises(StatisticsError):
        parse(text[: int(len(text) * kept)])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("---------- Begin Simulation Statistics ----------", ""),
        ("---------- End Simulation Statistics   ----------", ""),
        ("simTicks  ", "simTicks many "),
        ("hostSeconds", "hostMinutes"),
        ("commitStats0.numInsts ", "commitStats0.numInstructions "),
        ("workload.numSyscalls ", "workload.syscalls "),
    ],
)
def test_a_damaged_file_is_none(old: str, new: str) -> None:
    text = read("ended", "stats.txt")
    assert old in text
    with pytest.raises(StatisticsError):
        parse(text.replace(old, new))


def test_nothing_is_no_file() -> None:
    with pytest.raises(StatisticsError):
        parse("")
    assert Statistics().totals["ticks"] == 0
