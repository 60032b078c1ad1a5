from pathlib import Path

import pytest

from pie_lsp.corpus.digests import DIGESTS, Digests, digest, read_digests, write_digests
from pie_lsp.values.errors import CorpusError


def test_what_is_written_is_read(tmp_path: Path) -> None:
    inputs = tuple(digest(b"in %d" % number) for number in range(10))
    outputs = tuple(digest(b"out %d" % number) for number in range(10))
    write_digests(tmp_path, Digests(inputs, outputs))
    assert read_digests(tmp_path) == Digests(inputs, outputs)


def test_a_digest_is_sha_256() -> None:
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("inputs =", "input ="),
        ("outputs = [", "extra = 1\noutputs = ["),
        (f'  "{digest(b"3")}",\n', ""),
        (digest(b"3"), digest(b"3")[1:]),
        (digest(b"3"), "x" + digest(b"3")[1:]),
        (f'"{digest(b"3")}"', "3"),
        ("]", ""),
    ],
)
def test_what_is_no_list_of_digests_is_refused(tmp_path: Path, old: str, new: str) -> None:
    some = tuple(digest(b"%d" % number) for number in range(10))
    write_digests(tmp_path, Digests(some, some))
    text = (tmp_path / DIGESTS).read_text()
    assert old in text
    (tmp_path / DIGESTS).write_text(text.replace(old, new, 1))
    with pytest.raises(
        CorpusError, match=r"digests\.toml .*; have them written by `pie-lsp corpus check --write`"
    ):
        read_digests(tmp_path)


def test_a_problem_without_digests_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"cannot be read \(No such file"):
        read_digests(tmp_path)
