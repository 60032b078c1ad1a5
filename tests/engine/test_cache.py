"""The result cache: it keeps bytes, and nothing that is wrong with it ever reaches the user as a failure."""

import os
import pickle
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pie_lsp.engine.cache import ResultCache, open_cache
from pie_lsp.sandbox.paths import CACHE_VARIABLE

_WRITER = """
import sys
from pathlib import Path
from pie_lsp.engine.cache import open_cache
folder, name = Path(sys.argv[1]), sys.argv[2]
cache = open_cache(folder)
for number in range(100):
    cache.put(f"{name}/{number}", f"{name}:{number}".encode() * 50)
    cache.put("shared", name.encode() * 100)
    assert cache.get("shared") is not None
assert cache.problems == (), cache.problems
"""


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[ResultCache]:
    with open_cache(tmp_path) as opened:
        yield opened


def reopened(cache: ResultCache) -> ResultCache:
    cache.close()
    return open_cache(cache.folder.parent)


def rewrite_row(cache: ResultCache, key: str, columns: str, *values: object) -> None:
    """Change a stored row behind the back of the cache, as somebody who can write the file would."""
    with sqlite3.connect(cache.folder / "cache.db") as connection:
        changed = connection.execute(f"UPDATE Cache SET {columns} WHERE key = ?", (*values, key))
        assert changed.rowcount == 1
    connection.close()


class Payload:
    """Unpickling it writes a file."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return (os.mkdir, (str(self.target),))


def test_a_value_outlives_the_process_that_stored_it(cache: ResultCache) -> None:
    cache.put("key", b"\x00value\xff")
    cache.put("key", b"\x00newer\xff")
    again = reopened(cache)
    assert again.get("key") == b"\x00newer\xff"
    assert again.get("another key") is None
    assert again.problems == ()


def test_the_folder_is_private_even_if_it_was_open_before(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir(mode=0o755)
    (tmp_path / "results").chmod(0o777)
    assert open_cache(tmp_path).folder.stat().st_mode & 0o777 == 0o700


def test_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "chosen"))
    assert open_cache().folder.parent == tmp_path / "chosen"
    monkeypatch.delenv(CACHE_VARIABLE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert open_cache().folder.parent == tmp_path / "xdg" / "pie-lsp"


def test_clear_says_how_many_and_frees_the_space(cache: ResultCache) -> None:
    for number in range(7):
        cache.put(str(number), bytes(100_000))
    full = cache.size()
    assert full > 700_000
    assert cache.entries() == 7
    assert cache.clear() == 7
    assert cache.entries() == 0
    assert cache.get("3") is None
    assert cache.size() < full / 5


def test_old_entries_make_room_for_new_ones(tmp_path: Path) -> None:
    cache = open_cache(tmp_path, size_limit=1 << 20)
    for number in range(100):
        cache.put(str(number), bytes(50_000))
    assert cache.size() < 2 << 20
    assert cache.get("0") is None
    assert cache.get("99") == bytes(50_000)
    assert cache.problems == ()


def test_a_pickle_in_a_row_is_not_loaded(cache: ResultCache, tmp_path: Path) -> None:
    target = tmp_path / "executed"
    payload = pickle.dumps(Payload(target))
    cache.put("key", b"value")
    rewrite_row(cache, "key", "mode = 4, value = ?", payload)
    again = reopened(cache)
    assert again.get("key") is None
    assert not target.exists()
    assert "changed by somebody" in again.problems[0]
    assert again.entries() == 0
    pickle.loads(payload)
    assert target.exists(), "the payload itself must work, or this test shows nothing"


def test_a_pickle_in_a_file_is_not_loaded(cache: ResultCache, tmp_path: Path) -> None:
    target = tmp_path / "executed"
    (cache.folder / "payload.val").write_bytes(pickle.dumps(Payload(target)))
    cache.put("key", b"value")
    rewrite_row(cache, "key", "mode = 4, value = NULL, filename = 'payload.val'")
    assert reopened(cache).get("key") is None
    assert not target.exists()


def test_a_pickled_key_is_not_loaded(cache: ResultCache, tmp_path: Path) -> None:
    target = tmp_path / "executed"
    cache.put("key", b"value")
    rewrite_row(cache, "key", "raw = 0, key = ?", pickle.dumps(Payload(target)))
    again = reopened(cache)
    assert again.get("key") is None
    assert again.clear() == 1
    assert not target.exists()


@pytest.mark.parametrize("mode", [1, 2, 3])
def test_a_row_cannot_name_a_file(cache: ResultCache, tmp_path: Path, mode: int) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    cache.put("key", b"value")
    rewrite_row(cache, "key", "mode = ?, value = NULL, size = 6, filename = '../secret'", mode)
    again = reopened(cache)
    assert again.get("key") is None
    assert secret.read_bytes() == b"secret", "dropping the row must not delete the file that it names"


def test_a_row_cannot_name_a_file_to_be_deleted_by_clear(cache: ResultCache, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    cache.put("key", b"value")
    rewrite_row(cache, "key", "filename = '../secret'")
    assert reopened(cache).clear() == 1
    assert secret.exists()


def test_a_damaged_value_is_a_miss(cache: ResultCache) -> None:
    cache.put("key", b"x" * 1000)
    cache.put("other", b"y" * 1000)
    rewrite_row(cache, "key", "value = (SELECT value FROM Cache WHERE key = 'other')")
    rewrite_row(cache, "other", "value = substr(value, 1, 900)")
    again = reopened(cache)
    assert again.get("key") is None
    assert again.get("other") is None
    again.put("key", b"computed again")
    assert again.get("key") == b"computed again"


def test_forged_settings_do_not_become_attributes(cache: ResultCache, tmp_path: Path) -> None:
    cache.put("key", b"value")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with sqlite3.connect(cache.folder / "cache.db") as connection:
        connection.execute("INSERT INTO Settings VALUES ('_directory', ?)", (str(elsewhere),))
    connection.close()
    again = reopened(cache)
    again.put("key", b"new")
    assert again.get("key") == b"new"
    assert list(elsewhere.iterdir()) == []
    assert "damaged" in again.problems[0]


@pytest.mark.parametrize(
    "statement",
    ["DROP TABLE Cache", "DROP TABLE Settings", "DELETE FROM Settings", "UPDATE Settings SET value = 'x'"],
)
def test_a_forged_table_is_dropped(cache: ResultCache, statement: str) -> None:
    cache.put("key", b"value")
    with sqlite3.connect(cache.folder / "cache.db") as connection:
        connection.execute(statement)
    connection.close()
    for opened in (cache, reopened(cache)):
        opened.get("key")
        opened.size()
        opened.put("key", b"new")
        assert opened.get("key") == b"new"


@pytest.mark.parametrize("kept", [0, 1, 100, 4096, 5000, 20_000])
def test_a_truncated_database_is_replaced(cache: ResultCache, kept: int) -> None:
    for number in range(20):
        cache.put(str(number), bytes(5000))
    cache.close()
    os.truncate(cache.folder / "cache.db", kept)
    again = open_cache(cache.folder.parent)
    for number in range(20):
        assert again.get(str(number)) in (None, bytes(5000))
    again.put("key", b"value")
    assert again.get("key") == b"value"


def test_a_database_full_of_noise_is_replaced_with_one_sentence(cache: ResultCache) -> None:
    cache.put("key", b"value")
    cache.close()
    (cache.folder / "cache.db").write_bytes(bytes(range(256)) * 200)
    again = open_cache(cache.folder.parent)
    assert again.get("key") is None
    again.put("key", b"value")
    assert again.get("key") == b"value"
    (problem,) = again.problems
    assert problem.endswith("was damaged; it was emptied, and results are computed again.")


def test_a_database_damaged_while_it_is_open_is_replaced(cache: ResultCache) -> None:
    for number in range(20):
        cache.put(str(number), bytes(5000))
    cache.close()
    database = cache.folder / "cache.db"
    content = bytearray(database.read_bytes())
    content[4096:] = b"\x5a" * (len(content) - 4096)
    database.write_bytes(content)
    assert cache.get("3") is None
    cache.put("key", b"value")
    assert cache.get("key") == b"value"
    assert len(cache.problems) == 1


def test_a_database_that_another_process_replaced_is_found_again(cache: ResultCache) -> None:
    cache.put("key", b"value")
    for name in ("cache.db-wal", "cache.db-shm", "cache.db"):
        (cache.folder / name).unlink(missing_ok=True)
    cache.put("key", b"value")
    assert open_cache(cache.folder.parent).get("key") == b"value"
    assert cache.problems == ()


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        folder = tmp_path / "theirs"
        folder.mkdir()
        os.chown(folder, 12345, 12345)
    else:
        folder = Path("/")
    cache = open_cache(folder)
    cache.put("key", b"value")
    assert cache.get("key") is None
    assert (cache.size(), cache.entries(), cache.clear()) == (0, 0, 0)
    assert len(cache.problems) == 1
    assert str(folder) in cache.problems[0]
    assert CACHE_VARIABLE in cache.problems[0]


def test_a_link_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "results").symlink_to(tmp_path / "target")
    cache = open_cache(tmp_path / "base")
    cache.put("key", b"value")
    assert cache.get("key") is None
    assert list((tmp_path / "target").iterdir()) == []
    assert "no folder" in cache.problems[0]


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = open_cache(tmp_path / "file" / "below")
    cache.put("key", b"value")
    assert cache.get("key") is None
    assert "cannot be used" in cache.problems[0]


def test_a_full_disk_is_a_miss_and_a_sentence(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("a small file system to fill cannot be mounted here")
    cache = open_cache(disk)
    try:
        cache.put("small", b"value")
        cache.put("large", bytes(4_000_000))
        assert cache.get("large") is None
        assert cache.get("small") == b"value"
        assert len(cache.problems) == 1
        assert "make room" in cache.problems[0]
    finally:
        cache.close()
        subprocess.run(["umount", str(disk)], check=True)


def test_four_processes_share_one_cache(tmp_path: Path) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(tmp_path), name], stderr=subprocess.PIPE, text=True
        )
        for name in "abcd"
    ]
    for writer in writers:
        _, errors = writer.communicate(timeout=300)
        assert writer.returncode == 0, errors
    cache = open_cache(tmp_path)
    for name in "abcd":
        for number in range(100):
            assert cache.get(f"{name}/{number}") == f"{name}:{number}".encode() * 50
    assert cache.entries() == 401


def test_threads_share_one_cache(cache: ResultCache) -> None:
    def work(number: int) -> bytes | None:
        cache.put(str(number), str(number).encode())
        return cache.get(str(number))

    with ThreadPoolExecutor(max_workers=6) as pool:
        assert list(pool.map(work, range(60))) == [str(number).encode() for number in range(60)]
    assert cache.entries() == 60
    assert cache.problems == ()
