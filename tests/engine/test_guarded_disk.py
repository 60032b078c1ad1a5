"""The guard at diskcache's own door: everything that a row can claim to be besides bytes is refused."""

import pickle
import sqlite3
from pathlib import Path

import pytest
from diskcache import Cache
from diskcache.core import MODE_BINARY, MODE_PICKLE, MODE_RAW, MODE_TEXT

from pie_lsp.engine.guarded_disk import GuardedDisk, PoisonedEntryError, unsealed


@pytest.fixture
def disk(tmp_path: Path) -> GuardedDisk:
    return GuardedDisk(str(tmp_path))


def test_what_is_stored_is_fetched(disk: GuardedDisk) -> None:
    size, mode, filename, value = disk.store(b"value", read=False, key="key")
    assert (size, mode, filename) == (0, MODE_RAW, None)
    assert unsealed("key", disk.fetch(mode, filename, value, read=False)) == b"value"


@pytest.mark.parametrize("key", [b"bytes", 3, 2.5, ("tuple",), None])
def test_a_key_is_text(disk: GuardedDisk, key: object) -> None:
    with pytest.raises(TypeError):
        disk.put(key)
    with pytest.raises(TypeError):
        disk.store(b"value", read=False, key=key)


@pytest.mark.parametrize("value", ["text", 3, None, [b"list"], bytearray(b"array")])
def test_a_value_is_bytes(disk: GuardedDisk, value: object) -> None:
    with pytest.raises(TypeError):
        disk.store(value, read=False, key="key")


@pytest.mark.parametrize("mode", [MODE_BINARY, MODE_TEXT, MODE_PICKLE, 0, 5, "1", None])
def test_no_mode_but_plain_bytes_is_fetched(disk: GuardedDisk, mode: object) -> None:
    with pytest.raises(PoisonedEntryError):
        disk.fetch(mode, None, pickle.dumps("x"), read=False)


@pytest.mark.parametrize("name", ["inside.val", "../outside", "/etc/passwd"])
def test_no_file_is_opened_or_removed(disk: GuardedDisk, tmp_path: Path, name: str) -> None:
    (tmp_path / "inside.val").write_bytes(b"kept")
    with pytest.raises(PoisonedEntryError):
        disk.fetch(MODE_RAW, name, None, read=False)
    disk.remove(name)
    assert (tmp_path / "inside.val").read_bytes() == b"kept"
    with pytest.raises(TypeError):
        disk.filename()


def test_iterating_over_pickled_keys_is_refused(tmp_path: Path) -> None:
    with Cache(str(tmp_path), disk=GuardedDisk) as cache:
        cache.set("key", b"value")
        with sqlite3.connect(tmp_path / "cache.db") as connection:
            connection.execute("UPDATE Cache SET raw = 0, key = ?", (pickle.dumps("key"),))
        connection.close()
        with pytest.raises(PoisonedEntryError):
            list(cache)
        with pytest.raises(PoisonedEntryError):
            list(cache.iterkeys())


@pytest.mark.parametrize("stored", [b"", b"short", b"x" * 32, b"x" * 40])
def test_what_does_not_match_its_digest_is_refused(stored: bytes) -> None:
    with pytest.raises(PoisonedEntryError):
        unsealed("key", stored)


def test_a_value_belongs_to_its_key(disk: GuardedDisk) -> None:
    *_, value = disk.store(b"value", read=False, key="key")
    with pytest.raises(PoisonedEntryError):
        unsealed("another key", value)
