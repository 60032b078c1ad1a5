from collections.abc import Iterator
from pathlib import Path

import pytest

from pie_lsp.sandbox.whole_file import write_whole


def test_pieces_become_the_file(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_bytes(b"old")
    write_whole(path, [b"one\n", b"two\n"])
    assert path.read_bytes() == b"one\ntwo\n"
    assert list(tmp_path.iterdir()) == [path]


def test_who_may_read_it_is_as_for_any_new_file(tmp_path: Path) -> None:
    write_whole(tmp_path / "whole", [b""])
    (tmp_path / "plain").touch()
    assert (tmp_path / "whole").stat().st_mode == (tmp_path / "plain").stat().st_mode
    write_whole(tmp_path / "mine", [b""], 0o600)
    assert (tmp_path / "mine").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("fault", [OSError, KeyboardInterrupt])
def test_what_ends_the_writing_leaves_the_old_file_and_no_other(
    tmp_path: Path, fault: type[BaseException]
) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise fault

    path = tmp_path / "table"
    path.write_bytes(b"old")
    with pytest.raises(fault):
        write_whole(path, pieces())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write_whole(tmp_path / "missing" / "table", [b"x"])
