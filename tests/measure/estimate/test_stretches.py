import pytest

from pie_lsp.measure.estimate.stretches import DIVIDED, LOADED, STORED, Passage, parse_stretches

LOAD, STORE = "000002080000000000007ff8", "010004010000000000000010"
DIVISION = "000509000000000000000007"
LINES = ["stretch", f"ran 3 0 {LOAD}{STORE}", "ran 4 1 ", "stretch", f"ran 3 0 {DIVISION}", "stretch"]


def test_stretches_are_read_in_their_order() -> None:
    load, store = (0, LOADED + 2, 8, 0x7FF8), (256, STORED, 1, 0x10)
    assert parse_stretches(LINES) == (
        (Passage(3, False, (load, store)), Passage(4, True, ())),
        (Passage(3, False, ((5, DIVIDED + 1, 0, 7),)),),
        (),
    )
    assert parse_stretches([]) == ()


@pytest.mark.parametrize(
    "line",
    [
        *("ran", "ran 3", "ran x 0 ", "block 3 0 ", "stretch 2", "ran 3 0", f"ran 3 0 {LOAD} {STORE}"),
        *(f"ran 3 0 {LOAD[:-1]}", f"ran 3 0 {LOAD[:-2]}", f"ran 3 0 {LOAD}x"),
    ],
)
def test_anything_else_is_an_error(line: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_stretches(["stretch", line])
    with pytest.raises(ValueError, match=r"."):
        parse_stretches([f"ran 3 0 {LOAD}"])
