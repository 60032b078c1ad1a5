"""Digests of what is loaded; the compiler's tests show them on real programs."""

import hashlib
from pathlib import Path

from pie_lsp.build.digests import code_digest, file_digest


def test_a_file_that_is_no_program_is_digested_whole(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"not a program")
    expected = hashlib.sha256(b"not a program").hexdigest()
    assert file_digest(tmp_path / "x") == code_digest(tmp_path / "x") == expected


def test_a_program_is_digested_without_what_is_not_loaded(tmp_path: Path) -> None:
    program = Path("/bin/true").read_bytes()
    (tmp_path / "same").write_bytes(program)
    (tmp_path / "longer").write_bytes(program + b"appended")
    assert file_digest(tmp_path / "same") != file_digest(tmp_path / "longer")
    assert code_digest(tmp_path / "same") == code_digest(tmp_path / "longer")
