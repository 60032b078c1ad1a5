import multiprocessing
import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pie_lsp.retrieval.index import Identity, arrays_from_bytes, arrays_to_bytes, kept
from pie_lsp.values.errors import InputError

IDENTITY = Identity(slot="a", method="m/1", corpus="c", model="e", dimension=3)


class Maker:
    """Makes an index that is a text, and counts how often."""

    def __init__(self, text: str = "index") -> None:
        self.text = text
        self.made = 0

    def __call__(self) -> str:
        self.made += 1
        return self.text


def get(folder: Path, make: Maker, identity: Identity = IDENTITY) -> str:
    return kept(identity, make, str.encode, bytes.decode, folder)


def test_an_index_is_made_once(tmp_path: Path) -> None:
    make = Maker()
    assert [get(tmp_path, make) for _ in range(3)] == ["index"] * 3
    assert make.made == 1


@pytest.mark.parametrize(
    "other",
    [
        replace(IDENTITY, method="m/2"),
        replace(IDENTITY, corpus="d"),
        replace(IDENTITY, model="f"),
        replace(IDENTITY, dimension=4),
    ],
)
def test_a_stale_one_is_made_anew_in_its_place(tmp_path: Path, other: Identity) -> None:
    get(tmp_path, Maker())
    make = Maker("other")
    assert get(tmp_path, make, other) == get(tmp_path, make, other) == "other"
    assert make.made == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_each_slot_has_its_own(tmp_path: Path) -> None:
    get(tmp_path, Maker())
    assert get(tmp_path, Maker("b"), replace(IDENTITY, slot="../b")) == "b"
    assert len(list(tmp_path.iterdir())) == 2
    assert get(tmp_path, Maker("never")) == "index"


def test_damage_anywhere_is_noticed_and_mended(tmp_path: Path) -> None:
    get(tmp_path, Maker())
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    spoiled = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(0, len(whole), 7)]
    for content in (b"", whole[:-1], whole + b"x", *spoiled):
        path.write_bytes(content)
        make = Maker()
        assert get(tmp_path, make) == "index"
        assert make.made == 1
        assert path.read_bytes() == whole


def test_what_a_reader_refuses_is_made_anew(tmp_path: Path) -> None:
    get(tmp_path, Maker())

    def refuse(data: bytes) -> str:
        raise InputError("It has another layout.")

    make = Maker("new")
    assert kept(IDENTITY, make, str.encode, refuse, tmp_path) == "new"
    assert make.made == 1


def test_a_folder_that_cannot_be_written_costs_time_alone(tmp_path: Path) -> None:
    make = Maker()
    for _ in range(2):
        assert get(tmp_path / "gone", make) == "index"
    assert make.made == 2


def _work(folder: Path) -> bool:
    texts = [
        get(folder, Maker(f"index of {number} " * 500), replace(IDENTITY, corpus=number))
        for number in "ab" * 30
    ]
    return texts == [f"index of {number} " * 500 for number in "ab" * 30]


def test_processes_that_want_different_ones_do_not_mix_them_up(tmp_path: Path) -> None:
    with multiprocessing.get_context("fork").Pool(4) as pool:
        assert pool.map(_work, [tmp_path] * 4) == [True] * 4
    assert len(list(tmp_path.iterdir())) == 1


def test_arrays_come_back_and_pickles_do_not() -> None:
    arrays: dict[str, Any] = {"a": np.arange(3), "b": np.zeros((2, 2), dtype=np.float32)}
    again = arrays_from_bytes(arrays_to_bytes(arrays))
    assert {name: array.tolist() for name, array in again.items()} == {"a": [0, 1, 2], "b": [[0, 0], [0, 0]]}
    objects: dict[str, Any] = {"a": np.array(["x"]).astype(object)}
    with pytest.raises(ValueError, match="allow_pickle"):
        arrays_to_bytes(objects)
    for data in (b"", b"PK", pickle.dumps(arrays), pickle.dumps(np.arange(3))):
        with pytest.raises(InputError, match="no arrays"):
            arrays_from_bytes(data)
