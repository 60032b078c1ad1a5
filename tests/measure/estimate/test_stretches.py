import pytest

from pie_lsp.measure.estimate.stretches import Access, Division, Passage, parse_stretches

LINES = ["stretch", "ran 3 0 l0:2:8:7ff8 s0:0:1:10", "ran 4 1", "stretch", "ran 3 0 d5:7:1", "stretch"]


def test_stretches_are_read_in_their_order() -> None:
    load, store = Access(False, 2, 8, 0x7FF8), Access(True, 0, 1, 0x10)
    assert parse_stretches(LINES) == (
        (Passage(3, False, ((0, load), (0, store))), Passage(4, True, ())),
        (Passage(3, False, ((5, Division(7, True)),)),),
        (),
    )
    assert parse_stretches([]) == ()


@pytest.mark.parametrize(
    "line",
    [
        *(
            "ran",
            "ran 3",
            "ran x 0",
            "block 3 0",
            "stretch 2",
            "ran 3 0 x0:1",
            "ran 3 0 l0:1:2",
            "ran 3 0 d0:1:z",
        ),
        # No plug-in writes these; they would make work without end, or lie outside the tables.
        *("ran 3 0 l0:4:8:10", "ran 3 0 s0:0:4096:10", "ran 3 0 d0:100:0"),
    ],
)
def test_anything_else_is_an_error(line: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_stretches(["stretch", line])
    with pytest.raises(ValueError, match=r"."):
        parse_stretches(["ran 3 0"])
