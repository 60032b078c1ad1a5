"""Results that outlive a process: bytes under text keys, in a folder that only the user can enter.

The cache is a convenience and never a source of failure: whatever is wrong with it (damage, poison, a
full disk, somebody else's folder) is a miss and a sentence in `ResultCache.problems`. Safe for several
processes at once. It knows nothing of what the bytes mean (`pie_lsp.engine.report_json` does).
"""

import contextlib
import fcntl
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from pie_lsp.sandbox.paths import CACHE_VARIABLE, cache_root, make_private
from pie_lsp.values.errors import PieError

SIZE_LIMIT_BYTES = 256 << 20
"""Above this the entries stored longest ago are evicted, ten with every new one."""

_BUSY_SECONDS = 5.0
_DATABASE_FILES = ("cache.db-wal", "cache.db-shm", "cache.db-journal", "cache.db")
"""The log goes before the database, so that nobody can replay an old log onto a new database."""
_SURROUNDINGS = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOMEM,
    }
)
"""Primary result codes that blame the disk or another process, and not the content of the database."""

_T = TypeVar("_T")


def default_folder() -> Path:
    """Where the caches of pie-lsp live."""
    return cache_root()


def open_cache(folder: Path | None = None, size_limit: int = SIZE_LIMIT_BYTES) -> "ResultCache":
    """The result cache below `folder`, or below the folder of all caches. Never raises for a bad one."""
    return ResultCache((folder or cache_root()) / "results", size_limit)


class ResultCache:
    """Bytes under text keys. Every method is safe in any thread and next to other processes."""

    def __init__(self, folder: Path, size_limit: int = SIZE_LIMIT_BYTES) -> None:
        self._folder = folder
        self._size_limit = size_limit
        self._problems: tuple[str, ...] = ()
        self._store: Any = None
        self._inode: int | None = None
        self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def folder(self) -> Path:
        """Where the entries are, mode 0700."""
        return self._folder

    @property
    def problems(self) -> tuple[str, ...]:
        """What went wrong with the cache since it was opened, each thing once, as sentences."""
        return self._problems

    def get(self, key: str) -> bytes | None:
        """The value stored under `key`; None where there is none, or none that can be trusted."""
        from pie_lsp.engine.guarded_disk import PoisonedEntryError, unsealed

        try:
            stored = self._guarded(lambda store: store.get(key), default=None)
            return None if stored is None else unsealed(key, stored)
        except PoisonedEntryError:
            self._note(
                f"An entry of the result cache {self._folder} was damaged or changed by somebody; "
                "it was dropped and is computed again."
            )
            self._guarded(lambda store: store.delete(key), default=False)
            return None

    def put(self, key: str, value: bytes) -> None:
        """Store `value` under `key`. Where that is impossible nothing is stored."""
        self._guarded(lambda store: store.set(key, value), default=False)

    def size(self) -> int:
        """Bytes that the entries take on the disk, the index included."""
        return self._guarded(lambda store: int(store.volume()), default=0)

    def entries(self) -> int:
        """How many values are stored."""
        return self._guarded(len, default=0)

    def clear(self) -> int:
        """Remove every entry. Returns how many there were."""
        return self._guarded(lambda store: int(store.clear()), default=0)

    def close(self) -> None:
        """Give the database back. The next use opens it again."""
        if self._store is not None:
            self._store.close()

    def _guarded(self, use: Callable[[Any], _T], default: _T) -> _T:
        """`use` on the open database, a second time on a repaired one, else `default` and a problem."""
        if self._store is None:
            return default
        from diskcache import Timeout

        for _ in range(2):
            if self._replaced():
                self._open()
            if self._store is None:
                break
            try:
                return use(self._store)
            except Timeout:
                self._note(
                    f"The result cache {self._folder} is busy or cannot be written; "
                    "results are not kept until that ends."
                )
                break
            # diskcache unpacks and adds what it reads, so a forged table shows in these types too.
            except (sqlite3.Error, OSError, ValueError, TypeError) as error:
                if not self._recover(error):
                    break
        return default

    def _replaced(self) -> bool:
        """Whether somebody deleted our database or put another one in its place."""
        try:
            return (self._folder / "cache.db").stat().st_ino != self._inode
        except OSError:
            return True

    def _recover(self, error: Exception) -> bool:
        """Begin a new database where the content of the old one is what is broken."""
        with contextlib.suppress(sqlite3.Error):
            self.close()
        if _blames_surroundings(error):
            self._note(_surroundings_problem(self._folder, error))
            return False
        self._note(_damage_problem(self._folder))
        try:
            with _locked(self._folder):
                if not self._replaced():
                    self._drop_database()
        except OSError as failure:
            self._note(_surroundings_problem(self._folder, failure))
            return False
        return True

    def _drop_database(self) -> None:
        for name in _DATABASE_FILES:
            (self._folder / name).unlink(missing_ok=True)

    def _open(self) -> None:
        """Open the database; one that cannot be opened is dropped once and begun anew."""
        self.close()
        self._store = None
        try:
            make_private(self._folder.parent)
            make_private(self._folder)
            with _locked(self._folder):
                try:
                    self._connect()
                except (sqlite3.Error, ValueError, TypeError) as error:
                    if _blames_surroundings(error):
                        raise
                    self._note(_damage_problem(self._folder))
                    self._drop_database()
                    self._connect()
        except PieError as error:
            self._note(f"{error} Results are not kept.")
        except (sqlite3.Error, OSError) as error:
            self._note(_surroundings_problem(self._folder, error))

    def _connect(self) -> None:
        from diskcache import Cache
        from diskcache.core import DEFAULT_SETTINGS

        from pie_lsp.engine.guarded_disk import GuardedDisk

        _refuse_foreign_settings(self._folder / "cache.db")
        # Every setting is given, so that none comes from the database. Without a memory map, a file
        # that somebody truncates is an error and not a SIGBUS.
        settings = {**DEFAULT_SETTINGS, "size_limit": self._size_limit, "sqlite_mmap_size": 0}
        self._store = Cache(str(self._folder), timeout=_BUSY_SECONDS, disk=GuardedDisk, **settings)
        self._inode = (self._folder / "cache.db").stat().st_ino

    def _note(self, problem: str) -> None:
        if problem not in self._problems:
            self._problems = (*self._problems, problem)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, so that one process at a time opens or drops the database."""
    with (folder / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _refuse_foreign_settings(database: Path) -> None:
    """Raise ValueError for a database whose settings diskcache would turn into attributes of its own.

    diskcache calls ``setattr`` with every name it finds there, ``_directory`` included.
    """
    if not database.exists():
        return
    from diskcache.core import DEFAULT_SETTINGS, METADATA

    known = {*DEFAULT_SETTINGS, *METADATA}
    with contextlib.closing(sqlite3.connect(database, timeout=_BUSY_SECONDS)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'Settings'").fetchall()
        names = connection.execute("SELECT key FROM Settings").fetchall() if tables else []
    if not all(name in known for (name,) in names):
        raise ValueError("the settings of the cache are not diskcache's")


def _blames_surroundings(error: Exception) -> bool:
    """Whether the disk or another process is at fault, and not what the database contains."""
    if not isinstance(error, sqlite3.Error):
        return isinstance(error, OSError)
    code = getattr(error, "sqlite_errorcode", 0)
    # The low byte is the primary result code (https://www.sqlite.org/rescode.html#pve). A short read
    # is an I/O error to SQLite, but its cause is a truncated file.
    return code != sqlite3.SQLITE_IOERR_SHORT_READ and (code & 0xFF) in _SURROUNDINGS


def _damage_problem(folder: Path) -> str:
    return f"The result cache {folder} was damaged; it was emptied, and results are computed again."


def _surroundings_problem(folder: Path, error: Exception) -> str:
    return (
        f"The result cache {folder} cannot be used ({error}), so results are not kept; make room "
        f"or make it writable, or set {CACHE_VARIABLE} to another folder."
    )
