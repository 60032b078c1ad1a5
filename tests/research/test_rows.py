import dataclasses
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pie_lsp.research.rows import ChunkFile, Row, RowFolder, Status, read_line, row_line, write_whole
from pie_lsp.values.errors import InputError, SandboxError
from pie_lsp.values.measurement import CostPart

FULL = Row("k1", Status.MEASURED, 10, "cycles", 3, (CostPart("a", 1, 7), CostPart("b", 2, 3)), 0, "00ff")
FAULT = Row("k2", Status.CRASHED, reason='It says "é"\n.')


@pytest.fixture
def folder(tmp_path: Path) -> RowFolder:
    folder = RowFolder(tmp_path / "t.rows")
    folder.make()
    return folder


@pytest.mark.parametrize("row", [FULL, FAULT])
def test_a_line_gives_back_its_row(row: Row) -> None:
    line = row_line(row)
    assert line.count(b"\n") == 1
    assert line.isascii()
    assert read_line(line) == row


def test_a_line_that_was_cut_or_changed_is_no_row() -> None:
    line = row_line(FULL)
    assert [cut for cut in range(len(line)) if read_line(line[:cut]) is not None] == []
    for at in range(len(line)):
        flipped = bytes([*line[:at], line[at] ^ 1, *line[at + 1 :]])
        assert read_line(flipped) is None, flipped
    for other in (b"", b"\n", b"{}\n", b'{"row":{}}\n', b'{"row":{"parts":[],"status":"x"}}\n', b"[" * 9999):
        assert read_line(other) is None


def test_each_row_is_on_the_disk_when_it_is_added(folder: RowFolder) -> None:
    chunk = folder.chunk("abcd")
    assert chunk.read() == 0
    chunk.add(FULL)
    assert folder.read().lines == {"k1": row_line(FULL)}
    chunk.add(FAULT)
    found = folder.read()
    assert found.lines == {"k1": row_line(FULL), "k2": row_line(FAULT)}
    assert found.torn == ()
    assert [path.name for path in folder.path.rglob("*") if path.is_file()] == ["abcd.jsonl"]


def test_another_worker_goes_on_with_a_chunk(folder: RowFolder) -> None:
    first = folder.chunk("abcd")
    first.add(FULL)
    second = folder.chunk("abcd")
    assert second.read() == 1
    assert "k1" in second
    assert "k2" not in second
    second.add(FAULT)
    assert folder.chunk("abcd").read() == 2
    assert second.rows == (FULL, FAULT)


def test_two_workers_at_one_chunk_lose_no_row_of_each_other(folder: RowFolder) -> None:
    first, second = folder.chunk("abcd"), folder.chunk("abcd")
    first.add(FULL)
    second.add(FAULT)
    assert sorted(folder.read().lines) == ["k1", "k2"]


def test_torn_files_are_ignored_and_told(folder: RowFolder) -> None:
    folder.chunk("abcd").add(FULL)
    whole = row_line(FAULT)
    (folder.path / "ab" / "torn.jsonl").write_bytes(
        whole + row_line(dataclasses.replace(FAULT, key="k3"))[:-9]
    )
    (folder.path / "ab" / "empty.jsonl").write_bytes(b"")
    (folder.path / "ab" / "zeros.jsonl").write_bytes(bytes(4096))
    found = folder.read()
    assert found.lines == {"k1": row_line(FULL), "k2": whole}
    assert len(found.torn) == 2
    assert "torn.jsonl holds 1 unfinished line" in found.torn[0]
    assert "zeros.jsonl" in found.torn[1]


def test_what_killed_workers_left_is_cleared_away(folder: RowFolder) -> None:
    folder.chunk("abcd").add(FULL)
    old, young = folder.path / "ab" / ".abcd.jsonl.00", folder.path / "ab" / ".abcd.jsonl.01"
    old.write_bytes(b"x")
    young.write_bytes(b"x")
    os.utime(old, (time.time() - 4000,) * 2)
    folder.make()
    assert not old.exists()
    assert young.exists()
    assert folder.read().lines == {"k1": row_line(FULL)}


def test_a_row_that_cannot_be_written_is_told_and_the_file_stays_whole(folder: RowFolder) -> None:
    chunk = ChunkFile(folder.path / "ab" / "abcd.jsonl")
    chunk.add(FULL)
    before = (folder.path / "ab" / "abcd.jsonl").read_bytes()
    blocked = ChunkFile(folder.path / "ab" / "abcd.jsonl" / "below.jsonl")
    with pytest.raises(SandboxError, match="cannot be written"):
        blocked.add(FAULT)
    assert blocked.rows == ()
    assert (folder.path / "ab" / "abcd.jsonl").read_bytes() == before


def test_writing_is_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def interrupted() -> Iterator[bytes]:
        yield b"new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(path, interrupted())
    assert path.read_bytes() == b"old"
    write_whole(path, iter([b"n", b"ew"]))
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_the_place_of_the_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "t.rows").write_bytes(b"")
    with pytest.raises(InputError, match="cannot be made"):
        RowFolder(tmp_path / "t.rows").make()
