import pytest

from pie_lsp.measure.estimate.counters import BlockCounts, Counters, parse_counters
from pie_lsp.measure.estimate.stretches import LOADED, Passage
from pie_lsp.values.errors import MeasurementError

TEXT = (
    "pie-counters 4\nstart 401000\nthreads 1\nclock 4\nsyscalls 9\nquotients 1\n"
    "block 401000 12 24 2 1 6 10 5 3 90c3\nblock ffffffffff600000 1 1 0 0 0 0 0 0 c3\n"
    "stretch\nran 1 0 0000010800000000000007f0\nran 0 1 \nend 2\n"
)


def test_everything_is_read() -> None:
    assert parse_counters(TEXT) == Counters(
        code_start=0x401000,
        has_threads=True,
        clock_calls=4,
        system_calls=9,
        quotients=True,
        blocks=(
            BlockCounts(
                address=0x401000,
                count=12,
                entered=24,
                repeated=2,
                mispredicted=1,
                rounds=6,
                l3_misses=10,
                l3_hits=5,
                memory_stores=3,
                code=b"\x90\xc3",
            ),
            BlockCounts(0xFFFFFFFFFF600000, 1, 1, 0, 0, 0, 0, 0, 0, b"\xc3"),
        ),
        stretches=((Passage(1, False, ((0, LOADED + 1, 8, 0x7F0),)), Passage(0, True, ())),),
    )


@pytest.mark.parametrize("length", range(len(TEXT)))
def test_a_file_cut_short_anywhere_is_an_error(length: int) -> None:
    with pytest.raises(MeasurementError, match="incomplete"):
        parse_counters(TEXT[:length])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("pie-counters 4", "pie-counters 3"),
        ("start", "begin"),
        ("block 401000", "blob 401000"),
        ("90c3", "9"),
        ("24", "two"),
        ("end 2", "end 3"),
        ("clock 4\n", ""),
        ("syscalls 9\n", ""),
        ("quotients 1\n", ""),
        (" 3 90c3", " 90c3"),
        ("stretch", "stretched"),
        ("ran 1", "ran 2"),
        ("7f0\n", "7fz\n"),
    ],
)
def test_anything_else_is_an_error(old: str, new: str) -> None:
    with pytest.raises(MeasurementError, match="incomplete"):
        parse_counters(TEXT.replace(old, new))
