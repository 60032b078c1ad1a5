import pytest

from pie_lsp.measure.estimate.counters import BlockCounts, Counters, parse_counters
from pie_lsp.values.errors import MeasurementError

TEXT = (
    "pie-counters 1\nstart 401000\nthreads 1\nclock 4\nsyscalls 9\n"
    "block 401000 12 24 3 2 1 90c3\nblock ffffffffff600000 1 1 0 0 0 c3\nend 2\n"
)


def test_everything_is_read() -> None:
    assert parse_counters(TEXT) == Counters(
        code_start=0x401000,
        has_threads=True,
        clock_calls=4,
        system_calls=9,
        blocks=(
            BlockCounts(0x401000, 12, 24, 3, 2, 1, b"\x90\xc3"),
            BlockCounts(0xFFFFFFFFFF600000, 1, 1, 0, 0, 0, b"\xc3"),
        ),
    )


@pytest.mark.parametrize("length", range(len(TEXT)))
def test_a_file_cut_short_anywhere_is_an_error(length: int) -> None:
    with pytest.raises(MeasurementError, match="incomplete"):
        parse_counters(TEXT[:length])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("pie-counters 1", "pie-counters 2"),
        ("start", "begin"),
        ("block 401000", "blob 401000"),
        ("90c3", "9"),
        ("24", "two"),
        ("end 2", "end 3"),
        ("clock 4\n", ""),
        ("syscalls 9\n", ""),
    ],
)
def test_anything_else_is_an_error(old: str, new: str) -> None:
    with pytest.raises(MeasurementError, match="incomplete"):
        parse_counters(TEXT.replace(old, new))
