"""Rows are on the disk at once, are found again, and what is torn is made anew."""

import dataclasses
from pathlib import Path

import pytest

from pie_lsp.research.scoring.kept import AnswerRow, KeptRows, ProgramRow, VerdictRow, key_of
from pie_lsp.values.errors import InputError, SandboxError

ANSWER = AnswerRow(key_of(["a"]), "text \ud800 \u2028", "stop", (1, 2, 3), 4)
PROGRAM = ProgramRow(key_of(["p"]), cost=7, unit="cycles", tests=3, left_out=("one",))
VERDICT = VerdictRow(key_of(["v"]), True, 5, 6, offered=6)


def test_what_was_put_is_found_by_another_run(tmp_path: Path) -> None:
    rows = KeptRows(tmp_path)
    rows.put([ANSWER])
    rows.put([PROGRAM])
    rows.put([VERDICT])
    again = KeptRows(tmp_path)
    assert again.get(AnswerRow, ANSWER.key) == ANSWER
    assert again.get(ProgramRow, PROGRAM.key) == PROGRAM
    assert again.get(VerdictRow, VERDICT.key) == VERDICT
    assert again.get(VerdictRow, ANSWER.key) is None
    assert again.torn == []


def test_rows_of_one_request_are_one_file(tmp_path: Path) -> None:
    second = AnswerRow(key_of(["b"]), "", "length")
    KeptRows(tmp_path).put([ANSWER, second])
    (file,) = tmp_path.glob("??/*")
    assert file.read_bytes().count(b"\n") == 2
    assert KeptRows(tmp_path).get(AnswerRow, second.key) == second


def test_a_torn_line_is_no_row_and_is_told(tmp_path: Path) -> None:
    KeptRows(tmp_path).put([ANSWER])
    (file,) = tmp_path.glob("??/*")
    file.write_bytes(file.read_bytes()[:-9])
    again = KeptRows(tmp_path)
    assert again.get(AnswerRow, ANSWER.key) is None
    assert len(again.torn) == 1 and str(file) in again.torn[0]
    again.put([ANSWER])
    assert KeptRows(tmp_path).get(AnswerRow, ANSWER.key) == ANSWER


def test_what_belongs_to_a_torn_line_is_made_anew_with_it_and_told_once(tmp_path: Path) -> None:
    rows = (ANSWER, dataclasses.replace(ANSWER, key="b" * 64))
    KeptRows(tmp_path).put(rows)
    (file,) = tmp_path.glob("??/*")
    before = file.read_bytes()
    file.write_bytes(before[:-9])
    again = KeptRows(tmp_path)
    assert [again.get(AnswerRow, row.key) for row in rows] == [None, None]
    again.put(rows)
    assert file.read_bytes() == before and KeptRows(tmp_path).torn == []


def test_parts_of_a_key_do_not_run_together() -> None:
    assert len({key_of(["ab", "c"]), key_of(["a", "bc"]), key_of(["abc"]), key_of([b"abc", ""])}) == 4


def test_a_place_that_cannot_hold_rows_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match="cannot be used for rows"):
        KeptRows(tmp_path / "file" / "rows")
    rows = KeptRows(tmp_path / "rows")
    (tmp_path / "rows" / ANSWER.key[:2]).write_bytes(b"")
    with pytest.raises(SandboxError, match="make room"):
        rows.put([ANSWER])
