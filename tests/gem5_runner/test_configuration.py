import pytest
from gem5_runner.configuration import configuration_hash

from .replay import read


@pytest.fixture
def text() -> str:
    return read("ended", "config.ini")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("executable=/scratch/gem5-0000/program", "executable=/elsewhere/other"),
        ("input=/programs/in", "input=/programs/another"),
        ("output=/scratch/gem5-0000/stdout", "output=/scratch/gem5-1111/stdout"),
        ("env=GLIBC_TUNABLES", "env=LC_ALL=C GLIBC_TUNABLES"),
        ("cmd=/box/prog", "cmd=/box/prog2"),
    ],
)
def test_the_run_is_left_out(text: str, old: str, new: str) -> None:
    assert old in text
    assert configuration_hash(text.replace(old, new)) == configuration_hash(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\nmem_ranges=0:34359738368\n", "\nmem_ranges=0:2147483648\n"),
        ("\nrange=0:34359738368\n", "\nrange=0:2147483648\n"),
        ("max_insts_any_thread=1000000000", "max_insts_any_thread=1000"),
    ],
)
def test_limits_are_left_out(text: str, old: str, new: str) -> None:
    assert text.count(old) == 1
    assert configuration_hash(text.replace(old, new)) == configuration_hash(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("numROBEntries=224", "numROBEntries=225"),
        ("tag_latency=4", "tag_latency=1"),
        ("tCL=14160", "tCL=14161"),
        ("device_size=1073741824", "device_size=536870912"),
        ("addr_ranges=0:18446744073709551615", "addr_ranges=0:2147483648"),
        ("clock=286", "clock=333"),
        ("[system.l3]", "[system.l4]"),
        ("mem_mode=timing", "mem_mode=atomic"),
    ],
)
def test_the_machine_is_in_it(text: str, old: str, new: str) -> None:
    assert old in text
    assert configuration_hash(text.replace(old, new)) != configuration_hash(text)
